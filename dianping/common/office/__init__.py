"""The only door to office formats."""
