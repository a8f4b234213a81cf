import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from graphkam.ui.escape import md

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})


def shown(text):
    """Give the words that a Markdown reader would show, and the kinds of marks it found."""
    [inline] = [token for token in MARKDOWN.parse(f"- {md(text)}") if token.type == "inline"] or [None]
    return "".join(t.content for t in inline.children), {t.type for t in inline.children} if inline else set()


@pytest.mark.parametrize(
    "text",
    [
        "![p](https://leak.example/x.png)",
        "<img src=x onerror=alert(1)>",
        "**bold** _it_ `code` ~~no~~",
        "[l](javascript:alert)",
        "&lt;b&gt; &amp;",
        ":red[x] :material/star: $x^2$",
        "a|b # c \\ d",
        string.punctuation,
    ],
)
def test_marks_are_shown_and_do_nothing(text):
    assert shown(text) == (text, {"text"}) or shown(text)[1] <= {"text", "text_special"}
    assert shown(text)[0] == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_any_text_reads_as_it_is(text):
    assert shown(text)[0] == text


@pytest.mark.parametrize("text", ["    indented", "one\n\n# two", "one\n- two\n", "a\tb"])
def test_no_line_begins_anew(text):
    assert "\n" not in md(text)
    assert md(text) == md(" ".join(text.split()))
