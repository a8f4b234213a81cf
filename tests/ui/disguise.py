"""Accounts whose every text is disguised, and words of ours that all carry a mark."""

import itertools
import re
import string
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

import pytest

from graphkam import text
from graphkam.drawing import page
from graphkam.model import vocabulary
from graphkam.model.base import Entity, Name, Text
from graphkam.model.records import RecordSet
from graphkam.model.table import Column
from graphkam.ui.choices import _NAMES_OF_LANGUAGES

OPEN, CLOSE = "⟦", "⟧"
SIGN = "¦.¦"
"""In every hostile text, at its beginning and at its end. What escapes it writes it otherwise."""
ESCAPED_SIGN = "¦\\.¦"

_VECTORS = (
    "![p](https://leak.example/1.png)", "![p][r]", "[r]: https://leak.example/2.png",
    "[l](https://leak.example/3)", "[l](javascript:window.__xss=1)", "<https://leak.example/4>",
    "https://leak.example/5", "www.leak.example", "mailto:x@leak.example", "//leak.example/6",
    "<img src=x onerror=window.__xss=1>", "<img src=https://leak.example/7.png>",
    "<script>window.__xss=1</script>", "</script><script>window.__xss=1</script>",
    "<svg onload=window.__xss=1>", "<svg><use href=https://leak.example/8.svg#x></svg>",
    "<iframe srcdoc='<script>parent.__xss=1</script>'>", "<iframe src=https://leak.example/9></iframe>",
    "<a href=javascript:window.__xss=1>go</a>", "<style>*{background:url(https://leak.example/10)}</style>",
    "<link rel=stylesheet href=https://leak.example/11>",
    "<meta http-equiv=refresh content='0;url=https://leak.example/12'>",
    "<base href=https://leak.example/>", "<form action=https://leak.example/13><button>go</button></form>",
    "<video src=https://leak.example/14 autoplay>", "<object data=https://leak.example/15></object>",
    "<body onload=window.__xss=1>", "<details open ontoggle=window.__xss=1>",
    "<math><mtext><img src=x onerror=window.__xss=1>", '"><img src=x onerror=window.__xss=1>',
    "' onmouseover='window.__xss=1", '" autofocus onfocus="window.__xss=1', "`code`", "``` \ncode\n ```",
    "**bold** _it_ ~~no~~", "# heading", "- item", "1. item", "> quote", "***", "| a | b |", "$x^2$",
    "$$\\frac{1}{2}$$", ":red[red]", ":red-background[red]", ":material/home:", ":smile:", ":streamlit:",
    ":small[s]", ":shortcode[x]{a=b}", "a\\", "\\", "&lt;img src=x onerror=window.__xss=1&gt;",
    "&#60;b&#62;", "&nbsp;", "<!-- x", "]]>", "{0} {name} {{x}}", "%s %d %(x)s", "${window.__xss=1}",
    "{{constructor.constructor('window.__xss=1')()}}", "{% include 'x' %}",
    '=HYPERLINK("https://leak.example/16")', "+cmd|' /C calc'!A0", "@SUM(1)", "-1+1", "';window.__xss=1;//",
    "\u2028window.__xss=1", "datum['x'];window.__xss=1", "..\\..\\x", "../../../x", "href=",
)  # fmt: skip
HOSTILE = tuple(f"{SIGN} {vector} {SIGN}" for vector in _VECTORS)
"""All 72: Markdown and what Streamlit adds to it, HTML, scripts, templates, formulas, paths."""


_LOOSE = ("origin", "email", "phone")


def evil() -> Callable[[], str]:
    """Give the hostile texts, one after the other, again and again."""
    return itertools.cycle(HOSTILE).__next__


def in_greek() -> Callable[[], str]:
    """Give the same without a Latin letter or a digit: what is Latin on a page is then ours, or a mistake."""
    told, numbers = evil(), itertools.count(1)
    letters = {ord(c): chr(ord("α") + n % 17) for n, c in enumerate(string.ascii_letters + string.digits)}
    return lambda: f"{told()} {f'x{next(numbers)}'.translate(letters)}".translate(letters)


def disguised(records: RecordSet, told: Callable[[], str]) -> RecordSet:
    """Give the same records with every free text replaced; ids, codes, days and numbers stay."""
    return RecordSet(_disguised(record, told) for record in records)


def _disguised(record: Entity, told: Callable[[], str]) -> Entity:
    texts, lists = free_texts(type(record))
    said = {name: told() for name in texts if getattr(record, name) is not None}
    said |= {name: tuple(told() for _ in getattr(record, name)) for name in lists}
    # They come from outside too, and no page may rely on their form.
    said |= {name: told() for name in _LOOSE if getattr(record, name, None)}
    return record.model_copy(update=said)


@cache
def free_texts(kind: type[Entity]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the fields of a kind that hold a free text, and those that hold several."""
    hints = typing.get_type_hints(kind, include_extras=True)
    found = {name: hint for name, hint in hints.items() if name in kind.model_fields and _is_free(hint)}
    lists = tuple(name for name, hint in found.items() if typing.get_origin(hint) is tuple)
    return tuple(name for name in found if name not in lists), lists


def _is_free(hint: object) -> bool:
    return hint in {Name, Text} or any(_is_free(part) for part in typing.get_args(hint))


def _marked(said: str) -> str:
    return f"{OPEN}{said}{CLOSE}" if said else said


@contextmanager
def every_word_marked(*languages: str) -> Iterator[None]:
    """Let every word of ours, and all that Babel says in words, stand between marks, in some languages."""
    wanted = languages or text.LANGUAGES

    def mark(owner: object, name: str, is_wanted: Callable[..., bool]) -> None:
        said = getattr(owner, name)
        patch.setattr(
            owner, name, lambda *given: _marked(said(*given)) if is_wanted(*given) else said(*given)
        )

    @cache
    def catalogue(language: str) -> Mapping[str, str]:
        templates = own(language)
        return {k: _marked(t) for k, t in templates.items()} if language in wanted else templates

    own = text.catalogue
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "catalogue", catalogue)
        patch.setattr(page, "catalogue", catalogue)
        for name in ("day", "when", "moment", "country", "money"):
            mark(text.Words, name, lambda words, *_: words.language in wanted)
        mark(vocabulary.Choice, "label", lambda _, language: language in wanted)
        for name in ("header", "sheet_name"):
            mark(Column, name, lambda _, language: language in wanted)
        vocabulary.label.cache_clear()
        yield
    vocabulary.label.cache_clear()


_INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_MECHANISM = re.compile(r":material/\w+:|:(?:red|orange|blue|gray|green|violet|small)\[|#[0-9a-f]{6}\b")
_WORD = re.compile(r"[^\W\d_Α-Ωα-ω]{2,}")


def unmarked(said: str) -> list[str]:
    """Give the words of a text that are neither ours nor from a record."""
    if said in _NAMES_OF_LANGUAGES.values():  # each language is called by its own name
        return []
    said = _MECHANISM.sub("", said)
    while (shorter := _INNERMOST.sub("", said)) != said:
        said = shorter
    return _WORD.findall(said)
