"""What the figures could be, and what to ask first."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.analysis.coverage import coverage
from graphkam.analysis.dependency import dependency
from graphkam.analysis.uncertainty import uncertainty
from graphkam.graph.build import account_graph
from graphkam.model.organisation import Account
from graphkam.model.people import Assessment
from graphkam.model.records import RecordSet
from graphkam.model.ties import InfluenceTie
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import (
    BOW_TIE,
    DAY,
    DIAMOND,
    centre,
    empty,
    graph,
    holder,
    member,
    records,
    seat,
    tie,
    unit,
)
from tests.analysis.drawn import HELD, MEMBERS, SETTINGS, UNKNOWN, accounts
from tests.analysis.resumming import assert_it_sums

SHARES = ("c1", "c2", "bow_tie", "max_loss", "hhi")
FEW = AnalysisSettings(draws=1)
"""Where the rankings are not asked for."""


def codes(result):
    return [finding.code for finding in result.findings]


def kinds(result):
    return [(q.kind, q.position_id) for q in result.questions]


def stance(person, value, centre_id=None):
    name = f"{person}-{centre_id}"
    return Assessment(
        id=name,
        account_id="a",
        person_id=f"p{person}",
        centre_id=centre_id,
        attribute="stance",
        value=str(value),
        date=DAY,
    )


def test_where_all_is_known_there_is_no_width_and_nothing_to_ask():
    found = uncertainty(graph(BOW_TIE))
    for name in (*SHARES, "effective_interlocutors"):
        figure = getattr(found, name)
        assert figure.low == pytest.approx(figure.value, abs=1e-12)
        assert figure.high == pytest.approx(figure.value, abs=1e-12)
    assert (found.questions, found.narrowing, dict(found.unknown)) == ((), 0, {})
    assert codes(found) == ["uncertainty_nothing"]


def test_an_empty_account_has_no_figures():
    found = uncertainty(empty())
    for name in (*SHARES, "effective_interlocutors"):
        figure = getattr(found, name)
        assert (figure.value, figure.low, figure.high) == (None, None, None)
    assert (found.stances, found.questions, found.rankings) == ((), (), ())


def test_nobody_of_us():
    found = uncertainty(graph({}, {"A": 3, "B": None}))
    assert (found.c1.low, found.c1.high, found.max_loss.low) == (0, 0, None)
    assert found.questions == ()
    assert codes(found) == ["uncertainty_idle"]


def test_the_headlines_are_those_of_the_other_analyses():
    shown = graph(DIAMOND)
    found, covers, depends = uncertainty(shown), coverage(shown), dependency(shown)
    assert (found.c1.value, found.c2.value) == (covers.c1.value, covers.c2.value)
    assert (found.bow_tie.value, found.max_loss.value) == (depends.bow_tie.value, depends.max_loss)
    assert found.hhi.value == depends.hhi
    assert found.effective_interlocutors.value == pytest.approx(depends.effective_interlocutors)


def test_an_unknown_weight_by_hand():
    """A weighs 1 and is covered twice; B, not covered, 1 to 5: C2 is 1/6 to 1/2, and 1/3 wide.

    Whatever the answer, nothing is left of the width.
    """
    found = uncertainty(graph({"A": {"M": 3, "N": 3}}, {"A": 1, "B": None}), settings=FEW)
    assert (found.c2.low, found.c2.high) == (pytest.approx(1 / 6), pytest.approx(1 / 2))
    [question] = found.questions
    assert (question.kind, question.figure, question.position_id) == ("weight", "c2", "B")
    assert (question.expected, question.at_least) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert codes(found) == ["uncertainty_ask_weight", "uncertainty_span"]


def test_a_last_contact_by_hand():
    """Level 2, nobody knows when: C2 is 0 or 1/2, and whatever the answer it is certain then."""
    doubtful = tie("N", "A", 2, last=None)
    found = uncertainty(graph({"A": {"M": 3}}, {"A": 1, "B": 1}, extra=[member("N"), doubtful]), settings=FEW)
    assert (found.c2.low, found.c2.high) == (0, 0.5)
    [question] = found.questions
    assert (question.kind, question.ask, question.expected) == ("contact", "N", pytest.approx(0.5))
    assert question.says.params["name"] == "A"


@pytest.mark.parametrize(
    ("level", "last", "kind", "chance"),
    [(None, DAY, "level", 1 / 2), (None, DAY - timedelta(200), "level", 1 / 4), (None, None, "tie", 1 / 4)],
)
def test_what_is_asked_of_a_tie_is_what_is_not_known(level, last, kind, chance):
    """Levels 0 to 3 are equally likely; where it matters, so are a contact today and one long ago."""
    extra = [member("N"), tie("N", "A", level, last=last)]
    found = uncertainty(graph({"A": {"M": 3}}, {"A": 1, "B": 3}, extra=extra), settings=FEW)
    [question] = found.questions
    assert (question.kind, question.figure) == (kind, "c2")
    answers = [t for t in found.terms if t.figure == f"questions[{question.id}].expected"]
    assert len(answers) == (4 if kind == "level" else 6)
    assert question.expected == pytest.approx(found.c2.high - found.c2.low) == pytest.approx(0.25)
    surely_live = sum(int(t.name.split("/")[0]) >= 2 and t.name.endswith("/0") for t in answers)
    assert kind != "tie" or surely_live * 1 / 8 == chance


def test_a_level_that_can_make_no_tie_live_is_not_asked_for():
    extra = [member("N"), tie("N", "A", None, last=DAY - timedelta(400)), tie("M", "B", 1, last=None)]
    found = uncertainty(graph({"A": {"M": 3}}, {"A": 1, "B": 3}, extra=extra), settings=FEW)
    assert dict(found.unknown) == {"contact": 1, "level": 1}
    assert (found.questions, found.c2.high) == ((), 0)
    assert codes(found) == ["uncertainty_idle"]


def test_anybody_may_know_whom_nobody_can_name():
    extra = [seat("U", 2, occupancy="unknown"), *holder("L", status="left"), seat("L", 4)]
    found = uncertainty(graph({"A": {"M": 3, "N": 3}}, {"A": 2}, extra=extra), settings=FEW)
    assert (found.c2.low, found.c2.value, found.c2.high) == (0.25, 0.25, 1)
    assert kinds(found) == [("holder", "L"), ("holder", "U")]
    assert coverage(graph({"A": {"M": 3, "N": 3}}, {"A": 2}, extra=extra)).c2.high == 0.25
    first = found.questions[0]
    # Nobody or one: the high end falls by 4/8; two: the low end rises by 4/8.
    assert (first.expected, first.at_least) == (pytest.approx(0.5), pytest.approx(0.5))


def test_a_question_goes_to_the_owner_then_to_the_nearest_then_to_the_lead():
    extra = [
        unit("R"),
        unit("S", "R"),
        seat("A", None, unit_id="R"),
        seat("B", None, unit_id="S"),
        seat("C", None),
        member("Lead"),
        tie("Own", "A", 1, kind="owner"),
        member("Own"),
    ]
    known = {"A": {"Close": 3}}
    found = uncertainty(
        graph(known, {"A": None, "B": None, "C": None}, extra=extra, lead_id="Lead"), settings=FEW
    )
    assert {q.position_id: q.ask for q in found.questions} == {"A": "Own", "B": "Close", "C": "Close"}
    # The lead is in charge where he or she is of the team: a contact, or a mandate.
    extra.append(tie("Lead", "A", 0))
    found = uncertainty(
        graph(known, {"A": None, "B": None, "C": None}, extra=extra, lead_id="Lead"), settings=FEW
    )
    assert {q.position_id: q.ask for q in found.questions}["C"] == "Lead"


def test_a_stance_counts_by_its_votes_in_each_centre():
    """A 3 votes, not known; B 2 votes at +1; C 1 vote at -2: (2 - 2) / 3 = 0, within (0 -+ 6) / 6."""
    chairs = centre("D", ["A"], votes=3)
    others = [
        made.model_copy(update={"votes": votes})
        for name, votes in (("B", 2), ("C", 1))
        for made in centre("D", [name])[1:]
    ]
    extra = [*chairs, *others, *centre("E", ["A", "B"]), stance("B", 1), stance("C", -2)]
    found = uncertainty(graph({"A": {"M": 3}}, {"A": 5, "B": 1, "C": 1}, extra=extra), settings=FEW)
    rows = {s.id: (s.value, s.low, s.high, s.votes, s.unknown_votes) for s in found.stances}
    assert rows == {"D": (0, -1, 1, 6, 3), "E": (1, -0.5, 1.5, 2, 1)}
    [question] = found.questions
    assert (question.kind, question.figure, question.expected) == ("stance", "stance", 0.5)
    assert question.centres == ("Centre D", "Centre E")
    assert codes(found).count("uncertainty_open_centre") == 2


def test_a_stance_said_for_the_centre_wins_and_a_vacant_seat_has_no_vote():
    extra = [
        *centre("D", ["A", "V"]),
        seat("V", 3, occupancy="vacant"),
        stance("A", -1),
        stance("A", 2, "D"),
    ]
    found = uncertainty(graph({"A": {"M": 3}}, {"A": 5}, extra=extra), settings=FEW)
    [row] = found.stances
    assert (row.value, row.low, row.high, row.votes) == (2, 2, 2, 1)


def test_a_centre_of_people_whom_we_cannot_name_may_think_anything():
    extra = [*centre("D", ["U"]), seat("U", 3, occupancy="unknown")]
    found = uncertainty(graph({"A": {"M": 3}}, {"A": 5}, extra=extra), settings=FEW)
    [row] = found.stances
    assert (row.value, row.low, row.high, row.unknown) == (None, -2, 2, ("Seat of U",))
    assert kinds(found) == [("holder", "U")]


def test_the_first_of_a_team_of_equals_does_not_stay_first():
    weights = {"A": 3, "B": 2, "C": 2}
    ties = {"A": {"M": 3}, "B": {"N": 3}, "C": {"O": 3}}
    found = uncertainty(graph(ties, weights))
    alone = next(r for r in found.rankings if r.ranking == "sole")
    assert (alone.first, alone.ties, alone.draws) == ("M", 3, 200)
    assert alone.first_kept == pytest.approx(2 / 3, abs=0.1)
    assert alone.first_kept_low < 2 / 3 < alone.first_kept_high
    assert "uncertainty_rank_sole" in codes(found)
    assert "uncertainty_rank_sole" not in codes(
        uncertainty(graph(ties, weights), settings=AnalysisSettings(stable_from=0.1))
    )
    whole = uncertainty(graph(ties, weights), settings=AnalysisSettings(missing_ties=0, draws=3))
    assert {(r.first_kept, r.agreement) for r in whole.rankings} == {(1, 1)}


def test_influence_is_ranked_by_what_is_given_conflicts_apart():
    lines = [("A", "B", "advice", 5), ("C", "A", "advice", None), ("B", "A", "conflict", 5)]
    extra = [
        InfluenceTie(id=f"{a}{b}", account_id="a", from_id=f"p{a}", to_id=f"p{b}", kind=kind, weight=weight)
        for a, b, kind, weight in lines
    ]
    settings = AnalysisSettings(missing_ties=0.5, draws=1)
    found = uncertainty(graph({"A": {"M": 3}}, {"A": 5, "B": 1, "C": 1}, extra=extra), settings=settings)
    row = next(r for r in found.rankings if r.ranking == "influence")
    assert (row.first, row.ties) == ("A", 2)


@pytest.mark.data
def test_sixteen_people_of_a_real_account_whose_weights_nobody_has_said(needs_data):
    """sun.com of the mail log: C1 0.1875 in [0.044118, 0.535714] (design: analyses.md)."""
    from datetime import date

    from graphkam.exchange.mail import read_mail

    day = date(2001, 6, 30)
    path = needs_data("w3c-mail/interactions.csv.gz")
    log = read_mail(path, team_domains=["w3.org"], known=RecordSet(), as_of=day)
    found = uncertainty(account_graph(log.records, "sun.com", day))
    assert (found.c1.value, found.c1.is_exact) == (0.1875, True)
    assert (found.c1.low, found.c1.high) == (
        pytest.approx(0.044118, abs=5e-7),
        pytest.approx(0.535714, abs=5e-7),
    )
    assert (dict(found.unknown), found.narrowing) == ({"weight": 16}, 16)
    assert_it_sums(found)


# ------------------------------------------------------------------ what must always hold


STANCES = st.lists(st.sampled_from([None, -2, 0, 1]), min_size=3, max_size=3)


def opened(drawn, stances):
    """Make the graph of an account drawn, with stances of the three who sit in its centre."""
    said = [
        stance(f"S{i}", value)
        for i, value in enumerate(stances[: len(drawn.occupancy)])
        if value is not None and drawn.occupancy[i] == HELD
    ]
    return account_graph(RecordSet((*drawn.records(), *said)), "a", DAY)


def team(drawn):
    """Give those of us who are on the account: they have a tie."""
    return sorted({m for m, p, _, _ in drawn.ties if drawn.occupancy[p] == HELD})


def completed(drawn, stances, data):
    """Draw a truth: every unknown has a value, whoever nobody could name is known to some of us."""
    days = st.sampled_from([0, 50, 150, 250, 900])
    ties = [
        (
            m,
            p,
            data.draw(st.integers(0, 3)) if level is None else level,
            data.draw(days) if ago is None else ago,
        )
        for m, p, level, ago in drawn.ties
        if drawn.occupancy[p] != UNKNOWN
    ]
    found = [p for p, occupancy in enumerate(drawn.occupancy) if occupancy == UNKNOWN]
    ties += [
        (m, p, data.draw(st.integers(0, 3)), data.draw(days))
        for p in found
        for m in team(drawn)
        if data.draw(st.booleans())
    ]
    weights = tuple(w or data.draw(st.integers(1, 5)) for w in drawn.weights)
    known = [data.draw(st.integers(-2, 2)) if s is None else s for s in stances]
    occupancy = tuple(HELD if o == UNKNOWN else o for o in drawn.occupancy)
    return opened(drawn._replace(weights=weights, occupancy=occupancy, ties=tuple(ties)), known)


@given(accounts(), STANCES, SETTINGS, st.data())
def test_the_truth_lands_inside_every_interval(drawn, stances, settings, data):
    few = settings.model_copy(update={"draws": 1})
    before = uncertainty(opened(drawn, stances), settings=few)
    after = uncertainty(completed(drawn, stances, data), settings=few)
    for name in (*SHARES, "effective_interlocutors"):
        found, truth = getattr(before, name), getattr(after, name).value
        if truth is not None:
            assert found.low - 1e-9 <= truth <= found.high + 1e-9, name
    for row, truth in zip(before.stances, after.stances, strict=True):
        assert row.value is None or row.low - 1e-9 <= row.value <= row.high + 1e-9
        if truth.value is not None:
            assert row.low - 1e-9 <= truth.value <= row.high + 1e-9


@given(accounts(), STANCES, SETTINGS)
def test_intervals_hold_those_of_coverage_and_equal_them_where_every_holder_is_known(
    drawn, stances, settings
):
    shown = opened(drawn, stances)
    found, covers = (
        uncertainty(shown, settings=settings, with_terms=False),
        coverage(shown, settings=settings),
    )
    for name in ("c1", "c2"):
        here, there = getattr(found, name), getattr(covers, name)
        assert here.value == there.value
        if here.low is not None:
            assert (here.low, here.high) == (there.low, there.high) or UNKNOWN in drawn.occupancy
            assert here.low == there.low
            assert here.high >= there.high


def width(figure):
    return figure.high - figure.low


def answered(drawn, question, label):
    """Put an answer into the tables: a weight, a level and an age, or so many live ties."""
    place = int(question.position_id[1:])
    if question.kind == "weight":
        weights = list(drawn.weights)
        weights[place] = int(float(label))
        return drawn._replace(weights=tuple(weights))
    if question.kind == "holder":
        occupancy = list(drawn.occupancy)
        occupancy[place] = HELD
        others = tuple(t for t in drawn.ties if t[1] != place)
        found = tuple((m, place, 3, 0) for m in team(drawn)[: int(label)])
        return drawn._replace(occupancy=tuple(occupancy), ties=(*others, *found))
    level, days = map(int, label.split("/"))
    m = MEMBERS.index(question.ask)
    ties = tuple((a, p, level, days) if (a, p) == (m, place) else (a, p, x, y) for a, p, x, y in drawn.ties)
    return drawn._replace(ties=ties)


@given(accounts(), SETTINGS)
def test_what_a_question_narrows_is_worked_out_anew(drawn, settings):
    """Twin: put each answer into the records, ask again, and compare the widths."""
    few = settings.model_copy(update={"draws": 1})
    before = uncertainty(drawn.graph(), settings=few)
    for question in [q for q in before.questions if q.figure != "stance"][:2]:
        terms = [t for t in before.terms if t.figure == f"questions[{question.id}].expected"]
        narrowed = []
        for term in terms:
            after = uncertainty(answered(drawn, question, term.name).graph(), settings=few, with_terms=False)
            narrowed.append(width(getattr(before, question.figure)) - width(getattr(after, question.figure)))
        assert min(narrowed) == pytest.approx(question.at_least, abs=1e-9)
        for term, value in zip(terms, narrowed, strict=True):
            # The likelihoods: 1 over the answers, of a tie 1 over the levels and over the days of each.
            levels = [t.name.split("/")[0] for t in terms]
            chance = 1 / len(set(levels)) / levels.count(term.name.split("/")[0])
            assert term.value == pytest.approx(value * chance, abs=1e-9)


@given(accounts(), STANCES, SETTINGS, st.data())
def test_asking_the_first_question_never_widens(drawn, stances, settings, data):
    few = settings.model_copy(update={"draws": 1})
    before = uncertainty(opened(drawn, stances), settings=few)
    if not before.questions:
        return
    first = before.questions[0]
    if first.kind == "stance":
        stances = list(stances)
        stances[int(first.position_id[1:])] = data.draw(st.integers(-2, 2))
        after = uncertainty(opened(drawn, stances), settings=few)
    else:
        labels = [t.name for t in before.terms if t.figure == f"questions[{first.id}].expected"]
        changed = answered(drawn, first, data.draw(st.sampled_from(labels)))
        after = uncertainty(opened(changed, stances), settings=few)
    for name in SHARES:
        old, new = getattr(before, name), getattr(after, name)
        if new.low is not None:
            assert old.low - 1e-9 <= new.low
            assert new.high <= old.high + 1e-9
    for old, new in zip(before.stances, after.stances, strict=True):
        if new.low is not None:
            assert width(new) <= width(old) + 1e-9
    expected = {"stance": lambda r: r.stances[0]}.get(first.figure, lambda r: getattr(r, first.figure))
    scale = 4 if first.figure == "stance" else 1
    assert (width(expected(before)) - width(expected(after))) / scale >= first.at_least - 1e-9


@given(accounts(), STANCES, SETTINGS)
def test_figures_are_the_sums_of_their_terms(drawn, stances, settings):
    assert_it_sums(uncertainty(opened(drawn, stances), settings=settings.model_copy(update={"draws": 1})))


@given(accounts(), SETTINGS)
def test_order_of_records_changes_nothing(drawn, settings):
    few = settings.model_copy(update={"draws": 2})
    assert uncertainty(drawn.graph(), settings=few) == uncertainty(
        drawn.graph(is_reversed=True), settings=few
    )


@given(accounts(), SETTINGS)
def test_questions_come_by_what_they_narrow(drawn, settings):
    found = uncertainty(drawn.graph(), settings=settings.model_copy(update={"draws": 1}))
    headline = [round(q.expected, 9) for q in found.questions if q.figure != "c1"]
    assert headline == sorted(headline, reverse=True)
    assert [q.figure == "c1" for q in found.questions] == sorted(q.figure == "c1" for q in found.questions)
    assert all(0 < q.expected <= 1 and 0 <= q.at_least <= q.expected for q in found.questions)


def test_lists_are_bounded_and_counts_exact():
    found = uncertainty(graph({"A": {"M": 3}}, dict.fromkeys("ABCDEF")), settings=AnalysisSettings(top=2))
    assert (len(found.questions), found.narrowing) == (2, 6)
    assert_it_sums(found)


def test_terms_can_be_left_out():
    found = uncertainty(graph({"A": {"M": 3}}, {"A": None}), with_terms=False)
    assert (found.explained, found.terms) == ((), ())


@given(accounts(), STANCES)
def test_it_is_plain_json_and_every_finding_has_its_sentences(drawn, stances):
    found = uncertainty(opened(drawn, stances), settings=FEW)
    assert json.loads(found.model_dump_json())["narrowing"] == found.narrowing
    for language in ("en", "fr"):
        assert all(Words(language).finding(f) for f in found.findings)
        assert all(Words(language).finding(q.says) for q in found.questions)


def test_calling_people_otherwise_changes_no_figure():
    made = records({"A": {"M": 3}, "B": {"N": None}}, {"A": None, "B": 2, "C": None})
    other = RecordSet(
        r.model_copy(update={"last_name": f"Z{r.last_name}"[::-1]}) if hasattr(r, "last_name") else r
        for r in made
    )
    one, two = (uncertainty(account_graph(r, "a", DAY), settings=FEW) for r in (made, other))
    for name in (*SHARES, "unknown", "narrowing"):
        assert getattr(one, name) == getattr(two, name)
    assert {(q.id, q.expected) for q in one.questions} == {(q.id, q.expected) for q in two.questions}
    assert made.get(Account, "a") == other.get(Account, "a")
