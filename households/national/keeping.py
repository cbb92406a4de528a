"""Uploaded exports at rest: sealed, for they hold everybody's numbers in plain."""

import hashlib
import struct
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File

from accounts.protected import open_block, seal_block

BLOCK = 1 << 20


class Sealed(File):
    """What a storage is to keep of an open file. ``digest`` (sha256 of what was read) is there when
    it has been kept."""

    digest = None

    def chunks(self, chunk_size=None):
        digest, place = hashlib.sha256(), 0
        block = self.file.read(BLOCK)
        while True:
            following = self.file.read(BLOCK)
            digest.update(block)
            sealed = seal_block(block, _mark(place, last=not following))
            yield struct.pack(">I", len(sealed))
            yield sealed
            if not following:
                break
            block, place = following, place + 1
        self.digest = digest.hexdigest()


def digest_of(file):
    """The same digest before anything is kept. The file stands at its beginning again."""
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


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
