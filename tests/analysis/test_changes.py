"""What differs between two days, and what moved the figures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.analysis.changes import changes
from graphkam.analysis.coverage import coverage
from graphkam.errors import InputError
from graphkam.graph.build import account_graph
from graphkam.model.business import Contract, Incident, Interaction, Pursuit
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.records import RecordSet
from graphkam.model.ties import InfluenceTie, Mandate
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import DAY, centre, holder, member, records, seat, tie, unit
from tests.analysis.drawn import SETTINGS, accounts
from tests.analysis.resumming import assert_it_sums

THEN = DAY - timedelta(days=365)


def ago(days):
    return DAY - timedelta(days=days)


def known(member_name, person, level, last, *, stated=None, past=(), **options):
    """Make a tie as it was said to be on a day, with what was said earlier."""
    return tie(member_name, person, level, last=last, stated_on=stated or last, past=past, **options)


def old(member_name, person, level=2):
    """Make a tie that has been live since before the earlier day, by a statement of each day."""
    return known(member_name, person, level, DAY, past=(f"{THEN}:{level}:{THEN}",))


def between(made, *, since=THEN, **options):
    before, graph = (account_graph(made, "a", day) for day in (since, DAY))
    return changes(graph, before=before, **options)


def compared(*extra, weights=None, since=THEN, **options):
    """Compare an account in which M has known A (weight 3) and B (weight 2) all along."""
    ties = [old("M", "A"), old("M", "B")]
    given_weights = {"A": 3, "B": 2} if weights is None else weights
    made = records({}, given_weights, extra=[member("M"), *ties, *extra])
    return between(made, since=since, **options)


def held(person, position, since=None, until=None):
    return Holding(
        id=f"{person}@{position}",
        account_id="a",
        person_id=person,
        position_id=position,
        since=since,
        until=until,
    )


def one(result, what):
    [found] = [c for c in result.changes if c.what == what]
    return found


def figure(result, name):
    return next(m for m in result.figures if m.figure == name)


def said(person, value, on, centre_id=None):
    return Assessment(
        id=f"{person}{on}{centre_id}",
        account_id="a",
        person_id=person,
        attribute="stance",
        value=value,
        date=on,
        centre_id=centre_id,
    )


def test_where_nothing_happened_nothing_is_told():
    found = compared()
    assert (found.changes, dict(found.counts), found.unseen) == ((), {}, 0)
    assert [f.code for f in found.findings if f.code != "changes_undated"] == ["changes_nothing"]
    assert {m.change for m in found.figures} == {0}


def test_an_empty_account_has_no_figures_and_no_changes():
    found = between(records({}, {}))
    assert {(m.before.value, m.after.value, m.change, m.rescaled) for m in found.figures} == {(None,) * 4}
    assert (found.changes, dict(found.undated)) == ((), {})


@pytest.mark.parametrize("since", [DAY, DAY + timedelta(days=1)])
def test_the_earlier_day_must_be_earlier(since):
    with pytest.raises(InputError) as refused:
        compared(since=since)
    assert refused.value.key == "error.not_before"


# ------------------------------------------------------------------ people and positions


def test_who_arrives_who_leaves_and_who_moves():
    people = [Person(id=p, account_id="a", last_name=p) for p in ("X", "Y", "Z")]
    made = records(
        {},
        {},
        extra=[
            *people,
            *(seat(s, 1) for s in ("S", "T", "U")),
            held("X", "S", since="2019-01", until="2026-05"),
            held("Y", "T", since="2026-06"),
            held("Z", "T", until="2026-05"),
            held("Z", "U", since="2026-06-01"),
        ],
    )
    found = between(made)
    assert [(c.what, c.name, c.on) for c in found.changes if c.area == "people"] == [
        ("moved", "Z", "2026-06-01"),
        ("left", "X", "2026-05"),
        ("arrived", "Y", "2026-06"),
    ]
    assert one(found, "moved").says.params["before"] == ("Seat of T",)
    assert [(c.what, c.position_ids, c.on) for c in found.changes if c.area == "positions"] == [
        ("vacated", ("S",), "2026-05"),
        ("succeeded", ("T",), "2026-06"),
        ("filled", ("U",), "2026-06-01"),
    ]
    assert (found.before.vacant, found.after.vacant) == (1, 1)


def test_a_position_that_comes_into_being_and_one_that_is_abolished():
    found = compared(seat("N", 1, since="2026-01"), seat("O", 1, until="2026-02"))
    assert [(c.what, c.name, c.on) for c in found.changes] == [
        ("created", "Seat of N", "2026-01"),
        ("abolished", "Seat of O", "2026-02"),
    ]


def test_a_holder_whose_name_becomes_known_and_one_whose_successor_is_not():
    extra = [
        seat("N", 4, occupancy="unknown"),
        Person(id="X", account_id="a", last_name="X"),
        held("X", "N", since="2026-01"),
        seat("O", 4, occupancy="unknown", occupancy_since="2026-03"),
        Person(id="Y", account_id="a", last_name="Y"),
        held("Y", "O", until="2026-02"),
    ]
    found = compared(*extra)
    assert (one(found, "named").on, one(found, "unnamed").on) == ("2026-01", "2026-03")
    assert one(found, "unnamed").says.severity == "warning"


def test_a_key_holder_who_leaves_is_warned_of():
    gone = [Person(id="X", account_id="a", last_name="X"), held("X", "K", until="2026-02")]
    for weight, severity in ((4, "warning"), (3, "info")):
        found = compared(seat("K", weight), *gone)
        assert one(found, "left").says.severity == severity


# ------------------------------------------------------------------ ours


def test_who_of_us_joins_and_leaves_by_their_mandates():
    def mandate(who, since=None, until=None, role="expert"):
        return Mandate(id=f"{who}{role}", account_id="a", member_id=who, role=role, since=since, until=until)

    extra = [member("P"), mandate("P", "2026-01"), member("Q"), mandate("Q", "2020-01", "2026-06")]
    extra += [member("R"), mandate("R", "2020-01", "2026-06"), mandate("R", "2026-07", role="lead")]
    found = compared(*extra)
    assert [(c.what, c.name, c.on) for c in found.changes if c.area == "team"] == [
        ("joined", "P", "2026-01"),
        ("quit", "Q", "2026-06"),
        ("mandates", "R", "2026-07"),
    ]


def test_a_tie_fades_wakes_warms_and_cools():
    """Half-lives of 180 days: level 2 is live for 180, level 3 for 285."""
    extra = [
        *(member(m) for m in "FWHC"),
        known("F", "A", 2, ago(400), stated=ago(400)),
        known("W", "A", 2, ago(1), stated=ago(1), past=(f"{ago(400)}:1:{ago(400)}",)),
        known("H", "A", 3, ago(1), stated=ago(1), past=(f"{ago(400)}:2:{ago(400)}",)),
        known("C", "A", 2, ago(1), stated=ago(2), past=(f"{ago(400)}:3:{ago(400)}",)),
    ]
    found = compared(*extra)
    told = {
        c.what: (c.says.params["member"], c.says.params["before"], c.says.params["after"], c.on)
        for c in found.changes
    }
    assert told == {
        "tie_faded": ("F", 2, 2, None),
        "tie_woke": ("W", 1, 2, ago(1).isoformat()),
        "tie_warmer": ("H", 2, 3, ago(1).isoformat()),
        "tie_cooler": ("C", 3, 2, ago(2).isoformat()),
    }
    assert one(found, "tie_faded").says.params["count"] == 400


def test_a_tie_is_lowered_or_lost_with_one_of_its_ends():
    gone = [seat("X", 1), Person(id="pX", account_id="a", last_name="X"), held("pX", "X", until="2026-06")]
    extra = [
        *(member(m) for m in "LQ"),
        known("L", "A", 1, ago(1), stated=ago(1), past=(f"{ago(400)}:2:{ago(400)}",)),
        *gone,
        old("M", "X"),
        Mandate(id="q", account_id="a", member_id="Q", role="expert", until="2026-06"),
        old("Q", "A"),
    ]
    found = compared(*extra)
    assert {c.what for c in found.changes if c.area == "ties"} == {
        "tie_lowered",
        "tie_holder_left",
        "tie_member_left",
    }


def test_a_tie_of_which_there_was_only_a_meeting_is_rated():
    met = Interaction(id="m", account_id="a", date=ago(500), member_ids=("N",), person_ids=("pA",))
    found = compared(member("N"), met, known("N", "A", 2, ago(1)))
    assert one(found, "tie_rated").says.params["after"] == 2
    assert found.unseen == 0


def test_what_is_only_written_down_now_may_be_older_and_widens_the_earlier_figures():
    """Nothing tells whether N knew A a year ago: C2 was 0, or 3 of 5."""
    found = compared(member("N"), known("N", "A", 2, ago(1)))
    assert (one(found, "tie_new").on, found.unseen) == (ago(1).isoformat(), 1)
    c2 = figure(found, "c2")
    assert (c2.before.value, c2.before.low, c2.before.high, c2.after.value) == (0, 0, 0.6, 0.6)
    assert [f.params["count"] for f in found.findings if f.code == "changes_unseen"] == [1]


def test_who_was_not_there_cannot_have_been_known():
    late = [seat("L", 5), Person(id="pL", account_id="a", last_name="L"), held("pL", "L", since="2026-06")]
    found = compared(*late, known("M", "L", 2, ago(1)))
    assert (found.unseen, figure(found, "c1").before.high) == (0, 1)


def test_a_brief_contact_is_a_first_trace():
    assert one(compared(member("N"), known("N", "A", 1, ago(1))), "tie_first").name == "A"


# ------------------------------------------------------------------ stances, influence, cover, business


@pytest.mark.parametrize(
    ("before", "after", "what", "severity"),
    [
        ("1", "2", "stance_up", "info"),
        ("2", "0", "stance_down", "notice"),
        ("1", "-1", "stance_down", "warning"),
        ("?", "1", "stance_known", "info"),
        ("?", "-2", "stance_known", "warning"),
        ("1", "?", "stance_unknown", "info"),
    ],
)
def test_a_stance_changes(before, after, what, severity):
    found = compared(said("pA", before, ago(400)), said("pA", after, ago(30)))
    change = one(found, what)
    assert (change.on, change.says.severity, change.position_ids) == (ago(30).isoformat(), severity, ("A",))


def test_a_stance_within_a_centre_is_told_with_it_and_one_said_again_is_no_change():
    extra = [
        *centre("z", ["A"]),
        said("pA", "1", ago(400)),
        said("pA", "1", ago(3)),
        said("pA", "0", ago(2), "z"),
    ]
    found = compared(*extra)
    assert [(c.name, c.what) for c in found.changes] == [("A (Centre z)", "stance_known")]


def test_influence_that_is_known_now_and_influence_that_is_no_more():
    def influences(name, **days):
        return InfluenceTie(id=name, account_id="a", from_id="pA", to_id="pB", kind="advice", **days)

    found = compared(
        influences("new", known_on=ago(9)), influences("gone", until="2026-03"), influences("always")
    )
    assert [(c.what, c.id, c.on) for c in found.changes] == [
        ("influence_gone", "gone", "2026-03"),
        ("influence_new", "new", ago(9).isoformat()),
    ]


def test_a_centre_and_a_unit_go_dark_or_are_lit():
    extra = [
        unit("U"),
        seat("A", 3, unit_id="U"),
        *centre("z", ["A"]),
        known("M", "A", 2, ago(400)),
        *centre("y", ["C"]),
        seat("C", 1),
        *holder("C"),
        known("M", "C", 2, ago(1), past=(f"{ago(400)}:1:{ago(400)}",)),
    ]
    found = compared(*extra)
    assert [(c.what, c.id, c.says.severity) for c in found.changes if c.area == "cover"] == [
        ("centre_dark", "z", "warning"),
        ("unit_dark", "U", "warning"),
        ("centre_lit", "y", "info"),
    ]


def test_business_that_begins_and_ends():
    extra = [
        Contract(id="c1", account_id="a", name="Old", start=date(2020, 1, 1), end=ago(30)),
        Contract(id="c2", account_id="a", name="New", start=ago(29)),
        Incident(
            id="i", account_id="a", name="Leak", opened=ago(40), closed=ago(20), trust_before=7, trust_after=4
        ),
        Pursuit(id="p", account_id="a", name="Big", amount=Decimal(500), opened=ago(10)),
    ]
    found = compared(*extra)
    assert {(c.what, c.on) for c in found.changes} == {
        ("contract_ended", ago(30).isoformat()),
        ("contract_began", ago(29).isoformat()),
        ("incident_opened", ago(40).isoformat()),
        ("incident_closed", ago(20).isoformat()),
        ("pursuit_opened", ago(10).isoformat()),
    }


# ------------------------------------------------------------------ figures


def test_what_moved_the_cover_is_named_with_why():
    """Of weight 5, 3 fades and a position of 5 falls vacant: what was 10 of 10 is 2 of 5."""
    gone = [seat("X", 5), Person(id="pX", account_id="a", last_name="X"), held("pX", "X", until="2026-06")]
    found = compared(known("M", "A", 2, ago(400)), *gone, old("M", "X"))
    c1 = figure(found, "c1")
    assert (c1.before.value, c1.after.value) == (1, pytest.approx(0.4))
    assert [(m.position_id, m.by, [f.code for f in m.why]) for m in c1.movers] == [
        ("X", pytest.approx(-0.5), ["changes_vacated", "changes_tie_holder_left"]),
        ("A", pytest.approx(-0.3), ["changes_tie_faded"]),
    ]
    assert c1.rescaled == pytest.approx(2 / 5 - 2 / 10)
    assert [f.params for f in found.findings if f.code == "changes_c1_fell"] == [
        {"before": 100, "after": 40, "names": ("Seat of X", "A")}
    ]


def test_each_figure_is_that_of_its_own_analysis():
    found = compared(member("N"), old("N", "A"), known("N", "B", 2, ago(1)))
    made = records(
        {},
        {"A": 3, "B": 2},
        extra=[
            member("M"),
            member("N"),
            old("M", "A"),
            old("M", "B"),
            old("N", "A"),
            known("N", "B", 2, ago(1)),
        ],
    )
    for end, day in (("before", THEN), ("after", DAY)):
        own = coverage(account_graph(made, "a", day))
        for name in ("c1", "c2"):
            assert getattr(figure(found, name), end).value == getattr(own, name).value


def test_the_lists_are_bounded_and_the_totals_are_not():
    extra = [seat(f"N{i}", 1, since="2026-01") for i in range(9)]
    found = compared(*extra, settings=AnalysisSettings(top=4))
    assert (len(found.changes), found.counts["created"]) == (4, 9)


def test_facts_without_a_date_are_counted():
    found = compared(unit("U"), *centre("z", ["A"]))
    assert dict(found.undated) == {
        "weights": 2,
        "units": 1,
        "centres": 1,
        "seats": 1,
        "positions": 2,
        "holdings": 2,
    }


@settings(max_examples=25)
@given(accounts(), SETTINGS)
def test_figures_are_the_sums_of_their_terms_and_order_does_not_matter(drawn, chosen):
    since = DAY - timedelta(days=120)
    found, again = (
        between(drawn.records(is_reversed=turned), since=since, settings=chosen, with_terms=True)
        for turned in (False, True)
    )
    assert_it_sums(found)
    assert found == again
    for m in found.figures:
        if m.rescaled is not None:
            assert m.change == pytest.approx(sum(mover.by for mover in m.movers) + m.rescaled)


@settings(max_examples=25)
@given(accounts(is_certain=True), st.integers(1, 400))
def test_the_earlier_figure_lies_within_what_it_could_be(drawn, days):
    found = between(drawn.records(), since=DAY - timedelta(days=days))
    for m in found.figures:
        if m.before.value is not None:
            assert m.before.low - 1e-9 <= m.before.value <= m.before.high + 1e-9


@settings(max_examples=25)
@given(accounts(is_certain=True), st.integers(1, 400), st.data())
def test_a_statement_found_later_lands_within_what_the_earlier_figure_could_be(drawn, days, data):
    """Whoever digs up what was known on the earlier day of a tie first recorded since stays within it."""
    since = DAY - timedelta(days=days)
    made = drawn.records()
    found = between(made, since=since)
    dug = [
        t.model_copy(update={"past": (f"{since}:{data.draw(st.integers(0, 3))}:{since}", *t.past)})
        for t in drawn.contacts()
        if t.stated_on > since and (t.last_contact is None or t.last_contact > since)
    ]
    known_now = between(RecordSet((*made, *dug)), since=since)
    for name in ("c1", "c2"):
        was, now = figure(found, name).before, figure(known_now, name).before
        if was.low is not None:
            assert was.low - 1e-9 <= now.value <= was.high + 1e-9


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_change_has_a_sentence(language):
    words = Words(language)
    found = compared(
        known("M", "A", 2, ago(400)),
        said("pA", "-1", ago(3)),
        Incident(id="i", account_id="a", name="Leak", opened=ago(40)),
    )
    for told in (*(c.says for c in found.changes), *found.findings):
        assert "{" not in words.finding(told)
