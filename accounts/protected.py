"""Personal identifiers at rest: sealed, findable by equality, shown masked.

One field type for resident ID, disability card, phone and bank account. The value is kept three
times: sealed (AES-GCM), as a blind index (keyed hash, a UUID) for equality and matching in SQL, and
masked for everybody's eyes. The plain value exists only while it is shown or written.
"""

import base64
import hashlib
import hmac
import os
import uuid
from binascii import b2a_base64
from functools import cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models


def mask_identity(plain):
    if len(plain) == 18:
        return f"{plain[:6]}********{plain[14:]}"
    return f"{plain[:6]}{'*' * max(len(plain) - 10, 4)}{plain[-4:]}" if len(plain) > 10 else "****"


def mask_phone(plain):
    return f"{plain[:3]}****{plain[-4:]}" if len(plain) > 7 else "****"


def mask_account(plain):
    return f"****{plain[-4:]}" if len(plain) > 8 else "****"


def mask_words(_plain):
    """Of words that somebody typed nothing is shown."""
    return "****"


MASKS = {
    "identity": mask_identity,
    "phone": mask_phone,
    "account": mask_account,
    "words": mask_words,
}


@cache
def _keys():
    master = base64.b64decode(settings.PROTECTED_FIELDS_KEY)
    return (
        AESGCM(hmac.digest(master, b"seal", "sha256")),
        hmac.digest(master, b"blind index", "sha256"),
    )


class Triple(NamedTuple):
    """What the three columns of one protected value hold."""

    sealed: str
    index: uuid.UUID | None
    masked: str


def blind_index(plain):
    """Equal values have equal indexes; nothing else can be learned from one. Blank has none."""
    if not plain:
        return None
    return uuid.UUID(bytes=hmac.digest(_keys()[1], plain.encode(), "sha256")[:16])


def seal(plain, mask="identity"):
    """The three columns of ``plain``; ``mask`` is a key of ``MASKS``."""
    if not plain:
        return Triple("", None, "")
    nonce = os.urandom(12)
    sealed = base64.b64encode(nonce + _keys()[0].encrypt(nonce, plain.encode(), None)).decode()
    return Triple(sealed, blind_index(plain), MASKS[mask](plain))


@cache
def _repeatable():
    box, key = _keys()
    pads = (bytes(byte ^ pad for byte in key.ljust(64, b"\0")) for pad in (0x36, 0x5C))
    inner, outer = (hashlib.sha256(pad) for pad in pads)
    return box.encrypt, inner.copy, outer.copy


def seal_repeatably(plain):
    """The sealed text and the blind index of ``plain``, as bytes, the same ones every time.

    For made-up people only: equal values can be seen to be equal. The nonce is the blind index, so
    it comes twice only with the same value. The hash is ``blind_index``'s with its keyed beginnings
    kept, which halves the time.
    """
    encrypt, inner, outer = _repeatable()
    raw = plain.encode()
    (first := inner()).update(raw)
    (second := outer()).update(first.digest())
    index = second.digest()[:16]
    nonce = index[:12]
    return b2a_base64(nonce + encrypt(nonce, raw, None), newline=False), index


def index_in_bulk(plain):
    """The blind index alone, in hex: for files of many rows that are only matched."""
    _encrypt, inner, outer = _repeatable()
    (first := inner()).update(plain.encode())
    (second := outer()).update(first.digest())
    return second.hexdigest()[:32]


def seal_in_bulk(plain, mask="identity"):
    """As ``seal``, with the index in hex: half the time, for files of many rows."""
    encrypt, inner, outer = _repeatable()
    raw = plain.encode()
    (first := inner()).update(raw)
    (second := outer()).update(first.digest())
    nonce = os.urandom(12)
    sealed = b2a_base64(nonce + encrypt(nonce, raw, None), newline=False).decode()
    return sealed, second.digest()[:16].hex(), MASKS[mask](plain)


def seal_many(plains, mask="identity"):
    """``seal_in_bulk`` of each: the nonces are drawn at once, and nothing is called twice."""
    encrypt, inner, outer = _repeatable()
    cover, nonces, found = MASKS[mask], os.urandom(12 * len(plains)), []
    for place, plain in enumerate(plains):
        raw = plain.encode()
        (first := inner()).update(raw)
        (second := outer()).update(first.digest())
        nonce = nonces[12 * place : 12 * place + 12]
        sealed = b2a_base64(nonce + encrypt(nonce, raw, None), newline=False).decode()
        found.append((sealed, second.hexdigest()[:32], cover(plain)))
    return found


def seal_block(data, place):
    """Bytes of a file at rest, bound to their ``place`` in it (any bytes)."""
    nonce = os.urandom(12)
    return nonce + _keys()[0].encrypt(nonce, data, place)


def open_block(block, place):
    """Raises ValueError when the block is not what was sealed there."""
    try:
        return _keys()[0].decrypt(block[:12], block[12:], place)
    except InvalidTag:
        raise ValueError("A sealed file does not open with this key.") from None


class Sealed:
    """A protected value in Python: prints masked, and says its plain form only when opened."""

    __slots__ = ("sealed", "masked")

    def __init__(self, sealed, masked):
        self.sealed, self.masked = sealed, masked

    def __str__(self):
        return self.masked

    __repr__ = __str__

    def __bool__(self):
        return bool(self.sealed)

    def __eq__(self, other):
        return isinstance(other, Sealed) and self.sealed == other.sealed

    def __hash__(self):
        return hash(self.sealed)

    def open(self):
        """The plain value. Raises ValueError when the key is not the one it was sealed with."""
        if not self.sealed:
            return ""
        raw = base64.b64decode(self.sealed)
        try:
            return _keys()[0].decrypt(raw[:12], raw[12:], None).decode()
        except InvalidTag:
            raise ValueError("A protected value does not open with this key.") from None


class _Protected:
    def __init__(self, field):
        self.field = field

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        sealed = instance.__dict__[self.field.attname]
        return Sealed(sealed, getattr(instance, f"{self.field.name}_masked", ""))

    def __set__(self, instance, value):
        """A ``Sealed`` is taken over as it is; text is plain and is sealed here."""
        if isinstance(value, Sealed):
            instance.__dict__[self.field.attname] = value.sealed
            return
        triple = seal(value or "", self.field.mask)
        instance.__dict__[self.field.attname] = triple.sealed
        setattr(instance, f"{self.field.name}_index", triple.index)
        setattr(instance, f"{self.field.name}_masked", triple.masked)


class ProtectedField(models.TextField):
    """Sealed text with two companions: ``<name>_index`` (UUID) and ``<name>_masked``."""

    def __init__(self, *args, mask="identity", indexed=False, **kwargs):
        self.mask, self.indexed = mask, indexed
        super().__init__(*args, **{"blank": True, "default": "", **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "mask": self.mask, "indexed": self.indexed}

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, name, _Protected(self))
        if cls.__module__ == "__fake__":  # a migration's state lists the companions itself
            return
        companions = {
            f"{name}_index": models.UUIDField(
                null=True, blank=True, editable=False, db_index=self.indexed
            ),
            f"{name}_masked": models.CharField(
                max_length=24, blank=True, default="", editable=False
            ),
        }
        for companion, field in companions.items():
            if companion not in cls.__dict__:
                # Before the field itself: a plain value given to the constructor sets all three.
                field.creation_counter = self.creation_counter - 0.5
                field.contribute_to_class(cls, companion)

    def from_db_value(self, value, expression, connection):
        return Sealed(value, "") if value is not None else None

    def get_prep_value(self, value):
        return value.sealed if isinstance(value, Sealed) else value

    def pre_save(self, instance, add):
        return instance.__dict__.get(self.attname, "")
