"""What several records must agree on, checked in one place."""

from datetime import date

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.model.base import Node, Tie
from graphkam.model.business import Contract, Incident, Interaction, Project, Pursuit
from graphkam.model.integrity import check, cycles
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import KINDS, RecordSet
from graphkam.model.targets import references
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate

A = {"account_id": "a"}
TODAY = date(2026, 11, 23)
BASE = (
    Account(id="a", name="Acme", currency="EUR"),
    Account(id="b", name="Borealis"),
    TeamMember(id="cv", last_name="Vasseur", email="cv@us.example"),
    TeamMember(id="nb", last_name="Benhaddou"),
    OrgUnit(id="u", **A, name="Group", kind="group"),
    Person(id="p", **A, last_name="Quillien"),
    Person(id="q", **A, last_name="Santoni"),
    Person(id="r", account_id="b", last_name="Lindqvist"),
    Position(id="x", **A, title="Director", unit_id="u"),
    Position(id="y", **A, title="Deputy", reports_to_id="x"),
    Holding(id="h", **A, person_id="p", position_id="x", since="2004-02"),
    DecisionCentre(id="d", **A, name="Board"),
    Seat(id="s", **A, position_id="x", centre_id="d", roles=("decider",), votes=3),
    Seat(id="t", **A, position_id="y", centre_id="d", roles=("user",)),
    ContactTie(id="k", **A, member_id="cv", person_id="p", kind="owner", level=2),
)


def found(*changes, today=TODAY):
    """Give what does not hold once some records are added or replaced."""
    return [(v.code, v.id, v.field) for v in check(RecordSet((*BASE, *changes)), today=today)]


def test_a_sound_account():
    assert found() == []
    assert check(RecordSet()) == ()


def tie(tie_id="l", **fields):
    return ContactTie(**{"id": tie_id, **A, "member_id": "nb", "person_id": "p", "kind": "contact"} | fields)


def influence(**fields):
    return InfluenceTie(**{"id": "f", **A, "kind": "advice"} | fields)


def centre(**fields):
    return DecisionCentre(id="d", **A, name="Board", **fields)


def holding(**fields):
    return Holding(**{"id": "i", **A, "person_id": "q", "position_id": "x"} | fields)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (OrgUnit(id="v", **A, name="V", kind="site", parent_id="w"), ("missing_reference", "v", "parent_id")),
        (Position(id="y", **A, title="D", dotted_to_ids=("z",)), ("missing_reference", "y", "dotted_to_ids")),
        (Position(id="z", account_id="c", title="Z"), ("missing_reference", "z", "account_id")),
        (tie(person_id="r"), ("crosses_accounts", "l", "person_id")),
        (Account(id="c", name="ACME"), ("duplicate_name", "c", "name")),
        (OrgUnit(id="v", **A, name="group", kind="site"), ("duplicate_name", "v", "name")),
        (TeamMember(id="cw", last_name="W", email="cv@us.example"), ("duplicate_email", "cw", "email")),
        (tie(member_id="cv"), ("duplicate_tie", "l", "member_id")),
        (OrgUnit(id="u", **A, name="Group", kind="group", parent_id="u"), ("own_parent", "u", "parent_id")),
        (Position(id="y", **A, title="D", reports_to_id="y"), ("reports_to_itself", "y", "reports_to_id")),
        (Position(id="y", **A, title="D", dotted_to_ids=("y",)), ("reports_to_itself", "y", "dotted_to_ids")),
        (Position(id="x", **A, title="D", reports_to_id="y"), ("reporting_cycle", "x", "reports_to_id")),
        (influence(from_id="p", to_id="p"), ("influences_itself", "f", "to_id")),
        (holding(), ("two_holders", "i", "person_id")),
        (holding(since="2026-02", until="2026-01"), ("until_before_since", "i", "until")),
        (Project(id="j", **A, name="J", start="2026-02", end="2026-01"), ("until_before_since", "j", "end")),
        (tie(kind="owner"), ("two_owners", "l", "kind")),
        (tie(last_contact=date(2026, 11, 24)), ("in_future", "l", "last_contact")),
        (centre(quota=5), ("quota_above_votes", "d", "quota")),
    ],
)  # fmt: skip
def test_one_thing_that_does_not_hold(change, wanted):
    assert found(change) == [wanted]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (centre(quota=2), ("quota_too_low", "d", "quota")),
        (DecisionCentre(id="e", **A, name="Empty"), ("centre_without_members", "e", "name")),
        (tie(kind="backup", level=0), ("paper_backup", "l", "level")),
        (Mandate(id="m", **A, member_id="nb", role="lead"), ("without_mandate", "k", "member_id")),
        (Pursuit(id="o", **A, name="O", currency="USD"), ("mixed_currency", "a", "currency")),
    ],
)
def test_one_thing_that_is_odd(change, wanted):
    [violation] = check(RecordSet((*BASE, change)), today=TODAY)
    assert (violation.code, violation.id, violation.field) == wanted
    assert violation.severity == "warning"


def test_dates_of_a_contract():
    early = Contract(id="c", **A, name="C", start=date(2026, 1, 1), end=date(2025, 1, 1))
    late = Contract(id="e", **A, name="E", end=date(2026, 1, 1), notice=date(2026, 2, 1))
    shut = Incident(id="n", **A, name="N", opened=date(2026, 1, 2), closed=date(2026, 1, 1))
    assert found(early, late, shut) == [
        ("until_before_since", "n", "closed"),
        ("end_before_start", "c", "end"),
        ("notice_after_end", "e", "notice"),
    ]


def test_imprecise_dates_are_read_generously():
    assert found(holding(since="2003-12-31", until="2003-12")) == []
    assert found(holding(until="2004-02-10")) == []  # who hands over may stay a few days


def test_the_circle_is_listed_once():
    chain = [
        Position(id=one, **A, title=one.upper(), reports_to_id=other)
        for one, other in (("m", "n"), ("n", "o"), ("o", "n"))
    ]
    [violation] = check(RecordSet((*BASE, *chain)))
    assert dict(violation.params) == {"chain": "N → O → N"}


def test_votes_that_sum_to_nothing():
    seats = [Seat(id=i, **A, position_id=p, centre_id="d", roles=("user",), votes=0) for i, p in ("sx", "ty")]
    assert found(*seats) == [("no_votes", "d", "name")]
    assert found(*seats, centre(rule="single_decider")) == []


def test_nothing_is_in_the_future_where_no_day_is_told():
    meeting = Interaction(id="i", **A, date=date(2030, 1, 1), member_ids=("cv",), person_ids=("p",))
    assert found(meeting) == [("in_future", "i", "date")]
    assert found(meeting, today=None) == []


def test_every_field_that_holds_an_id_is_known():
    for kind in KINDS:
        graph = kind.GRAPH
        told = set(graph.references) if isinstance(graph, Node) else {graph.start, graph.end}
        assert isinstance(graph, Node | Tie)
        assert told <= set(references(kind)), kind
        held = {name for name in kind.model_fields if name.endswith(("_id", "_ids"))}
        assert held == set(references(kind)), kind


PARENTS = st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.sampled_from("abcdefgh"), max_size=8)


@given(PARENTS)
def test_circles_are_those_that_networkx_finds(parents):
    graph = nx.DiGraph((child, parent) for child, parent in parents.items() if parent is not None)
    expected = {frozenset(circle) for circle in nx.simple_cycles(graph)}
    circles = cycles(parents)
    assert {frozenset(circle) for circle in circles} == expected
    assert len(circles) == len(expected)
