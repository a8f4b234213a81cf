"""What is to be done this week, what is stale, what is missing."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.analysis.upkeep import upkeep
from graphkam.graph.build import account_graph
from graphkam.model.business import Action, Clause, Contract, Incident, Interaction, Pursuit, Signal
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.records import RecordSet
from graphkam.model.ties import Mandate
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import DAY, centre, empty, graph, holder, member, seat, tie
from tests.analysis.drawn import SETTINGS, accounts
from tests.analysis.resumming import assert_it_sums


def ago(days):
    return DAY - timedelta(days=days)


def ahead(days):
    return DAY + timedelta(days=days)


def codes(result):
    """Every reason of the weekly list, thing by thing."""
    return [tuple(f.code for f in (i.why, *i.also)) for i in result.week]


def one(result, code):
    [found] = [(i, f) for i in result.week for f in (i.why, *i.also) if f.code == code]
    return found


def met(name, day, members=("M",), people=("A",)):
    return Interaction(
        id=name, account_id="a", date=day, member_ids=members, person_ids=tuple(f"p{p}" for p in people)
    )


def said(person, days, attribute="stance", value="0", centre_id=None):
    return Assessment(
        id=f"{person}-{attribute}-{days}",
        account_id="a",
        person_id=f"p{person}",
        attribute=attribute,
        value=value,
        date=ago(days),
        centre_id=centre_id,
    )


def area(result, name):
    return next(c for c in result.areas if c.area == name)


def test_where_all_is_fresh_there_is_nothing_to_do():
    found = upkeep(graph({"A": {"M": 3}}, {"A": 1}))
    assert (found.week, found.waiting, dict(found.reasons), found.stale_ties) == ((), 0, {}, 0)


def test_an_empty_account_has_nothing_to_fill_in():
    found = upkeep(empty())
    assert (found.week, found.stale, found.filled, found.findings) == ((), (), None, ())
    assert {(c.asked, c.share, c.state) for c in found.areas} == {(0, None, None)}


# ------------------------------------------------------------------ silence


@pytest.mark.parametrize(("weight", "tier", "limit"), [(4, "A", 90), (2, "B", 180), (1, "C", 365)])
def test_a_tie_goes_stale_by_the_tier_of_its_stakeholder(weight, tier, limit):
    def found(days):
        return upkeep(graph({"A": {"M": 2}}, {"A": weight}, last=ago(days)))

    assert (found(limit).stale_ties, found(limit).week) == (0, ())
    [row] = found(limit + 10).stale
    assert (row.tier, row.days, row.limit, row.member, row.person) == (tier, limit + 10, limit, "M", "A")
    item, told = one(found(limit + 10), "upkeep_stale")
    assert item.value == pytest.approx(weight * (1 - limit / (limit + 10)))
    assert (item.act, item.concerns, told.params["count"]) == ("M", ("A",), limit + 10)


def test_the_limits_are_settable():
    settings = AnalysisSettings(stale_by_tier={"C": 10})
    assert upkeep(graph({"A": {"M": 2}}, {"A": 1}, last=ago(11)), settings=settings).stale_ties == 1


def test_a_stale_tie_is_to_be_tended_only_where_fresh_ones_are_wanting():
    """A weighs 2: one fresh tie is enough. B weighs 5: two are wanted."""
    extra = [member("N"), tie("N", "A", 2, last=ago(400)), tie("N", "B", 2, last=ago(400), kind="backup")]
    found = upkeep(graph({"A": {"M": 2}, "B": {"M": 2}}, {"A": 2, "B": 5}, extra=extra))
    assert found.stale_ties == 2
    item, _ = one(found, "upkeep_stale")
    assert (item.concerns, item.act) == (("B",), "N")


def test_of_several_stale_ties_the_owner_acts_first():
    extra = [
        *(member(m) for m in "NO"),
        tie("N", "A", 1, last=ago(500), kind="owner"),
        tie("O", "A", 3, last=ago(400)),
    ]
    found = upkeep(graph({"A": {"M": 3}}, {"A": 5}, last=ago(300), extra=extra))
    item, told = one(found, "upkeep_stale")
    assert (item.act, told.params["count"], told.evidence) == ("N", 500, ("N-A",))


def test_a_tie_without_relation_or_of_unknown_date_cannot_be_stale():
    extra = [member("N"), tie("M", "A", 0, last=ago(900)), tie("N", "A", 2, last=None)]
    assert upkeep(graph({}, {"A": 5}, extra=[member("M"), *extra])).stale_ties == 0


def test_somebody_with_a_rhythm_is_missed_sooner():
    """Contacts every 20 days, four of them: silence counts from the 41st day on."""
    days = [ago(d) for d in (105, 85, 65)]
    meetings = [met(f"m{i}", day) for i, day in enumerate(days)]

    def found(silent, **settings):
        extra = [*meetings, tie("M", "A", 3, last=ago(silent))]
        return upkeep(
            graph({"A": {"M": 3}}, {"A": 1}, extra=extra, last=None), settings=AnalysisSettings(**settings)
        )

    assert codes(found(40)) == []
    item, told = one(found(45), "upkeep_rhythm")
    assert (told.params["count"], told.params["usual"], told.params["last"]) == (45, 20, ago(45).isoformat())
    assert item.lateness == pytest.approx(1 - 40 / 45)
    assert codes(found(45, rhythm_contacts=5)) == []
    assert codes(found(45, rhythm_factor=3)) == []


def test_three_contacts_make_no_rhythm_and_two_on_one_day_are_one():
    meetings = [met("m1", ago(105)), met("m2", ago(85)), met("m3", ago(85), members=("M",))]
    extra = [*meetings, tie("M", "A", 3, last=ago(65))]
    assert codes(upkeep(graph({"A": {"M": 3}}, {"A": 1}, extra=extra))) == []


def test_whoever_writes_every_day_is_not_missed_after_three():
    days = tuple(ago(d) for d in range(9, 3, -1))
    mailed = tie("M", "A", 3, last=None, stated_on=None, days_out=days, days_in=days)
    shown = graph({"A": {"M": 3}}, {"A": 1}, extra=[mailed])
    assert codes(upkeep(shown)) == []
    item, _ = one(upkeep(shown, settings=AnalysisSettings(rhythm_least=3)), "upkeep_rhythm")
    assert item.lateness == pytest.approx(1 - 3 / 4)


def test_after_two_years_of_silence_it_is_asked_whether_somebody_is_still_there():
    found = upkeep(graph({"A": {"M": 3}}, {"A": 1}, last=ago(731)))
    assert codes(found) == [("upkeep_gone", "upkeep_stale")]
    assert codes(upkeep(graph({"A": {"M": 3}}, {"A": 1}, last=ago(730)))) == [("upkeep_stale",)]


@pytest.mark.parametrize(("value", "silent"), [("2", True), ("1", False)])
def test_a_champion_should_be_heard_of_within_a_month(value, silent):
    def found(days):
        return upkeep(graph({"A": {"M": 3}}, {"A": 3}, last=ago(days), extra=[said("A", 1, value=value)]))

    assert codes(found(30)) == []
    assert codes(found(31)) == ([("upkeep_champion",)] if silent else [])


def test_a_contact_of_a_colleague_ends_the_silence():
    extra = [said("A", 1, value="2"), met("m", ago(3), members=("N",)), member("N")]
    assert codes(upkeep(graph({"A": {"M": 3}}, {"A": 3}, last=ago(60), extra=extra))) == []


def test_of_whom_nothing_was_ever_heard_nobody_can_say_how_long():
    assert codes(upkeep(graph({}, {"A": 5}, extra=[said("A", 1, value="2")]))) == []


# ------------------------------------------------------------------ people


def test_what_was_said_long_ago_is_asked_again_once_a_person():
    extra = [
        said("A", 366),
        said("A", 500, attribute="adaptability", value="visionary"),
        said("B", 365),
        said("C", 900),
        said("C", 10),
    ]
    found = upkeep(graph({p: {"M": 3} for p in "ABC"}, dict.fromkeys("ABC", 1), extra=extra))
    item, told = one(found, "upkeep_assessment")
    assert (item.concerns, told.params["count"], told.evidence) == (("A",), 500, ("A-adaptability-500",))


@pytest.mark.parametrize(
    ("until", "status", "code", "late"),
    [
        ("2027-03-31", "leaving", "upkeep_leaving", 1 - 128 / 365),
        ("2027-03-31", None, "upkeep_leaving", 1 - 128 / 365),
        (None, "leaving", "upkeep_leaving_undated", 1),
        (None, "left", "upkeep_left", 1),
        ("2029-01", None, None, None),
        ("2029-01", "leaving", "upkeep_leaving", 0),
    ],
)
def test_a_holder_who_leaves(until, status, code, late):
    person, holding = holder("A", status=status)
    extra = [person, holding.model_copy(update={"until": until})]
    found = upkeep(graph({"A": {"M": 3}}, {"A": 4}, extra=extra))
    assert dict(found.reasons) == ({code: 1} if code else {})
    if code:
        item, told = one(found, code)
        assert (item.lateness, item.weight) == (pytest.approx(late), 4)
        assert told.params.get("count") == (None if until is None else (item.due - DAY).days)


def test_whom_nobody_has_had_to_do_with_for_three_years():
    def found(until, *more):
        extra = [
            Person(id="old", account_id="a", last_name="Old"),
            Holding(id="h", account_id="a", person_id="old", position_id="A", until=until),
            *more,
        ]
        return upkeep(graph({"A": {"M": 3}}, {"A": 5}, extra=extra))

    item, told = one(found("2022-05"), "upkeep_retention")
    assert (told.subjects, told.params["count"]) == (("old",), (DAY - date(2022, 5, 31)).days)
    assert (item.weight, item.concerns) == (1, ())
    assert codes(found("2024-01")) == []
    talk = Interaction(id="i", account_id="a", date=ago(100), member_ids=("M",), person_ids=("old",))
    assert codes(found("2022-05", talk)) == []


# ------------------------------------------------------------------ what falls due


def action(**options):
    return Action(**{"id": "x", "account_id": "a", "text": "Call", "owner_id": "M", "due": ago(3)} | options)


def test_an_action_is_overdue_the_day_after():
    def found(**options):
        return codes(upkeep(graph({"A": {"M": 3}}, {"A": 1}, extra=[action(**options)])))

    assert found() == [("upkeep_overdue",)]
    assert (
        found(due=DAY)
        == found(due=None)
        == found(state="done", done=ago(4))
        == found(state="cancelled")
        == []
    )
    assert found(state="done", done=ahead(1)) == [("upkeep_overdue",)]


def test_an_action_weighs_what_those_weigh_whom_it_is_about():
    weights = {"A": 5, "B": 3, "C": 2}
    extra = [
        *centre("D", ["A", "B"]),
        Pursuit(id="P", account_id="a", name="Pursuit", centre_id="D"),
        Pursuit(id="Q", account_id="a", name="Other", position_ids=("C",)),
        Signal(id="S", account_id="a", text="Rumour", date=DAY, position_ids=("B", "C")),
        Incident(id="I", account_id="a", name="Leak", opened=ago(1), position_ids=("A",)),
        Contract(id="K", account_id="a", name="Frame", signatory_id="B"),
    ]
    for about, weight in {"P": 8, "Q": 2, "S": 5, "I": 5, "K": 8, "C": 2, None: 1, "nothing": 1}.items():
        found = upkeep(graph({p: {"M": 3} for p in weights}, weights, extra=[*extra, action(about_id=about)]))
        item, _ = one(found, "upkeep_overdue")
        assert (item.value, item.weight, item.lateness) == (weight, weight, 1), about


def test_reasons_about_the_same_person_are_one_thing_to_do_the_gravest_first():
    extra = [action(about_id="A"), said("A", 400)]
    found = upkeep(graph({"A": {"M": 3}}, {"A": 4}, last=ago(200), extra=extra))
    assert codes(found) == [("upkeep_overdue", "upkeep_stale", "upkeep_assessment")]
    assert (found.week[0].value, found.week[0].due) == (4, ago(3))


def test_an_incident_that_stays_open():
    def found(days, **options):
        made = Incident(
            **{"id": "I", "account_id": "a", "name": "Leak", "opened": ago(days), "position_ids": ("A",)}
            | {"trust_before": 7, "trust_after": 4}
            | options
        )
        return upkeep(graph({"A": {"M": 3}}, {"A": 4}, extra=[made, *centre("D", ["A"])]))

    assert codes(found(30)) == codes(found(90, closed=ago(1))) == []
    item, told = one(found(60, severity="high"), "upkeep_incident_decider")
    assert (item.value, told.severity.value) == (4 * 0.5, "critical")
    assert (told.params["before"], told.params["after"], told.params["centres"]) == (7, 4, ("Centre D",))
    assert codes(found(60, position_ids=())) == [("upkeep_incident",)]
    assert codes(found(60, closed=ahead(1))) == [("upkeep_incident_decider",)]


def contract(**options):
    return Contract(**{"id": "K", "account_id": "a", "name": "Frame", "signatory_id": "A"} | options)


@pytest.mark.parametrize(
    ("options", "code", "days"),
    [
        ({"notice": ahead(38), "end": ahead(220)}, "upkeep_notice", 38),
        ({"notice": ahead(90)}, "upkeep_notice", 90),
        ({"notice": DAY}, "upkeep_notice", 0),
        ({"notice": ahead(91), "end": ahead(95)}, None, None),
        ({"notice": ago(1), "end": ahead(30)}, "upkeep_contract_end", 30),
        ({"end": ahead(30)}, "upkeep_contract_end", 30),
        ({"notice": ahead(10), "end": ago(1)}, None, None),
        ({"notice": ahead(10), "start": ahead(1)}, None, None),
    ],
)
def test_the_clock_of_a_contract(options, code, days):
    found = upkeep(graph({"A": {"M": 3}}, {"A": 4}, extra=[contract(value=Decimal(100), **options)]))
    assert dict(found.reasons) == ({code: 1} if code else {})
    if code:
        item, told = one(found, code)
        assert (told.params["count"], told.params["amount"], item.weight) == (days, 100, 4)
        assert item.lateness == pytest.approx(1 - days / 90)
        assert item.due == ahead(days)


def test_whoever_keeps_the_clause_on_the_end_minds_the_notice():
    clauses = [
        Clause(id=i, account_id="a", contract_id="K", name=i, kind=kind, owner_id=owner, review_on=review)
        for i, kind, owner, review in (
            ("k1", "price", "M", ahead(10)),
            ("k2", "termination", "N", None),
            ("k3", "service", None, ahead(31)),
        )
    ]
    extra = [
        contract(notice=ahead(60)),
        member("N"),
        Mandate(id="m", account_id="a", member_id="N", role="x"),
    ]
    extra += [Mandate(id="n", account_id="a", member_id="M", role="x")]
    found = upkeep(graph({"A": {"M": 3}}, {"A": 3}, extra=[*extra, *clauses], lead_id="M"))
    assert codes(found) == [("upkeep_notice", "upkeep_clause")]
    assert [f.params["member"] for f in (found.week[0].why, *found.week[0].also)] == ["N", "M"]
    # Nobody but the lead, where no clause says so.
    found = upkeep(graph({"A": {"M": 3}}, {"A": 3}, extra=extra, lead_id="M"))
    assert found.week[0].act == "M"


def test_a_contract_whose_signatory_is_gone_and_a_clause_that_was_waived():
    gone = [seat("V", 3, occupancy="vacant"), contract(signatory_id="V")]
    waived = Clause(id="k", account_id="a", contract_id="K", name="k", status="waived", review_on=ago(1))
    found = upkeep(graph({"A": {"M": 3}}, {"A": 3}, extra=[*gone, waived]))
    assert codes(found) == [("upkeep_signatory",)]
    assert codes(upkeep(graph({"A": {"M": 3}}, {"A": 3}, extra=[contract()]))) == []


# ------------------------------------------------------------------ the list


def test_the_list_has_twelve_things_and_says_how_many_wait():
    people = {f"P{i:02}": {"M": 2} for i in range(15)}
    found = upkeep(graph(people, dict.fromkeys(people, 2), last=ago(200)))
    assert (len(found.week), found.waiting, found.reasons["upkeep_stale"]) == (12, 3, 15)
    assert [i.concerns[0] for i in found.week] == sorted(people)[:12]
    more = upkeep(
        graph(people, dict.fromkeys(people, 2), last=ago(200)), settings=AnalysisSettings(week_items=20)
    )
    assert (len(more.week), more.waiting) == (15, 0)
    assert_it_sums(found)


def test_the_most_valuable_comes_first():
    extra = [tie("M", "A", 2, last=ago(366)), tie("M", "B", 2, last=ago(200))]
    found = upkeep(graph({}, {"A": 1, "B": 5}, extra=[member("M"), *extra]))
    assert [i.concerns for i in found.week] == [("B",), ("A",)]


# ------------------------------------------------------------------ completeness


def test_what_is_filled_in_of_each_area():
    extra = [
        seat("A", 5, function="finance", seniority=1),
        seat("U", None, occupancy="unknown"),
        seat("V", None, occupancy="vacant"),
        *centre("D", ["A", "B"]),
        said("A", 1),
        member("N", capacity=4),
        tie("M", "A", 3, kind="owner"),
        tie("N", "A", 0, kind="backup", last=None),
        tie("N", "B", None, last=None),
        Mandate(id="m", account_id="a", member_id="N", role="x"),
    ]
    found = upkeep(graph({"A": {"M": 3}}, {"A": 5, "B": 2}, extra=extra))
    assert {c.area: (c.filled, c.asked) for c in found.areas} == {
        "holders": (2, 3),
        "weights": (2, 3),
        "functions": (1, 3),
        "levels": (1, 3),
        "units": (0, 3),
        "roles": (1, 1),
        "stances": (1, 2),
        "contact_levels": (2, 3),
        "last_contacts": (1, 2),
        "owners": (1, 2),
        "backups": (0, 1),
        "mandates": (1, 2),
        "capacities": (1, 2),
        "values": (0, 1),
    }
    assert area(found, "weights").missing == ("Seat of U",)
    assert area(found, "backups").missing_ids == ("A",)
    assert found.filled == pytest.approx(14 / 31)
    red = next(f for f in found.findings if f.code == "upkeep_red")
    assert red.params == {"count": 10, "percent": 60}
    assert "units" in red.subjects


@pytest.mark.parametrize(("known", "state"), [(9, "green"), (8, "amber"), (6, "amber"), (5, "red")])
def test_an_area_is_green_amber_or_red(known, state):
    weights = {f"P{i}": 1 if i < known else None for i in range(10)}
    found = upkeep(graph({}, weights))
    assert (area(found, "weights").share, area(found, "weights").state) == (known / 10, state)
    shifted = upkeep(graph({}, weights), settings=AnalysisSettings(green_from=0, amber_from=0))
    assert area(shifted, "weights").state == "green"


# ------------------------------------------------------------------ what must always hold


@given(accounts(), SETTINGS)
def test_figures_are_the_sums_of_their_terms(drawn, settings):
    assert_it_sums(upkeep(drawn.graph(), settings=settings))


@given(accounts(), SETTINGS)
def test_order_of_records_changes_nothing(drawn, settings):
    assert upkeep(drawn.graph(), settings=settings) == upkeep(
        drawn.graph(is_reversed=True), settings=settings
    )


@given(accounts(), st.data())
def test_a_contact_today_leaves_one_thing_less_to_do(drawn, data):
    before = upkeep(drawn.graph())
    if not before.week:
        return
    item = data.draw(st.sampled_from(before.week))
    person = item.id.removeprefix("person:")
    meeting = Interaction(id="i", account_id="a", date=DAY, member_ids=(item.act_id,), person_ids=(person,))
    after = upkeep(account_graph(RecordSet((*drawn.records(), meeting)), "a", DAY))
    still = [i for i in after.week if i.id == item.id]
    assert all(i.act_id != item.act_id for i in still)
    assert after.stale_ties < before.stale_ties


@given(accounts(), SETTINGS)
def test_every_value_is_weight_times_lateness_and_they_fall(drawn, settings):
    found = upkeep(drawn.graph(), settings=settings)
    values = [i.value for i in found.week]
    assert values == [pytest.approx(i.weight * i.lateness) for i in found.week]
    assert [round(v, 9) for v in values] == sorted((round(v, 9) for v in values), reverse=True)
    assert all(0 <= i.lateness <= 1 for i in found.week)
    assert len({i.id for i in found.week}) == len(found.week) <= settings.week_items


@given(accounts())
def test_what_becomes_known_never_makes_the_records_less_complete(drawn):
    known = drawn._replace(
        weights=tuple(w or 3 for w in drawn.weights),
        ties=tuple((m, p, 2 if level is None else level, days or 0) for m, p, level, days in drawn.ties),
    )
    before, after = upkeep(drawn.graph()), upkeep(known.graph())
    for old, new in zip(before.areas, after.areas, strict=True):
        # A stakeholder of known weight may turn out to be key, and so to want a backup.
        if old.area != "backups":
            assert (new.asked, new.filled >= old.filled) == (old.asked, True)


def test_terms_can_be_left_out():
    assert upkeep(graph({"A": {"M": 3}}, {"A": 1}), with_terms=False).terms == ()


@given(accounts())
def test_it_is_plain_json_and_every_finding_has_its_sentences(drawn):
    found = upkeep(drawn.graph())
    assert json.loads(found.model_dump_json())["stale_ties"] == found.stale_ties
    for language in ("en", "fr"):
        assert all(Words(language).finding(f) for f in found.findings)
