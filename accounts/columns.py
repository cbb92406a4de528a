"""Which columns a page asks the database for: each costs processor, on every click."""

from functools import cache


@cache
def whole(model, path=""):
    """Names of all columns of ``model`` for ``only``; ``path``: how its rows are joined."""
    return tuple(f"{path}{field.name}" for field in model._meta.concrete_fields)
