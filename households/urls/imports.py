"""The national export: upload, check, load, mend, take back."""

from django.urls import path

from households.views import imports

urlpatterns = [
    path("", imports.imports, name="imports"),
    path("<int:pk>/", imports.import_, name="import"),
    path("<int:pk>/progress/", imports.import_progress, name="import_progress"),
    path("<int:pk>/load/", imports.load_import, name="load_import"),
    path("<int:pk>/errors/", imports.import_errors, name="import_errors"),
    path("<int:pk>/undo/", imports.undo_import, name="undo_import"),
]
