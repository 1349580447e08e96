"""Where a request comes from, as far as it can be told: for counting wrong passwords, kept only as a keyed digest."""

from django.conf import settings
from django.http import HttpRequest

from dianping.common.clients import client_network


def address_of(request: HttpRequest) -> str:
    """The sender's address, of IPv6 its network (one household has that many); empty where it cannot be told.

    Where a proxy stands in front and does not say for whom, every request has the proxy's own address: then none is known and
    none is counted, or all would be locked out together.
    """
    address = client_network(request)
    return "" if address == settings.PROXY else address
