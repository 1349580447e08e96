"""What is put back (tests/kept.py) is what the services would have made."""

import pytest
from django.db import transaction

from dianping.common import audit
from dianping.orgs.models import Organisation
from tests import factories, kept
from tests.settings import HOME

pytestmark = pytest.mark.django_db


def begun(place: factories.University) -> Organisation:
    """Something written by services, by hand, over what was there, and beside the database."""
    Organisation.objects.filter(pk=place.library.pk).update(name="馆")
    factories.charge(place.leaders["苏岩"], place.letters)
    (HOME / "kept").mkdir(exist_ok=True)
    (HOME / "kept" / "one").write_text("一")
    return place.letters


def stand(name: str, place: factories.University) -> tuple[object, ...]:
    """Rows, files and object after it stands; then everything is taken back."""
    with transaction.atomic():
        found = kept.standing(name, lambda: begun(place), given=place)
        assert audit.verify() == []
        seen = kept.rows(), kept.files(), found
        transaction.set_rollback(True)
    kept.empty_folder()
    return seen


def test_what_is_put_back_is_row_for_row_and_file_for_file_what_was_made(
    university: factories.University,
) -> None:
    made, again = (stand("row for row", university) for _ in range(2))
    assert made[:2] == again[:2]
    assert made[2] is again[2] is university.letters
    assert kept.files() == {}


def test_on_other_rows_or_files_it_is_made_anew(university: factories.University) -> None:
    calls = []

    def make() -> None:
        calls.append(1)

    kept.standing("anew", make)
    kept.standing("anew", make)
    assert len(calls) == 1
    Organisation.objects.filter(pk=university.top.pk).update(name="改")
    kept.standing("anew", make)
    assert len(calls) == 2
    (HOME / "two").write_text("二")
    kept.standing("anew", make)
    assert len(calls) == 3


def test_after_it_is_put_back_new_rows_get_numbers_of_their_own(university: factories.University) -> None:
    stand("numbers", university)
    kept.standing("numbers", lambda: begun(university), given=university)
    known = set(Organisation.objects.values_list("pk", flat=True))
    new = factories.organisation("新支部", "党支部", university.letters)
    assert new.pk not in known
