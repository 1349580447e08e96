"""What the tests of accounts share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model


@pytest.fixture
def rows_of() -> Callable[[type[Model]], list[Any]]:
    """Every row of a table, to be compared."""
    return lambda model: sorted(model._default_manager.values_list(), key=str)
