"""Who a request comes from, as far as the network tells."""

from ipaddress import ip_address, ip_network

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The sender's address, or "" where none is known (the door has taken it off).

    The server has put the address that a proxy in front tells in its place, where the settings name that proxy, and taken
    off what anybody else says of it: X-Forwarded-For is not to be read here or further in.
    """
    try:
        return str(ip_address(str(request.META.get("REMOTE_ADDR", "")).strip("[]")))
    except ValueError:
        return ""


def client_network(request: HttpRequest) -> str:
    """What one sender has of addresses: an IPv4 address itself, of IPv6 the /64 it lies in; "" where none is known."""
    address = client_address(request)
    if ":" not in address:
        return address
    mapped = getattr(ip_address(address), "ipv4_mapped", None)
    return str(mapped) if mapped else str(ip_network(f"{address}/64", strict=False))
