"""Sealing and unsealing: HPKE (RFC 9180) to two keys, one inside the other; the private halves exist on paper only.

Each custodian makes a key of his own and carries it away; the system keeps the public half. An envelope is sealed to the
superior's key and then to the unit's, so neither opens anything alone and nobody ever holds both before the opening
(decision 0032). The ciphers are `cryptography`'s own HPKE: X25519, HKDF-SHA256, ChaCha20-Poly1305.
"""

import base64
import hashlib
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

OVERHEAD = 2 * 48  # bytes: each of the two layers adds the sender's share (32) and the tag (16)
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


def seal(packed: bytes, *, width: int, poll: int, superior: str, unit: str) -> bytes:
    """An envelope of exactly `width` bytes around a packed form. ValueError for a form too long for the width."""
    room = width - OVERHEAD
    if len(packed) > room:
        raise ValueError(f"一份表打包后有 {len(packed)} 字节，封套最多装 {room} 字节。")
    padded = packed.ljust(room, b"\0")
    inner = _SUITE.encrypt(padded, _public(superior), _info(poll, "superior"))
    return _SUITE.encrypt(inner, _public(unit), _info(poll, "unit"))


def unseal(envelope: bytes, *, poll: int, superior: X25519PrivateKey, unit: X25519PrivateKey) -> bytes | None:
    """The packed form and its padding, or None when the envelope is not one of this poll's, or was changed."""
    try:
        inner = _SUITE.decrypt(envelope, unit, _info(poll, "unit"))
        return _SUITE.decrypt(inner, superior, _info(poll, "superior"))
    except InvalidTag:
        return None


def _public(kept: str) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(bytes.fromhex(kept))


def _info(poll: int, side: str) -> bytes:
    return f"dianping box {poll} {side}".encode()
