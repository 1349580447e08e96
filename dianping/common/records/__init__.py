"""Records the audit chain vouches for: which tables, their canonical form, which rows an act changed, and whether they
still stand as the chain says.

Triggers in the database note every row that is added, changed or removed (`triggers`); at its end an act turns these notes
into digests (`gathering`); `checking` compares digests and rows. A model says by its `record` attribute how it is covered.
"""
