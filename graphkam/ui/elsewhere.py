"""What our people have to do with the other accounts: room is room over all of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphkam.ui.questions import burden_of

if TYPE_CHECKING:
    from graphkam.ui.state import View


def elsewhere(view: View) -> tuple[tuple[str, int], ...]:
    """Give how many ties each of us keeps or has planned in other accounts, by the member's id."""
    found: Counter[str] = Counter()
    for account_id, burden in view.desk.overview(burden_of, view.as_of):
        if account_id != view.account_id:
            found.update(burden)
    return tuple(sorted(found.items()))
