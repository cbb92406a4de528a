"""Front-end files by npm: only those named here are served, under ``vendor/``."""

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FILES = {
    "vendor/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    # The style sheet names it; collectstatic refuses what it cannot find.
    "vendor/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "vendor/idb.js": "idb/build/umd.js",
}


class VendorFinder(BaseFinder):
    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(settings.BASE_DIR / "frontend" / "node_modules")

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        found = FILES.get(path)
        if not found or not self.storage.exists(found):
            return []
        return [self.storage.path(found)] if find_all else self.storage.path(found)

    def list(self, ignore_patterns):
        for path, source in FILES.items():
            if self.storage.exists(source):
                yield path, _Renamed(self.storage, path, source)


class _Renamed:
    """One file of a storage under another name, as ``collectstatic`` asks for it."""

    prefix = None

    def __init__(self, storage, path, source):
        self.storage, self.path_, self.source = storage, path, source

    def open(self, name, mode="rb"):
        return self.storage.open(self.source, mode)

    def path(self, name):
        return self.storage.path(self.source)

    def get_modified_time(self, name):
        return self.storage.get_modified_time(self.source)
