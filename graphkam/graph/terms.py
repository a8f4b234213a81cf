"""Where figures come from: the terms that a result can show, for anybody to sum them again."""

from __future__ import annotations

from collections.abc import Iterable

from graphkam.graph.strength import Flags, Floats, Panel
from graphkam.method.ratio import bound_weights
from graphkam.model.base import Explained, Interval, Term


class Ledger:
    """Figures, each with what it is summed from; a sum that several figures share is kept once.

    Parameters
    ----------
    ties
        The panel whose positions and members the terms are about.
    """

    def __init__(self, ties: Panel) -> None:
        self._ties = ties
        self._explained: list[Explained] = []
        self._terms: dict[str, list[Term]] = {}

    @property
    def explained(self) -> tuple[Explained, ...]:
        """The figures, in the order they came."""
        return tuple(self._explained)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of all sums, sum by sum."""
        return tuple(term for terms in self._terms.values() for term in terms)

    def figure(self, figure: str, value: float | None, terms: str, over: str | None = None) -> None:
        """Say where a figure comes from: a sum, or a sum over another; an undefined one is left out."""
        if value is not None:
            self._explained.append(Explained(figure=figure, value=value, terms=terms, over=over))
            for name in filter(None, (terms, over)):
                self._terms.setdefault(name, [])

    def term(
        self,
        name: str,
        subject: str,
        shown: str,
        value: float,
        *,
        weight: float | None = None,
        because: Iterable[str] = (),
    ) -> None:
        """Add a term to a sum."""
        made = Term(
            figure=name, subject=subject, name=shown, value=value, weight=weight, because=tuple(because)
        )
        self._terms.setdefault(name, []).append(made)

    def seats(
        self, name: str, weights: Floats, chosen: Flags | None = None, ties: Panel | None = None
    ) -> None:
        """Add the weights of positions as a sum.

        Parameters
        ----------
        name
            Name of the sum; one that is there already stays as it is.
        weights
            Of each position that counts.
        chosen
            Which are summed; all by default.
        ties
            Whose live ties are the reason; the ledger's panel by default.
        """
        if name in self._terms:
            return
        source = ties or self._ties
        ids = [m.id for m in source.graph.members]
        self._terms[name] = []
        rows = zip(source.graph.counted, weights.tolist(), source.live_members, strict=True)
        for i, (s, weight, who) in enumerate(rows):
            if chosen is None or chosen[i]:
                self.term(name, s.id, s.name, weight, weight=weight, because=(ids[m] for m in who))

    def share(self, figure: str, found: Interval, chosen: Flags, surely: Flags, maybe: Flags) -> None:
        """Say where a share of the weight and the ends of its interval come from.

        Parameters
        ----------
        figure
            Its place in the result; the sums are named for it.
        found
            The figure.
        chosen, surely, maybe
            Which positions are in it, as far as is known, whatever is unknown, and for some value of it.
        """
        ties = self._ties
        self.seats("weight", ties.weight)
        self.seats(figure, ties.weight, chosen)
        self.figure(f"{figure}.value", found.value, figure, "weight")
        weights = bound_weights(ties.weight_low, ties.weight_high, surely, maybe)
        ends = (("low", found.low, surely), ("high", found.high, maybe))
        for (end, value, counted), weight in zip(ends, weights, strict=True):
            self.seats(f"{figure}.{end}", weight, counted)
            self.seats(f"{figure}.{end} of", weight)
            self.figure(f"{figure}.{end}", value, f"{figure}.{end}", f"{figure}.{end} of")
