"""One decision centre on the day, with all that several answers ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from graphkam.graph.account_graph import AccountGraph
from graphkam.graph.parts import Part, by_centre
from graphkam.graph.standing import Standing
from graphkam.graph.strength import Flags, Panel
from graphkam.graph.voters import Electorate, Voter, electorate
from graphkam.method.ratio import share
from graphkam.method.voting import Game, Power, TooLarge, power
from graphkam.model.organisation import DecisionCentre
from graphkam.settings import AnalysisSettings

_TWO = 2


@dataclass(frozen=True)
class Centre:
    """A centre with its voters, their power, and who of us knows them."""

    ties: Panel
    settings: AnalysisSettings
    part: Part
    """Which of the positions that count sit in it."""
    electorate: Electorate
    standing: Standing
    power: Power | None
    """Over all seats; None where nobody can win."""
    power_today: Power | None
    """Over those who can vote today."""
    is_too_large: bool
    """Whether the power could not be counted."""

    @property
    def graph(self) -> AccountGraph:
        """The account."""
        return self.ties.graph

    @property
    def id(self) -> str:
        """Id of the centre."""
        return self.electorate.centre.id

    @property
    def name(self) -> str:
        """Name of the centre."""
        return self.electorate.centre.name

    @property
    def twice(self) -> Flags:
        """Which of the positions of the centre two or more of us cover."""
        live = self.ties.count(self.ties.live)[list(self.part.seats)]
        found: Flags = live >= _TWO
        return found

    @property
    def c2(self) -> float | None:
        """Share of its weight that two or more of us cover."""
        return share(self.ties.weight[list(self.part.seats)], self.twice)

    def known_by(self, voter: Voter) -> tuple[int, ...]:
        """Give the members with a live tie to the holder of a voter's seats."""
        held = {seat.position_id for seat in voter.seats}
        return self.ties.who(i for i in self.part.seats if self.graph.counted[i].id in held)

    def banzhaf_today(self, voter: Voter) -> Fraction | None:
        """Give the power of a voter among those who can vote today."""
        if self.power_today is None or not voter.is_there:
            return None
        return self.power_today.banzhaf[self.electorate.there.index(voter)]


def centre_of(
    ties: Panel, found: DecisionCentre, settings: AnalysisSettings, step_costs: Mapping[str, Fraction]
) -> Centre:
    """Give a decision centre on the day.

    Parameters
    ----------
    ties
        The panel of the account.
    found
        The centre.
    settings
        From which stance a veto is let pass.
    step_costs
        Cost of one step of stance, where it is not 1, by the id of a person or of a position.
    """
    voters = electorate(ties.graph, found)
    [part] = [p for p in by_centre(ties.graph) if p.id == found.id]
    is_too_large = False
    powers: list[Power | None] = []
    for game in (voters.game, voters.game_today):
        try:
            powers.append(_power(game))
        except TooLarge:
            powers.append(None)
            is_too_large = True
    standing = Standing(voters, settings.veto_from, step_costs)
    return Centre(ties, settings, part, voters, standing, powers[0], powers[1], is_too_large)


def _power(game: Game | None) -> Power | None:
    return None if game is None else power(game)
