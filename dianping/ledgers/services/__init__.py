"""Issuing ledgers."""

from dianping.ledgers.services.close import KINDS, Written, close_ledgers, with_head, write_form

__all__ = ["KINDS", "Written", "close_ledgers", "with_head", "write_form"]
