"""Work that makes a great many objects and no cycles: looking for cycles takes half of its time."""

import gc
from contextlib import contextmanager


@contextmanager
def uncollected():
    """Within, nobody looks for cycles; afterwards again, if somebody did before."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
