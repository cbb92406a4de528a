from django.urls import path

from assistance.exceptions import views

urlpatterns = [
    path("plans/<int:pk>/proofs/add/", views.add, {"of": "plan"}, name="plan_proof_add"),
    path(
        "measures/for-many/<int:pk>/proofs/add/",
        views.add,
        {"of": "action"},
        name="action_proof_add",
    ),
    path("measures/<int:pk>/proofs/add/", views.add, {"of": "measure"}, name="measure_proof_add"),
    path("exceptions/proofs/<int:pk>/", views.paper, name="exception_proof"),
    path("exceptions/proofs/<int:pk>/take-out/", views.take_out, name="exception_proof_take_out"),
]
