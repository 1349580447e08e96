"""Pure rules: the standard library only, no Django, nothing read from or written to anywhere."""
