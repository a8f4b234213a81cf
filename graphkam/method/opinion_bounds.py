"""Where opinions can settle when some opinions, or how much somebody listens to somebody, are not known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from graphkam.method.opinion import Flags, Floats, Indexes, Opinions, listening, reached

_EQUAL = 1e-12
"""Opinions that are nearer than this are the same."""


@dataclass(frozen=True)
class Listening:
    """Who listens to whom, as parallel arrays: each pair once."""

    target: Indexes
    source: Indexes
    strength: Floats
    low: Floats
    """The least that the strength could be; more than nothing."""
    high: Floats
    people: int
    susceptibility: Floats
    """Of each person."""

    def opinions(self, strength: Floats | None = None) -> Opinions:
        """Give the model, for the strengths as they are or others."""
        chosen = self.strength if strength is None else strength
        weights = listening(self.target, self.source, chosen, self.people)
        return Opinions(weights, self.susceptibility)

    def among(self, people: Flags) -> Listening:
        """Give the same without listening to anybody else."""
        kept = people[self.source]
        names = ("target", "source", "strength", "low", "high")
        return replace(self, **{name: getattr(self, name)[kept] for name in names})


def estimated(ties: Listening, own: Floats) -> Floats:
    """Give where everybody settles if those whose opinion is not known think what others make of them.

    So no value is made up for anybody: whom nobody of known opinion reaches stays unknown, is not
    listened to by the others, and is NaN.

    Parameters
    ----------
    ties
        Who listens to whom.
    own
        What each thinks by himself; NaN = not known.
    """
    is_known, is_heard = ~np.isnan(own), heard(ties, own)
    swayed = replace(ties.among(is_heard), susceptibility=np.where(is_known, ties.susceptibility, 1.0))
    found = swayed.opinions().settled(np.where(is_heard, own, 0.0))
    found[~is_heard] = np.nan
    return found


def heard(ties: Listening, own: Floats) -> Flags:
    """Tell of whom an opinion can be told: it is known, or that of somebody who reaches him is."""
    return reached(~np.isnan(own), ties.target, ties.source)


def bounds(ties: Listening, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Give the least and the greatest where each can settle.

    Where each settles rises with what everybody thinks, so the ends of the opinions give the ends of
    the answer. How much one person listens to others is settled row by row, whatever it is in other
    rows, so one choice is best for all at once: it is improved until nothing changes (policy iteration,
    Howard 1960). The bounds are exact and reached; only where somebody gives way entirely and strengths
    are not known are they the least and greatest opinion that can reach a person: an outer bound.

    Parameters
    ----------
    ties
        Who listens to whom.
    low, high
        The least and the greatest that each may think by himself.
    """
    if (ties.low < ties.high).any():
        if ties.susceptibility.max(initial=0.0) >= 1:
            return _hull(ties, low, np.minimum), _hull(ties, high, np.maximum)
        return -_greatest(ties, -low), _greatest(ties, high)
    model = ties.opinions()
    return model.settled(low), model.settled(high)


def _greatest(ties: Listening, own: Floats) -> Floats:
    """Give the greatest where each can settle, over how much they listen."""
    found = ties.opinions().settled(own)
    while True:
        better = ties.opinions(_best(ties, found)).settled(own)
        if not (better > found + _EQUAL).any():
            return found
        found = np.maximum(found, better)


def _best(ties: Listening, opinion: Floats) -> Floats:
    """Give the strengths with which each hears the greatest mean: most of those above it, least below.

    From most of all, whoever is not above the mean is turned down; that lifts the mean, and nobody who
    was turned down comes back.
    """
    said, turned_up = opinion[ties.source], np.ones(len(ties.source), dtype=np.bool_)
    while True:
        strength = np.where(turned_up, ties.high, ties.low)
        total = np.bincount(ties.target, weights=strength, minlength=ties.people)
        weighed = np.bincount(ties.target, weights=strength * said, minlength=ties.people)
        mean = weighed / np.where(total > 0, total, 1.0)
        still = turned_up & (said > mean[ties.target] + _EQUAL)
        if (still == turned_up).all():
            return strength
        turned_up = still


def _hull(ties: Listening, own: Floats, extreme: np.ufunc) -> Floats:
    """Give the extreme opinion that can reach each person, through whomever; NaN where nothing settles."""
    found = own.copy()
    while True:
        before = found.copy()
        extreme.at(found, ties.target, before[ties.source])
        if (found == before).all():
            found[np.isnan(ties.opinions().settled(own))] = np.nan
            return found
