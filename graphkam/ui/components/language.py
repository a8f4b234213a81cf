"""The page's language, told to the browser and who has it read aloud: Streamlit says English to all."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

_SCRIPT = "export default ({ data }) => { document.documentElement.lang = data.lang; };"


def tell_language(language: str) -> None:
    """Have the page say in which language it is; a part that nobody sees does, as the policy allows."""
    with st.container(key="language"):
        _part()(key="page language", data={"lang": language})


@cache
def _part() -> Any:
    return st.components.v2.component("graphkam_language", js=_SCRIPT)
