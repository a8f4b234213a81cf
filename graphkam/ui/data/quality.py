"""What is missing in the records, in green, amber and red; and what to ask first, of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.ui.parts import percent, share_column, table
from graphkam.ui.questions import uncertainty_of, upkeep_of

if TYPE_CHECKING:
    from graphkam.ui.state import View

_STATES = {"red": "red", "amber": "orange", "green": "green"}
"""The states, the worst first, and the colours of their signs; the word says it too."""
_NAMES = 6
"""Names shown of what is not filled in."""


def show(view: View) -> None:
    """Show how complete the records are, and what to ask."""
    words = view.words
    found = view.answer(upkeep_of)
    st.subheader(words.say("data.complete", share=words.percent(found.filled)), anchor=False)
    rows = [
        {
            "state": [words.say(f"upkeep.state.{one.state}")],
            "area": words.say(f"upkeep.area.{one.area}"),
            "share": percent(one.share),
            "filled": words.say("cli.head.filled", filled=one.filled, asked=one.asked),
            "missing": ", ".join(one.missing[:_NAMES]) + (" \u2026" if len(one.missing) > _NAMES else ""),
        }
        for one in sorted(found.areas, key=lambda one: (one.share is None, one.share, one.area))
        if one.asked
    ]
    columns: dict[str, Any] = {
        name: words.say(f"data.column.{name}") for name in ("state", "area", "share", "filled", "missing")
    }
    columns["share"] = share_column(words, "filled_in")
    states = [words.say(f"upkeep.state.{state}") for state in _STATES]
    columns["state"] = st.column_config.MultiselectColumn(
        columns["state"], options=states, color=list(_STATES.values()), width="small"
    )
    table(rows, columns, key="complete")
    st.subheader(words.say("data.questions"), anchor=False)
    st.caption(words.say("data.questions_what"))
    asked = view.answer(uncertainty_of).questions
    if not asked:
        st.caption(words.say("data.no_questions"))
        return
    questions = [
        {
            "ask": one.ask or "",
            "question": words.say(f"uncertainty.kind.{one.kind}", **one.says.params),
            "narrows": words.say(f"uncertainty.figure.{one.figure}", centres=one.centres),
            "expected": words.percent(one.expected, 1),
        }
        for one in asked
    ]
    table(
        questions,
        {n: words.say(f"data.column.{n}") for n in ("ask", "question", "narrows", "expected")},
        key="questions",
    )
