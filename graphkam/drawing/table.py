"""What the picture says, as a table: for those who cannot see it, for copying, and for tests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphkam.drawing.elements import Facts, Row
from graphkam.model.vocabulary import ContactKind, Occupancy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkam.drawing.relations import Relations
    from graphkam.drawing.stakeholders import Stakeholders
    from graphkam.graph.account_graph import AccountGraph, Stakeholder
    from graphkam.text import Words

_COLUMNS = (
    "person",
    "unit",
    "title",
    "weight",
    "stance",
    "before",
    "coverage",
    "owner",
    "backup",
    "reports_to",
)


def table(
    ordered: Sequence[Stakeholder],
    people: Stakeholders,
    relations: Relations,
    words: Words,
    *,
    hide_stance: bool,
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Give the headings and the lines of the table.

    Parameters
    ----------
    ordered
        The stakeholders, in the order of the lines.
    people
        Says of each what its node says.
    relations
        Who of us knows whom.
    words
        The reader's language.
    hide_stance
        Leave out the stances.
    """
    left_out = {
        code for code, is_out in (("stance", hide_stance), ("before", not relations.leaves)) if is_out
    }
    codes = [code for code in _COLUMNS if code not in left_out]
    rows = []
    for one in ordered:
        said = _said(one, people, relations, words)
        rows.append(Row(f"p:{one.id}", tuple(said[code] for code in codes)))
    return tuple(words.say(f"map.column.{code}") for code in codes), tuple(rows)


def _said(one: Stakeholder, people: Stakeholders, relations: Relations, words: Words) -> dict[str, str]:
    live = relations.named(one.id)
    nobody = "" if one.occupancy is Occupancy.VACANT else words.say("map.nobody")
    return {
        "person": one.person.name if one.person else words.say(f"map.{one.occupancy}"),
        "unit": people.unit(one),
        "title": one.position.title,
        "weight": people.weight(one),
        "stance": people.stance(one) if one.person else "",
        "before": ", ".join(relations.known_before(one.id)) or nobody,
        "coverage": ", ".join(live) or nobody,
        "owner": ", ".join(relations.those(one, ContactKind.OWNER)),
        "backup": ", ".join(relations.those(one, ContactKind.BACKUP)),
        "reports_to": people.reports_to(one),
    }


def summary(drawn: Sequence[Stakeholder], graph: AccountGraph, words: Words) -> Facts:
    """Give the headline counts of the people drawn."""
    held = Counter(one.occupancy for one in drawn)
    counts = {
        "positions": len(drawn),
        "vacant": held[Occupancy.VACANT],
        "unknown": held[Occupancy.UNKNOWN],
        "members": len(graph.members),
    }
    return tuple((words.say(f"map.summary.{code}"), str(count)) for code, count in counts.items())
