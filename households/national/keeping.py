"""Uploaded exports at rest: sealed, for they hold everybody's numbers in plain."""

import hashlib
import struct
import tempfile
from contextlib import contextmanager
from pathlib import Path

from accounts.protected import open_block, seal_block

BLOCK = 1 << 20


def seal_file(source, target):
    """Copies ``source`` to ``target`` sealed; returns the digest (sha256) of what was read."""
    digest, place = hashlib.sha256(), 0
    block = source.read(BLOCK)
    while True:
        following = source.read(BLOCK)
        digest.update(block)
        sealed = seal_block(block, _mark(place, last=not following))
        target.write(struct.pack(">I", len(sealed)) + sealed)
        if not following:
            return digest.hexdigest()
        block, place = following, place + 1


@contextmanager
def opened(kept):
    """The path of a private temporary copy of the file ``kept`` (a FieldFile) in plain."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        with kept.open("rb") as source, path.open("wb") as target:
            _unseal(source, target)
        yield path


def _unseal(source, target):
    place, head = 0, source.read(4)
    while head:
        sealed = source.read(struct.unpack(">I", head)[0])
        head = source.read(4)
        target.write(open_block(sealed, _mark(place, last=not head)))
        place += 1


def _mark(place, last):
    return f"{place}{'.' if last else ','}".encode()
