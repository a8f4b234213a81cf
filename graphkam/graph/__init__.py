"""The account as a graph: read-only, as of a day."""
