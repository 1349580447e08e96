"""Sequences that run through several rooms, in one transaction."""
