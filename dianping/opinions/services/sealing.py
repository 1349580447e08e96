"""Sealing and unsealing: HPKE (RFC 9180) to three keys, one inside the other.

Each custodian makes a key of his own and carries its private half away on paper; a third lies in the data folder only and
is destroyed at the opening (decision 0039). An envelope is sealed to the machine's key, then to the superior's, then to the
unit's: none of them opens anything without the other two. Boxes made before there was a machine's key have the two outer
layers only. The ciphers are `cryptography`'s own HPKE: X25519, HKDF-SHA256, ChaCha20-Poly1305.
"""

import base64
import hashlib
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.views.decorators.debug import sensitive_variables

LAYER = 48  # bytes that each layer adds: the sender's share (32) and the tag (16)
OVERHEAD = 3 * LAYER
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_CHECK = 4  # characters at the end of a key on paper by which a mistyped one is known


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made: the half that is kept, and the half that is printed and forgotten."""

    public: str
    paper: str


def new_key() -> NewKey:
    """A fresh key pair. `paper` is shown once, as groups of four characters."""
    private = X25519PrivateKey.generate()
    return NewKey(private.public_key().public_bytes_raw().hex(), _paper(private.private_bytes_raw()))


def _paper(raw: bytes) -> str:
    text = base64.b32encode(raw).decode().rstrip("=") + _check(raw)
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def _check(raw: bytes) -> str:
    return base64.b32encode(hashlib.sha256(b"dianping key\0" + raw).digest()).decode()[:_CHECK]


@sensitive_variables()
def read_key(text: str) -> X25519PrivateKey | None:
    """The private key typed or scanned from paper; None when it is mistyped. Spaces, hyphens and case are forgiven."""
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = "".join(c for c in plain if c.isalnum()).replace("0", "O").replace("1", "I").replace("8", "B")
    body, check = plain[:-_CHECK], plain[-_CHECK:]
    try:
        raw = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError:
        return None
    return X25519PrivateKey.from_private_bytes(raw) if len(raw) == 32 and _check(raw) == check else None


def public_of(private: X25519PrivateKey) -> str:
    """The public half, as it is kept."""
    return private.public_key().public_bytes_raw().hex()


@sensitive_variables("packed", "sealed")
def seal(packed: bytes, *, width: int, poll: int, superior: str, unit: str, machine: str = "") -> bytes:
    """An envelope of exactly `width` bytes around a packed form; without a `machine` key as boxes were sealed before there
    was one. ValueError for a form too long for the width."""
    sides = [("machine", machine)] * bool(machine) + [("superior", superior), ("unit", unit)]
    room = width - LAYER * len(sides)
    if len(packed) > room:
        raise ValueError(f"一份表打包后有 {len(packed)} 字节，封套最多装 {room} 字节。")
    sealed = packed.ljust(room, b"\0")
    for side, key in sides:
        sealed = _SUITE.encrypt(sealed, _public(key), _info(poll, side))
    return sealed


@sensitive_variables()
def unseal(
    envelope: bytes,
    *,
    poll: int,
    superior: X25519PrivateKey,
    unit: X25519PrivateKey,
    machine: X25519PrivateKey | None = None,
) -> bytes | None:
    """The packed form and its padding, or None when the envelope is not one of this poll's, or was changed."""
    try:
        for side, key in (("unit", unit), ("superior", superior), ("machine", machine)):
            if key is not None:
                envelope = _SUITE.decrypt(envelope, key, _info(poll, side))
    except InvalidTag:
        return None
    return envelope


def _public(kept: str) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(bytes.fromhex(kept))


def _info(poll: int, side: str) -> bytes:
    return f"dianping box {poll} {side}".encode()
