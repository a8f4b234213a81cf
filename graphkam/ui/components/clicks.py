"""What was typed or ticked is told before the next page is asked for: else the server stays on the old one.

Streamlit tells what stands in a field a moment after the field is left, and what is ticked a moment after
the tick. A click on another page that is as short as a tap, or as soon, overtakes that: the server hears of
the next page, then of something on the page before, and takes that as the last word. The browser has drawn
the old page anew by then, with no tick and nothing typed, while the server still has both and acts on them.
So a click on a page waits until all is told, and who has asked for a page can do nothing more on the old
one, but ask for another. Buttons need none of this: a click on one tells what was typed with it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

_SCRIPT = """
const TOLD = 250;        // milliseconds after which Streamlit has told what was typed or ticked
const LONGEST = 10_000;  // of waiting for the next page, should it never come
const PAGE = "[data-testid=stPageLink-NavLink]";
const DEEDS = ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "keydown"];
const TYPES = /^(.|Enter|Backspace|Delete)$/u;

function keep() {
  let isTyped = false, touched = -TOLD, isHeld = false, leaving = null;
  const isOther = (event) =>  // F5, say, or a link opened in a tab of its own
    event.ctrlKey || event.metaKey || event.altKey || event.shiftKey && event.type === "click" ||
    event.type === "keydown" && !TYPES.test(event.key);
  const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  const isLeaving = () => {
    const isOver = !leaving || location.pathname !== leaving.from || performance.now() > leaving.until;
    if (isOver) leaving = null;
    return !isOver;
  };
  const hold = (link) => {
    isHeld = true;
    isTyped = false;
    setTimeout(() => {
      isHeld = false;
      if (link.isConnected) link.click();
    }, TOLD);
  };
  const leave = (link) => {
    const from = location.pathname;
    leaving = link.pathname === from ? null : { from, until: performance.now() + LONGEST };
  };
  const act = (event) => {
    if (isOther(event)) return;
    const link = event.target.closest?.(PAGE);
    if (event.isTrusted && (isHeld || isLeaving() && !link)) stop(event);
    else if (!link) touched = performance.now();
    else if (event.type !== "click" || link.target === "_blank") return;
    else if (event.isTrusted && (isTyped || performance.now() - touched < TOLD)) {
      stop(event);
      hold(link);
    } else leave(link);
  };
  addEventListener("input", () => { isTyped = true; }, true);
  for (const deed of DEEDS) addEventListener(deed, act, true);
}

export default () => {
  if (!window.graphkamKeepsClicks) keep();
  window.graphkamKeepsClicks = true;
};
"""


def keep_clicks() -> None:
    """Have no click on a page overtake what was done before; a part that nobody sees does it."""
    with st.container(key="clicks"):
        _part()(key="kept clicks")


@cache
def _part() -> Any:
    return st.components.v2.component("graphkam_clicks", js=_SCRIPT)
