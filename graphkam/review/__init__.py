"""Several answers together."""
