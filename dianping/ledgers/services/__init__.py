"""Issuing ledgers."""

from dianping.ledgers.services.close import KINDS, LedgerFile, close_ledgers, with_head, write_form

__all__ = ["KINDS", "LedgerFile", "close_ledgers", "with_head", "write_form"]
