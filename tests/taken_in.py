"""What builders of tests wrote by hand, taken into the chain, so that only what is done afterwards can be blamed."""

from django.db import connection

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.records.registry import coverage_of, covered_models
from dianping.common.rights import unasked
from tests.factories import ACTOR


@act
def take_in() -> None:
    """Note every covered row the chain does not know yet as added by this act; rows written in sets are known by their set."""
    with connection.cursor() as cursor:
        for table, model in covered_models().items():
            if coverage_of(model).set_but:  # type: ignore[union-attr]
                continue
            key = f'"{table}"."{model._meta.pk.column}"'
            cursor.execute(
                f'INSERT INTO common_touched ("table", key, was) SELECT %s, {key}, \'\' FROM "{table}" WHERE NOT EXISTS'
                f' (SELECT 1 FROM common_auditrecord r WHERE r."table" = %s AND r.key = {key})',
                [table, table],
            )
    unasked(ACTOR, because="a test tells")
    audit.record(actor=ACTOR, act="测试开始", about="site")
