"""Django's SQLite backend, with its writers in one line, first come first served, across all processes."""
