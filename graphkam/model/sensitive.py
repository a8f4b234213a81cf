"""Which fields are for those with the right to sensitive fields only.

What is said of a person's attitude, free text about people, and what was heard by the way: it stands
in the pages of the account, and in nothing that may reach other eyes, such as an error message.
"""

from __future__ import annotations

from graphkam.model.business import Signal
from graphkam.model.people import Assessment

_KINDS = frozenset({Assessment.__name__, Signal.__name__})
_FIELDS = frozenset({"note", "criteria", "motivation", "role_comment"})


def is_sensitive(kind: str, field: str) -> bool:
    """Tell whether a field of a kind of record is a sensitive one."""
    return kind in _KINDS or field in _FIELDS
