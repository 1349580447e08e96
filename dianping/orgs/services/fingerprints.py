"""Identity numbers leave the import only as a keyed fingerprint (decision 0011; GB/T 22239-2019 个人信息保护)."""

import hmac

from django.conf import settings


def fingerprint(identity: str) -> str | None:
    """HMAC-SHA256 of an 18-digit number under the site's own key, hexadecimal; None without a number."""
    if not identity:
        return None
    return hmac.digest(settings.FINGERPRINT_KEY.encode(), identity.encode(), "sha256").hex()
