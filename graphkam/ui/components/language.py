"""The page's language, told to the browser and to who has it read aloud: Streamlit says English to all."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

_SCRIPT = """
const own = navigator.languages;
export default ({ data }) => {
  document.documentElement.lang = data.lang;
  // Streamlit's tables write numbers as these say: 640,000 is 640 to who reads the page in French.
  const languages = [...own.filter((one) => one.startsWith(data.lang)), data.lang];
  Object.defineProperty(navigator, "languages", { value: languages, configurable: true });
};
"""


def tell_language(language: str) -> None:
    """Have the page say in which language it is; a part that nobody sees does, as the policy allows."""
    with st.container(key="language"):
        _part()(key="page language", data={"lang": language})


@cache
def _part() -> Any:
    return st.components.v2.component("graphkam_language", js=_SCRIPT)
