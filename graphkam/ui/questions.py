"""The questions that pages ask of an account, each with the settings and the reader's choices.

Plain functions, so that a desk can keep their answers, and tests can ask without Streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from graphkam.analysis.changes import Changes
    from graphkam.analysis.coverage import Coverage, Gap
    from graphkam.analysis.decision import Decision
    from graphkam.analysis.dependency import Dependency
    from graphkam.analysis.influence import Influence
    from graphkam.analysis.mesh import Mesh
    from graphkam.analysis.paths import Paths
    from graphkam.analysis.profitability import Profitability
    from graphkam.analysis.resilience import Resilience
    from graphkam.analysis.uncertainty import Uncertainty
    from graphkam.analysis.upkeep import Upkeep
    from graphkam.drawing.elements import Picture
    from graphkam.drawing.overlay import Overlay
    from graphkam.graph.account_graph import AccountGraph
    from graphkam.graph.columns import Columns
    from graphkam.review.audit import Audit
    from graphkam.review.charges import Charges
    from graphkam.review.matrix import Matrix
    from graphkam.review.portfolio import By, Portfolio
    from graphkam.review.unplaced import Unplaced
    from graphkam.settings import AnalysisSettings

T = TypeVar("T", bound=str)


def audit_of(graph: AccountGraph, settings: AnalysisSettings) -> Audit:
    """Ask for the headline figures and findings."""
    from graphkam.review.audit import audit

    return audit(graph, settings=settings)


def coverage_of(graph: AccountGraph, settings: AnalysisSettings) -> Coverage:
    """Ask whom we do not cover."""
    from graphkam.analysis.coverage import coverage

    return coverage(graph, settings=settings)


def gaps_of(graph: AccountGraph, settings: AnalysisSettings) -> tuple[Gap, ...]:
    """Ask for all gaps of coverage, however many."""
    from graphkam.analysis.coverage import coverage

    whole = settings.model_copy(update={"top": max(settings.top, len(graph.counted))})
    return coverage(graph, settings=whole, with_terms=False).gaps


def matrix_of(graph: AccountGraph, settings: AnalysisSettings) -> Matrix:
    """Ask who of us is what to whom."""
    from graphkam.review.matrix import matrix

    return matrix(graph, settings=settings)


def burden_of(graph: AccountGraph, settings: AnalysisSettings) -> tuple[str, Mapping[str, int]]:
    """Ask how many ties each of us keeps or has planned in an account; with the account's id."""
    from graphkam.graph.needs import burden
    from graphkam.graph.strength import panel

    return graph.account.id, burden(panel(graph, settings), settings)


def charges_of(
    graph: AccountGraph, settings: AnalysisSettings, elsewhere: tuple[tuple[str, int], ...]
) -> Charges:
    """Ask who of us owns what; what they have to do elsewhere is told."""
    from graphkam.review.charges import charges

    return charges(graph, elsewhere=dict(elsewhere), settings=settings)


def dependency_of(graph: AccountGraph, settings: AnalysisSettings) -> Dependency:
    """Ask on whom of us the account depends."""
    from graphkam.analysis.dependency import dependency

    return dependency(graph, settings=settings)


def resilience_of(graph: AccountGraph, settings: AnalysisSettings) -> Resilience:
    """Ask how many departures break the account."""
    from graphkam.analysis.resilience import resilience

    return resilience(graph, settings=settings)


def mesh_of(
    graph: AccountGraph,
    settings: AnalysisSettings,
    elsewhere: tuple[tuple[str, int], ...],
    excluded: tuple[tuple[str, str], ...] = (),
) -> Mesh:
    """Ask which contact ties should be made, and by whom; what they have to do elsewhere is told.

    Those excluded, members and people by id, are not brought together: as if it had been refused.
    """
    from graphkam.analysis.mesh import mesh

    return mesh(graph, elsewhere=dict(elsewhere), excluded=excluded, settings=settings, with_terms=False)


def paths_of(graph: AccountGraph, settings: AnalysisSettings, target: str | None, start: str | None) -> Paths:
    """Ask who can introduce us to somebody, or to everybody whom nobody covers."""
    from graphkam.analysis.paths import paths

    return paths(graph, target=target, start=start, settings=settings, with_terms=False)


def decision_of(graph: AccountGraph, settings: AnalysisSettings, centre: str | None) -> Decision:
    """Ask who decides in a centre, or where all of them stand."""
    from graphkam.analysis.decision import decision

    return decision(graph, centre=centre, settings=settings, with_terms=False)


def influence_of(graph: AccountGraph, settings: AnalysisSettings, centre: str | None) -> Influence:
    """Ask where stances settle in a centre, or in the account, and whom to convince."""
    from graphkam.analysis.influence import influence

    return influence(graph, centre=centre, settings=settings, with_terms=False)


def uncertainty_of(graph: AccountGraph, settings: AnalysisSettings) -> Uncertainty:
    """Ask what the figures could be, and what to ask first; without the trial of the rankings.

    It takes longest, and no page shows it.
    """
    from graphkam.analysis.uncertainty import uncertainty

    quick = settings.model_copy(update={"draws": 1})
    return uncertainty(graph, settings=quick, with_terms=False).model_copy(update={"rankings": ()})


def profitability_of(graph: AccountGraph, settings: AnalysisSettings) -> Profitability:
    """Ask what the account earns."""
    from graphkam.analysis.profitability import profitability

    return profitability(graph, settings=settings, with_terms=False)


def upkeep_of(graph: AccountGraph, settings: AnalysisSettings) -> Upkeep:
    """Ask what is to be done this week."""
    from graphkam.analysis.upkeep import upkeep

    return upkeep(graph, settings=settings, with_terms=False)


def backlog_of(graph: AccountGraph, settings: AnalysisSettings) -> Upkeep:
    """Ask what is to be done this week and after it, however much."""
    from graphkam.analysis.upkeep import upkeep

    found = upkeep_of(graph, settings)
    whole = settings.model_copy(update={"week_items": len(found.week) + found.waiting})
    return upkeep(graph, settings=whole, with_terms=False)


def changes_of(graph: AccountGraph, before: AccountGraph, settings: AnalysisSettings) -> Changes:
    """Ask what has changed since an earlier day."""
    from graphkam.analysis.changes import changes

    return changes(graph, before=before, settings=settings, with_terms=False)


def newest_of(graph: AccountGraph, settings: AnalysisSettings) -> date | None:  # noqa: ARG001 - as every question
    """Ask for the day of the newest contact known."""
    return newest_contact(graph)


def portfolio_of(
    days: Sequence[Columns], settings: AnalysisSettings, by: By = "account", leaves: tuple[str, ...] = ()
) -> Portfolio:
    """Ask how all accounts stand, however many there are."""
    from graphkam.review.portfolio import portfolio

    most = max(settings.top, len(days[-1].accounts.id), len(days[-1].members.id))
    return portfolio(days, by=by, leaves=leaves, settings=settings.model_copy(update={"top": most}))


def newest_contact(graph: AccountGraph) -> date | None:
    """Give the day of the newest contact known, up to the day looked at."""
    return max((c.last_contact for c in graph.contacts if c.last_contact), default=None)


def picture_of(
    graph: AccountGraph,
    settings: AnalysisSettings,
    language: str,
    view: str,
    hide_stance: bool,
    unit: str = "",
    overlay: Overlay | None = None,
    places: tuple[tuple[str, tuple[str, float, float]], ...] = (),
) -> Picture:
    """Draw an account, or one unit of it: who is supposed to leave, which ties are proposed, what was moved.

    Raises
    ------
    ValueError
        If there is no such view.
    NotFound
        If there is no such unit.
    """
    from graphkam.drawing.elements import VIEWS
    from graphkam.drawing.moving import moved
    from graphkam.drawing.overlay import NOTHING
    from graphkam.drawing.picture import picture
    from graphkam.drawing.window import BESIDE_A_CARD

    drawn = picture(
        graph,
        settings=settings,
        language=language,
        view=one_of(VIEWS, view),
        hide_stance=hide_stance,
        within=unit or None,
        window=BESIDE_A_CARD,
        overlay=overlay or NOTHING,
    )
    return moved(drawn, dict(places))


def one_of(allowed: tuple[T, ...], said: str) -> T:
    """Give the one that was said.

    Raises
    ------
    ValueError
        If it is none of them.
    """
    return allowed[allowed.index(cast("T", said))]


def live_ties_of(graph: AccountGraph, settings: AnalysisSettings) -> frozenset[str]:
    """Ask which contact ties are live, by their ids."""
    from graphkam.graph.strength import panel

    ties = panel(graph, settings)
    return frozenset(graph.contacts[int(i)].tie.id for i in ties.tie[ties.live])


def people_of(graph: AccountGraph, settings: AnalysisSettings, language: str) -> list[dict[str, str]]:  # noqa: ARG001 - as every question
    """Ask who is there, for a table: the most influential first."""
    from graphkam.drawing.stakeholders import path_text
    from graphkam.exchange.called import roles_label
    from graphkam.model.base import fold
    from graphkam.model.ties import ContactTie
    from graphkam.model.vocabulary import ContactKind
    from graphkam.text import UNKNOWN, Words

    words = Words(language)
    charged: dict[tuple[str, str], list[str]] = {}
    for tie in graph.own(ContactTie):
        name = graph.records.names.get(tie.member_id, tie.member_id)
        charged.setdefault((tie.person_id, tie.kind), []).append(name)
    found = []
    for one in sorted(graph.stakeholders, key=lambda s: (-(s.weight or 0), fold(s.name), s.id)):
        person_id = one.person.id if one.person else ""
        row = {
            "id": one.id,
            "name": one.person.name if one.person else words.say(f"map.{one.occupancy}"),
            "title": one.position.title,
            "unit": graph.records.names.get(one.position.unit_id or "", ""),
            "roles": roles_label(graph.roles_of.get(one.id, ()), language),
            "weight": UNKNOWN if one.weight is None else f"{one.weight}/5",
            "owner": ", ".join(charged.get((person_id, ContactKind.OWNER), ())),
            "backup": ", ".join(charged.get((person_id, ContactKind.BACKUP), ())),
        }
        row["find"] = fold(f"{row['name']} {one.position.title} {path_text(graph, one.position.unit_id)}")
        found.append(row)
    return found


def unplaced_of(graph: AccountGraph, settings: AnalysisSettings) -> tuple[Unplaced, ...]:  # noqa: ARG001 - as every question
    """Ask who is not placed yet."""
    from graphkam.review.unplaced import unplaced

    return unplaced(graph)
