"""Finding a thing by its name, as people type it: accents, case, order and typos are forgiven.

An exact name always wins. Otherwise the name is searched loosely, and where several things fit
equally well nothing is guessed: the candidates are listed.
"""

from __future__ import annotations

from collections.abc import Mapping

from graphkam.errors import Ambiguous, NotFound
from graphkam.model.base import fold

ENOUGH = 80
"""Likeness (0 to 100) from which a name may be meant."""
APART = 5
"""By how much the best must surpass the next to be meant alone."""
PROPOSED = 60
"""Likeness from which a name is proposed where none is meant."""
_LISTED = 8


def find(wanted: str, names: Mapping[str, str]) -> str:
    """Give the id of the one thing that a text names.

    Parameters
    ----------
    wanted
        What was typed: a name, part of one, or an id.
    names
        The name of each thing, by its id.

    Returns
    -------
    str
        The id. Exact names come first, then the id itself, then names equal but for case, accents
        and order of words, then names that begin so or whose words do, then the most alike.

    Raises
    ------
    Ambiguous
        If several things fit equally well.
    NotFound
        If none fits; the nearest are named.
    """
    folded = {key: fold(name) for key, name in names.items()}
    typed = fold(wanted)
    tests = (
        [key for key, name in names.items() if name == wanted],
        [key for key in names if key == wanted],
        [key for key, name in folded.items() if name == typed],
        [key for key, name in folded.items() if sorted(_words(name)) == sorted(_words(typed))],
        [key for key, name in folded.items() if typed and _begins(_words(typed), _words(name))],
    )
    for fitting in tests:
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise Ambiguous("ambiguous_name", value=wanted, candidates=_listed(fitting, names))
    return _alike(wanted, typed, folded, names)


def _words(name: str) -> list[str]:
    return name.replace("-", " ").replace(".", " ").replace(",", " ").split()


def _begins(typed: list[str], words: list[str]) -> bool:
    """Tell whether each typed word begins a word of its own (``c vass`` for Claire Vasseur)."""
    left = list(words)
    for part in typed:
        fitting = next((word for word in left if word.startswith(part)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return bool(typed)


def _alike(wanted: str, typed: str, folded: Mapping[str, str], names: Mapping[str, str]) -> str:
    from rapidfuzz import fuzz, process

    scored = process.extract(typed, folded, scorer=fuzz.token_sort_ratio, limit=_LISTED)
    meant = [(key, score) for _, score, key in scored if score >= ENOUGH]
    if meant:
        near = [key for key, score in meant if score > meant[0][1] - APART]
        if len(near) == 1:
            return str(near[0])
        raise Ambiguous("ambiguous_name", value=wanted, candidates=_listed(near, names))
    nearest = process.extract(typed, folded, scorer=fuzz.token_set_ratio, limit=3, score_cutoff=PROPOSED)
    if nearest:
        raise NotFound("no_such_name", value=wanted, nearest=tuple(names[key] for _, _, key in nearest))
    raise NotFound("no_such_name_at_all", value=wanted)


def _listed(keys: list[str], names: Mapping[str, str]) -> tuple[str, ...]:
    shown = sorted((fold(names[key]), key) for key in keys)[:_LISTED]
    return tuple(f"{names[key]} ({key})" for _, key in shown)
