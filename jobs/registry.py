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
    offered: Callable  # (job, post) -> bool, a cheaper question, for showing the link in lists
    named: Callable | None  # job -> its own title


def _own(job, post):
    return job.asked_by_id == post.id


def kind(name, *, title, may_open=_own, offered=None, named=None):
    def register(body):
        KINDS[name] = Kind(name, title, body, may_open, offered or may_open, named)
        return body

    return register
