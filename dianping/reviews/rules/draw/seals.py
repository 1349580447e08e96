"""Seeds, seals and the exact bytes that are hashed. Everything hashed here is printable ASCII without quotes.

A seal continues what was published just before it: the superior's the terms, the organisation's the superior's seal.
So a seal serves one draw only, and shows that it was made after what it continues.
"""

import hashlib
import re

from dianping.reviews.rules.draw.faults import DrawFault

PROTOCOL = "dianping-draw-1"
NONE = "-"  # stands where there is no draw before, or no seed
# A seed: 32 hexadecimal figures, small letters.
_SEED = re.compile(r"[0-9a-f]{32}")
# A digest of SHA-256: 64 hexadecimal figures, small letters.
_DIGEST = re.compile(r"[0-9a-f]{64}")
# 128 random bits show fewer different digits less than once in a million million times; one day written four times does.
_DIFFERENT = 6


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 text as it is, in 64 lower-case hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def demand_digest(value: str, what: str) -> None:
    """Raises DrawFault unless the value has the form of a digest; `what` names it in the sentence."""
    if not _DIGEST.fullmatch(value):
        raise DrawFault(
            f"{what}写的是“{value}”，应为 64 个 0–9、a–f 的字符。请照原件重新抄写。",
            code="reviews.digest-malformed",
        )


def demand_seed(seed: str, whose: str) -> None:
    """Raises DrawFault unless the seed is 32 hex digits that were hardly thought up by a person.

    A sentence somebody chooses is refused however long it is. Its length does not tell how many others it might
    have been: the other side can try known sentences against a seal, and can seal to suit the few it expects. Who
    would rather throw dice hashes what was thrown, keeps the paper, and takes the first 32 digits.
    """
    if not _SEED.fullmatch(seed):
        raise DrawFault(
            f"{whose}种子写了 {len(seed)} 个字符，应为 32 个 0–9、a–f 的字符（128 位随机数）。"
            "请用 openssl rand -hex 16 生成，不要自己想一句话。",
            code="reviews.seed-malformed",
        )
    if len(set(seed)) < _DIFFERENT:
        raise DrawFault(
            f"{whose}种子只用了 {len(set(seed))} 种字符，不像随机数，容易被猜中。请用 openssl rand -hex 16 重新生成。",
            code="reviews.seed-not-random",
        )


def seal_text(after: str, seed: str) -> str:
    """What is hashed to seal a seed: `dianping-draw-1|seal|AFTER|SEED`.

    `after` is the digest of the terms for the superior's seed, the superior's seal for the organisation's.
    Raises DrawFault when either has another form.
    """
    demand_digest(after, "封存所接的摘要")
    demand_seed(seed, "要封存的")
    return f"{PROTOCOL}|seal|{after}|{seed}"


def seal(after: str, seed: str) -> str:
    """The seal of a seed, to be published at once; the seed itself stays secret until it is revealed."""
    return digest(seal_text(after, seed))


def fits(after: str, seed: str, sealed: str) -> bool:
    """Whether a revealed seed is the one that was sealed. Raises DrawFault for what is no seed at all."""
    return seal(after, seed) == sealed


def order_text(own_seal: str, superior_seed: str, own_seed: str, code: str) -> str:
    """What is hashed to place a candidate: `dianping-draw-1|order|OWN SEAL|SUPERIOR'S SEED|OWN SEED|CODE`.

    The organisation's seal stands for the terms and the list, which it continues. The organisation's seed is `-` when
    it was withheld.
    """
    return f"{PROTOCOL}|order|{own_seal}|{superior_seed}|{own_seed or NONE}|{code}"


def shell_line(text: str) -> str:
    """The line that prints the digest of such a text in any shell, followed by sha256sum's own `  -`."""
    return f"printf '%s' '{text}' | sha256sum"
