"""A data folder made ready for a site: its settings written down, its tables up to date, its keys in order."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dianping.common.keymarks import keys_in_order
from dianping.common.leaving import told_of
from dianping.common.records.filling import drop_filled, take_in_filled
from dianping.common.records.sealing import seal_standing
from dianping.config.databases import refusals_told
from dianping.config.site_file import write_settings
from dianping.config.starting import usable_folder
from dianping.rectification.services import carry_sources


def make_ready() -> None:
    """Everything a new folder needs, and everything an older one lacks; CannotGoOn where it cannot be had.

    The settings are written before the database is spoken to: a later command, with nothing but the folder's name, must
    find the same database.
    """
    usable_folder(settings.HOME)
    _keep_settings()
    bring_up_to_date()


def _keep_settings() -> None:
    try:
        write_settings(settings.HOME, settings.SITE)
    except OSError as fault:
        raise told_of(fault, settings.HOME) from fault


def bring_up_to_date() -> None:
    """Migrate where a migration is missing, take the records of an older site into the chain, and those a migration filled, give its
    problems their sources, then look at the keys."""
    try:
        with refusals_told():
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", verbosity=0, skip_checks=True)
            if seal_standing():
                drop_filled()
            else:
                take_in_filled()
            carry_sources()
            keys_in_order(settings.HOME, leave_out=("session",) if settings.OWN_SECRET_KEY else ())
    except OSError as fault:
        raise told_of(fault, settings.HOME) from fault
