"""A NUL byte anywhere in what is sent: 404 for an address, 400 with a sentence for a form, and nothing written."""

import pytest

from dianping.common.models import AuditEntry
from tests.factories import Cast


@pytest.mark.parametrize(
    "address", ["/search/?q=%00", "/search/?%00=1", "/duties/%00/", "/ledgers/?day=2011%00"]
)
def test_an_address_with_a_nul_is_not_found(client, cast: Cast, address: str) -> None:
    client.force_login(cast.gan.user)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "sent", [{"form_key": "a", "since\0": "1"}, {"form_key": "a\0"}, {"day": "2011-01-05\0"}]
)
def test_a_form_with_a_nul_is_told_and_writes_nothing(client, cast: Cast, sent: dict[str, str]) -> None:
    client.force_login(cast.gan.user)
    before = AuditEntry.objects.count()
    answer = client.post("/switch/", sent)
    assert answer.status_code == 400
    assert "没有存入" in answer.content.decode()
    assert AuditEntry.objects.count() == before
