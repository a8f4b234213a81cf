"""graphkam: a key account and the team that serves it, as one graph with figures that open."""

__version__ = "0.1.0"
