"""The one way for text from outside into anything that Streamlit reads as Markdown.

A client called ``![p](https://…)`` would otherwise make the reader's browser call out from a
heading, a label or a button (measured: 16 of 22 elements). Tables and ``st.text`` show text as it
is and need none of this.
"""

from __future__ import annotations

import re
import string

_WHITE = re.compile(r"[ \t\r\n\f\v]+")
_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in string.punctuation})


def md(text: str) -> str:
    """Give text so that Markdown shows it as it is, on one line.

    Parameters
    ----------
    text
        Any text, names from outside included.

    Returns
    -------
    str
        White space made single (a space that does not break stays), and a backslash before every
        ASCII punctuation mark: Markdown then shows the mark and does nothing with it.
    """
    return _WHITE.sub(" ", text).strip(" ").translate(_ESCAPED)
