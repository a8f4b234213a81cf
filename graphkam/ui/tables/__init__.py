"""The tables of the pages, one module each: what a page shows, and what its file gives away.

Each has ``tables(view, asked)``; ``asked`` is what the page adds to the address, by name.
"""

PAGES = frozenset(
    {"account", "business", "centres", "changes", "coverage", "dependency", "owners", "paths", "portfolio"}
)
"""Pages whose tables can be saved as a workbook."""
OF_ALL = frozenset({"portfolio"})
"""Those of them that are about all accounts."""
