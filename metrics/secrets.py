"""Secrets of sources, sealed with AES-GCM under a key of the instance and bound to the row that holds them.

A sealed secret is `version (1 byte), key id (8), nonce (12), ciphertext and tag`. The first of settings.SOURCE_KEYS
seals, all of them open, so a new key is put in front and `manage.py rotate_source_keys` does the rest.
"""

from __future__ import annotations

import base64
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

VERSION = b"\x01"
KEY_ID = slice(1, 9)
NONCE = slice(9, 21)
SEALED = slice(21, None)


class SealError(Exception):
    """No key of this instance opens the secret, or it was sealed for another row."""


def seal(plain: bytes, *, row: models.Model, field: str) -> bytes:
    """Encrypt `plain` for one field of one saved row: moved anywhere else it cannot be opened."""
    key = keys()[0]
    nonce = os.urandom(12)
    return VERSION + key_id(key) + nonce + AESGCM(key).encrypt(nonce, plain, bound_to(row, field))


def unseal(sealed: bytes, *, row: models.Model, field: str) -> bytes:
    """The plain secret of this field of this row. Raises SealError."""
    key = {key_id(key): key for key in keys()}.get(bytes(sealed[KEY_ID]))
    if key is None or sealed[:1] != VERSION:
        raise SealError("The secret was sealed with a key that this instance does not have.")
    try:
        return AESGCM(key).decrypt(bytes(sealed[NONCE]), bytes(sealed[SEALED]), bound_to(row, field))
    except InvalidTag as error:
        raise SealError("The secret was changed, or it belongs to another row.") from error


def is_current(sealed: bytes) -> bool:
    """Whether the secret is sealed with the newest key."""
    return bytes(sealed[KEY_ID]) == key_id(keys()[0])


def keys() -> list[bytes]:
    return [base64.urlsafe_b64decode(key) for key in settings.SOURCE_KEYS]


def key_id(key: bytes) -> bytes:
    return sha256(b"mdd source key\0" + key).digest()[:8]


def bound_to(row: models.Model, field: str) -> bytes:
    if row.pk is None:
        raise ValueError("A secret is bound to its row, so the row is saved first.")
    return f"{row._meta.db_table}\0{row.pk}\0{field}".encode()
