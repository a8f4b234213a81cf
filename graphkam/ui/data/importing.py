"""Files in: a workbook, CSV files, a mail log, the demo; each shows its plan before anything is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from graphkam.exchange.choices import Choices, Mode
from graphkam.exchange.demo import demo_file
from graphkam.ui.data.proposed import propose, proposed, show_proposed
from graphkam.ui.downloads import template_address
from graphkam.ui.escape import md

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from graphkam.exchange.plan import Plan
    from graphkam.ui.state import View

T = TypeVar("T")

PLACE = "import"
_BOOK_MB, _MAIL_MB = 64, 200
"""Largest files; a larger mail log is for the command line, which reads it without keeping it."""
_STYLE = """<style>
.st-key-file-{name} [data-testid="stFileUploaderDropzone"] button p {{ font-size: 0; }}
.st-key-file-{name} [data-testid="stFileUploaderDropzone"] button p::after {{
  content: "{choose}"; font-size: 0.93rem;
}}
.st-key-file-{name} [data-testid="stFileUploaderDropzoneInstructions"] span {{ display: none; }}
.st-key-file-{name} [data-testid="stFileUploaderDropzoneInstructions"]::after {{
  content: "{said}"; font-size: 0.87rem;
}}
</style>"""
_LOCALES = ("", "fr", "en", "us")
_UNSAFE = re.compile(r"[^\w .()-]+")


def show(view: View) -> None:
    """Show what can be brought in, and the plan of what was."""
    if show_proposed(view, PLACE):
        return
    book, mail = st.columns(2, gap="medium")
    with book.container(border=True, height="stretch"):
        _book(view)
    with mail.container(border=True, height="stretch"):
        _mail(view)


def _file(view: View, name: str, types: list[str], most: int) -> UploadedFile | None:
    """Ask for a file; what Streamlit says of it in English only is said in the reader's language."""
    words = view.words
    said = words.say("data.at_most", most=most, types=", ".join(f".{one}" for one in types))
    st.html(_STYLE.format(choose=_quoted(words.say("data.choose_file")), said=_quoted(said), name=name))
    with st.container(key=f"file-{name}"):
        return st.file_uploader(words.say(f"data.choose.{name}"), types, key=name, max_upload_size=most)


def _quoted(text: str) -> str:
    """Give a text of ours as CSS writes it."""
    return text.replace("\\", "").replace('"', "'")


def _book(view: View) -> None:
    words = view.words
    st.subheader(words.say("data.book"), anchor=False)
    st.caption(words.say("data.book_what"))
    label, address = words.say("data.template"), template_address(words.language)
    st.link_button(label, address, icon=":material/download:")
    file = _file(view, "book", ["xlsx", "xlsm", "zip"], _BOOK_MB)
    with st.expander(words.say("data.more_choices")):
        locale = st.selectbox(
            words.say("data.locale"),
            _LOCALES,
            format_func=lambda one: words.say(f"data.locales.{one or 'auto'}"),
        )
        is_replaced = view.account is not None and st.checkbox(
            md(words.say("data.replace", account=view.account.name)), help=words.say("data.replace_what")
        )
    label = words.say("data.show_plan")
    if st.button(label, key="plan book", type="primary", disabled=file is None) and file is not None:
        more = {"mode": Mode.REPLACE, "scope": view.account.id} if is_replaced and view.account else {}
        propose(view, PLACE, "import", _replan(view, file, locale or None, more))
        st.rerun()


def _replan(
    view: View, file: UploadedFile, locale: str | None, more: dict[str, str]
) -> Callable[[Choices], Plan]:
    data, name = file.getvalue(), file.name
    today = date.today()  # noqa: DTZ011 - the reader's own calendar day

    def plan(choices: Choices) -> Plan:
        how = choices.model_copy(update=more)
        return on_disk(
            name,
            data,
            lambda path: view.desk.act(
                lambda workspace: workspace.plan_import(path, today=today, locale=locale, choices=how)
            ),
        )

    return plan


def on_disk(name: str, data: bytes, do: Callable[[Path], T]) -> T:
    """Do something with a file that came by the browser, on the disk for as long as that takes."""
    with TemporaryDirectory() as folder:
        # The name is the browser's word: only what names a file is left of it.
        path = Path(folder) / (_UNSAFE.sub("_", Path(name).name)[-120:].lstrip(".") or "file")
        path.write_bytes(data)
        return do(path)


def _mail(view: View) -> None:
    words = view.words
    st.subheader(words.say("data.mail"), anchor=False)
    st.caption(words.say("data.mail_what"))
    file = _file(view, "mail", ["csv", "mbox", "gz", "txt"], _MAIL_MB)
    domains = st.text_input(
        words.say("data.domains"), key="domains", placeholder=words.say("data.domains_example")
    )
    with st.expander(words.say("data.more_choices")):
        least = st.number_input(words.say("data.min_people"), 1, None, 1, key="min people")
        is_free = st.checkbox(words.say("data.keep_free_mail"), key="free mail")
    label, wanted = words.say("data.show_plan"), re.findall(r"[^\s,;]+", domains or "")
    is_ready = file is not None and bool(wanted)
    if st.button(label, key="plan mail", type="primary", disabled=not is_ready) and file is not None:
        data, name, as_of = file.getvalue(), file.name, view.as_of

        def plan(_: Choices) -> Plan:
            return on_disk(
                name,
                data,
                lambda path: view.desk.act(
                    lambda workspace: workspace.plan_mail(
                        path, team_domains=wanted, as_of=as_of, keep_free_mail=is_free, min_people=least
                    )
                ),
            )

        propose(view, PLACE, "import-mail", plan)
        st.rerun()


def propose_demo(view: View) -> None:
    """Show what the demo accounts would bring."""
    today = date.today()  # noqa: DTZ011 - the reader's own calendar day
    path = demo_file(view.words.language)

    def plan(choices: Choices) -> Plan:
        return view.desk.act(lambda workspace: workspace.plan_import(path, today=today, choices=choices))

    propose(view, PLACE, "import", plan)


def begin(view: View) -> None:
    """Show the first page: there is no account yet, and three ways to one."""
    words = view.words
    waiting = proposed(PLACE)
    is_planned = waiting is not None and waiting.plan is not None
    st.title(words.say("app.begin.planned" if is_planned else "app.begin.title"), anchor=False)
    if not is_planned:
        st.markdown(words.say("app.begin.how"))
    if show_proposed(view, PLACE):
        return
    demo, book, mail = st.columns(3, gap="medium")
    with demo.container(border=True, height="stretch"):
        st.subheader(words.say("app.begin.demo"), anchor=False)
        st.caption(words.say("app.begin.demo_how"))
        if st.button(words.say("app.begin.demo_see"), key="demo", type="primary", icon=":material/science:"):
            propose_demo(view)
            st.rerun()
    with book.container(border=True, height="stretch"):
        _book(view)
    with mail.container(border=True, height="stretch"):
        _mail(view)
