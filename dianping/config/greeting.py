"""Where the site can be reached, as it is told when it starts."""

import socket
from contextlib import suppress
from ipaddress import ip_address


def addresses(bind: str, port: int) -> list[str]:
    """The addresses to type into a browser, the likeliest first; for 0.0.0.0 and :: this machine's own."""
    address = ip_address(bind)
    if not address.is_unspecified:
        return [_written(bind, port)]
    home = "::1" if address.version == 6 else "127.0.0.1"
    outward = _outward(address.version)
    return [_written(address, port) for address in ([outward] if outward else []) + [home]]


def _outward(version: int) -> str:
    """This machine's address in its network; "" where it is in none. Nothing is sent: a datagram socket is only pointed."""
    family, somewhere = (socket.AF_INET6, "2001:db8::1") if version == 6 else (socket.AF_INET, "192.0.2.1")
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as pointed:
        pointed.connect((somewhere, 9))
        return str(pointed.getsockname()[0])
    return ""


def _written(address: str, port: int) -> str:
    return f"http://[{address}]:{port}/" if ":" in address else f"http://{address}:{port}/"
