"""The kinds of jobs. A room registers its bodies in its ``tasks.py``.

A body takes the job's row, may report progress through ``Progress``, returns a JSON-able result,
and must be repeatable: it may be killed anywhere and run again.
"""

from collections.abc import Callable
from dataclasses import dataclass

KINDS = {}


@dataclass(frozen=True)
class Kind:
    name: str
    title: str
    body: Callable
    may_open: Callable  # (job, post) -> bool, asked at the moment of download
    offered: Callable | None  # a cheaper question, for showing the link in lists; None: may_open
    named: Callable | None  # job -> its own title


def _own(job, post):
    return job.asked_by_id == post.id


def kind(name, *, title, may_open=_own, offered=None, named=None):
    def register(body):
        KINDS[name] = Kind(name, title, body, may_open, offered, named)
        return body

    return register
