"""From proposals to a plan that is carried out: accepted ones become actions, refused ones are remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from graphkam.analysis.mesh import Proposed
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.needs import burden, decided
from graphkam.graph.strength import panel
from graphkam.model.business import Action, State
from graphkam.model.changes import ChangeSet
from graphkam.settings import AnalysisSettings
from graphkam.text import LANGUAGES, Words


def elsewhere(
    graphs: Iterable[AccountGraph], account_id: str, settings: AnalysisSettings
) -> Mapping[str, int]:
    """Give how many ties each member keeps, or has planned, outside an account, by the member's id.

    Parameters
    ----------
    graphs
        Accounts as of a day; the account itself may be among them.
    account_id
        The account.
    settings
        What makes a tie live.
    """
    found: Counter[str] = Counter()
    for graph in graphs:
        if graph.account.id != account_id:
            found.update(burden(panel(graph, settings), settings))
    return found


def accepted(graph: AccountGraph, ties: Iterable[Proposed], *, due: date, words: Words) -> ChangeSet:
    """Make actions of proposals: of the member who is to make the tie, about the position.

    The action of a proposal has always the same id. As long as it is open, the tie counts as planned and
    is not proposed again.

    Parameters
    ----------
    graph
        The account that the proposals are about.
    ties
        Those that are accepted.
    due
        When they should be made.
    words
        The language of the actions.
    """
    return ChangeSet(puts=tuple(_action(graph, tie, "open", due, words) for tie in ties))


def refused(graph: AccountGraph, ties: Iterable[Proposed], *, words: Words, why: str = "") -> ChangeSet:
    """Remember proposals as refused, as cancelled actions: the two are not proposed to each other again.

    Who reopens or deletes the action has them proposed again.

    Parameters
    ----------
    graph
        The account that the proposals are about.
    ties
        Those that are refused.
    words
        The language of the actions.
    why
        The reason, if one was given: it is kept with the action.
    """
    return ChangeSet(puts=tuple(_action(graph, tie, "cancelled", None, words, why) for tie in ties))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that was refused: the two are not proposed to each other."""

    action_id: str
    member: str
    stakeholder: str
    position_id: str
    title: str
    why: str
    """Empty: no reason was given."""


def refusals(graph: AccountGraph) -> tuple[Refusal, ...]:
    """Give the proposals that stand refused, by whom they are about."""
    found = [
        Refusal(
            action_id=action.id,
            member=graph.records.names.get(action.owner_id, action.owner_id),
            stakeholder=about.name,
            position_id=about.id,
            title=about.position.title,
            why=_why(action.text),
        )
        for action, about in decided(graph)
        if action.state == "cancelled"
    ]
    return tuple(sorted(found, key=lambda r: (*by_name(r.stakeholder, r.position_id), r.member, r.action_id)))


def taken_back(graph: AccountGraph, action_ids: Collection[str]) -> ChangeSet:
    """Take refusals back: their actions are removed, and the two may be proposed to each other again.

    Parameters
    ----------
    graph
        The account of the refusals.
    action_ids
        Of those to take back; what is refused no more is left as it is.
    """
    refused_still = (a for a, _ in decided(graph) if a.state == "cancelled" and a.id in action_ids)
    return ChangeSet(removals=tuple(refused_still))


def _why(text: str) -> str:
    """Give the reason that a refused action's text tells, in whichever language it was written."""
    marks = (Words(language).say("mesh.refused_because", text="", why="").rstrip() for language in LANGUAGES)
    return max(
        (text.partition(mark)[2].strip() for mark in marks), key=len
    )  # the reason may hold a mark, too


def _action(
    graph: AccountGraph, tie: Proposed, state: State, due: date | None, words: Words, why: str = ""
) -> Action:
    known = graph.records.get(Action, tie.id)
    do = "revive" if tie.is_reactivated else "meet"
    key = f"mesh.introduced.{do}" if tie.through else f"mesh.action.{do}"
    text = words.say(key, member=tie.member, name=tie.stakeholder, title=tie.title, through=tie.through)
    return Action(
        id=tie.id,
        version=known.version if known else 0,
        account_id=graph.account.id,
        origin="mesh",
        text=words.say("mesh.refused_because", text=text, why=why) if why else text,
        owner_id=tie.member_id,
        about_id=tie.position_id,
        due=due,
        state=state,
    )
