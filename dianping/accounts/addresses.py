"""Where a request comes from, as far as it can be told: for counting wrong passwords, kept only as a keyed digest."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The sender's address, of IPv6 its network (/64: one household has that many); empty where it cannot be told.

    Behind a proxy every request comes from the proxy. How many proxies add to X-Forwarded-For is told by
    DIANPING_PROXIES; where TLS ends at a proxy and the number is not told, no address is known and none is counted:
    all would be locked out together. What a client writes into the header himself stands further left and is not read.
    """
    if not settings.PROXIES:
        return "" if settings.HTTPS else _plain(request.META.get("REMOTE_ADDR", ""))
    told = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return _plain(told[-settings.PROXIES]) if len(told) >= settings.PROXIES else ""


def _plain(text: str) -> str:
    try:
        found = ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
