"""What an account earns, whether its team pays for itself, and what is at stake."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from graphkam.analysis.profitability import profitability
from graphkam.graph.books import months_between
from graphkam.model.business import Contract, PnlLine
from graphkam.model.ties import Mandate
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import centre, graph, member
from tests.analysis.resumming import assert_it_sums

YEAR = tuple(months_between("2025-11", "2026-10"))
BEFORE = tuple(months_between("2024-11", "2025-10"))
USUAL = {"revenue": 100, "cogs": -60, "service_cost": -10, "team_cost": -5}


def book(period, line, amount, **options):
    name = f"{period}-{line}-{options.get('scenario', '')}-{options.get('unit_id', '')}"
    made = {"id": name, "account_id": "a", "period": period, "line": line, "amount": Decimal(str(amount))}
    return PnlLine(**{**made, **options})


def books(months, amounts=None, **others):
    """Make the lines of some months, all alike."""
    return [
        book(m, line, a)
        for m in months
        for line, a in {**(USUAL if amounts is None else amounts), **others}.items()
    ]


def mandate(who, days, *, since="2020-01", until=None, asked=None):
    return Mandate(
        id=f"{who}-{since}",
        account_id="a",
        member_id=who,
        role="expert",
        days=days,
        days_asked=asked,
        since=since,
        until=until,
    )


def answer(*extra, settings=None, ties=None, weights=None, **options):
    made = graph(ties or {}, weights or {}, extra=extra, **options)
    return profitability(made, settings=settings)


def codes(found):
    return [f.code for f in found.findings]


def one(found, code):
    [told] = [f for f in found.findings if f.code == code]
    return told.params


def test_the_last_twelve_months_by_hand():
    """12 x (100 - 60 - 10 - 5), a rebate of 24 and 36 others: 312 of 1,176."""
    found = answer(*books(YEAR), book("2025-12", "rebate", -24), book("2026-03", "other", 36))
    year = found.last_year
    assert (year.first, year.last, year.months) == ("2025-11", "2026-10", 12)
    assert (year.revenue, year.rebates, year.cogs, year.gross_margin) == (1200, -24, -720, 456)
    assert (year.service_cost, year.other, year.contribution) == (-120, 36, 372)
    assert (year.team_cost, year.net) == (-60, 312)
    assert year.net_share == pytest.approx(312 / 1176)
    assert_it_sums(found)


def test_years_and_months_go_as_far_as_the_books():
    found = answer(*books(months_between("2024-11", "2026-10")))
    assert [(y.first, y.last, y.revenue) for y in found.years] == [
        ("2026-01", "2026-10", 1000),
        ("2025-01", "2025-12", 1200),
        ("2024-11", "2024-12", 200),
    ]
    assert found.year_before.first == "2024-11"
    assert (found.months[0].first, found.months[0].net) == ("2026-10", 25)
    assert len(found.months) == 20
    assert answer(*books(YEAR)).year_before is None


def test_without_books_nothing_is_said():
    found = answer()
    assert (found.last_year.net, found.last_year.team_cost, found.years, found.months) == (None, None, (), ())
    assert codes(found) == ["profitability_no_books"]


def test_only_what_was_counts_and_only_months_that_have_ended():
    plans = [book("2026-09", "revenue", 999, scenario=s) for s in ("budget", "forecast")]
    found = answer(
        *books(YEAR), *plans, *books(["2026-11", "2026-12"]), book("2026-10", "other", 1, scenario="actual")
    )
    assert (found.last_year.revenue, found.last_year.last, found.last_year.other) == (1200, "2026-10", 1)


def test_lines_of_units_are_added():
    found = answer(*books(YEAR), book("2026-10", "revenue", 7, unit_id="U"))
    assert found.last_year.revenue == 1207


# ------------------------------------------------------------------ what is not known


@pytest.mark.parametrize("line", ["revenue", "cogs", "service_cost", "team_cost"])
def test_a_month_without_a_line_that_comes_every_month_is_not_a_month_of_zero(line):
    lines = [x for x in books(YEAR) if not (x.line == line and x.period == "2026-02")]
    found = answer(*lines)
    year = found.last_year
    assert (year.net, year.missing) == (None, (line,))
    assert (year.contribution is None) == (line != "team_cost")
    assert one(found, "profitability_gaps") == {"count": 1, "first": "2026-02", "last": "2026-02"}
    assert_it_sums(found)


def test_a_month_without_any_line_in_between_is_a_gap():
    found = answer(*books(m for m in YEAR if m != "2026-02"))
    assert (found.last_year.net, found.last_year.months) == (None, 12)


def test_without_cost_of_goods_there_is_no_margin():
    found = answer(*books(YEAR, {"revenue": 100}))
    assert (found.last_year.revenue, found.last_year.gross_margin, found.last_year.net) == (1200, None, None)


def test_an_after_sales_cost_that_was_never_booked_is_told():
    found = answer(*books(YEAR, {"revenue": 100, "cogs": -60, "team_cost": -5}))
    assert (found.last_year.contribution, found.last_year.service_cost, found.not_kept) == (
        480,
        None,
        ("service_cost",),
    )
    assert "profitability_no_service" in codes(found)


def test_amounts_in_two_currencies_are_never_added():
    found = answer(*books(YEAR), book("2026-02", "revenue", 50, currency="USD", unit_id="U"))
    assert (found.last_year.revenue, found.last_year.cogs, found.last_year.net) == (None, -720, None)
    assert one(found, "profitability_currency") == {"count": 1, "currencies": ("USD",), "currency": "EUR"}
    assert "profitability_gaps" not in codes(found)
    same = answer(*(line.model_copy(update={"currency": "USD"}) for line in books(YEAR)), currency="USD")
    assert (same.last_year.net, same.currency) == (300, "USD")


def test_books_that_end_early_and_costs_with_the_wrong_sign_are_told():
    found = answer(*books(months_between("2025-01", "2026-06")), book("2026-05", "cogs", 60, unit_id="U"))
    assert one(found, "profitability_late") == {"count": 4, "last": "2026-06"}
    assert one(found, "profitability_sign") == {"count": 1}
    assert "profitability_late" not in codes(answer(*books(months_between("2025-01", "2026-08"))))


# ------------------------------------------------------------------ the team


def test_the_team_by_its_mandates_for_the_part_of_each_month_in_which_they_are_valid():
    """M: 2 days x 100 for twelve months. N: 1 day x 310 from 16 August to September: 16 of 31 days, and 1."""
    team = [member("M", day_cost=100), member("N", day_cost=310)]
    mandates = [mandate("M", 2), mandate("N", 1, since="2026-08-16", until="2026-09")]
    found = answer(*books(YEAR, {"revenue": 100, "cogs": -60, "service_cost": -10}), *team, *mandates)
    assert found.team_basis == "worked"
    assert found.last_year.team_worked == pytest.approx(-(2400 + 160 + 310))
    assert found.last_year.net == pytest.approx(360 - 2870)
    assert one(found, "profitability_loss") == {"amount": 2510, "currency": "EUR", "count": 12}
    assert_it_sums(found)


def test_who_has_left_us_costs_nothing_from_then_on():
    found = answer(
        *books(YEAR, {"revenue": 1, "cogs": 0}), member("M", day_cost=100, until="2025-12"), mandate("M", 1)
    )
    assert found.last_year.team_worked == -200


def test_the_booked_cost_counts_and_the_worked_one_is_never_added_to_it():
    found = answer(*books(YEAR), member("M", day_cost=10), mandate("M", 1, asked=3))
    year = found.last_year
    assert (found.team_basis, year.team_booked, year.team_worked, year.team_cost) == (
        "booked",
        -60,
        -120,
        -60,
    )
    assert year.net == 300
    assert one(found, "profitability_team_gap") == {
        "booked": 60,
        "worked": 120,
        "currency": "EUR",
        "percent": 50,
    }
    assert one(found, "profitability_team_short") == {"count": 1, "asked": 3, "agreed": 1, "names": ("M",)}
    near = answer(*books(YEAR), member("M", day_cost=5), mandate("M", 1))
    assert "profitability_team_gap" not in codes(near)


@pytest.mark.parametrize(("days", "cost"), [(None, 100), (2, None)])
def test_a_mandate_of_which_days_or_cost_are_not_known_is_not_free(days, cost):
    found = answer(
        *books(YEAR, {"revenue": 9, "cogs": -1}), member("M", day_cost=cost), mandate("M", days, asked=4)
    )
    assert (found.last_year.team_worked, found.last_year.net) == (None, None)
    assert one(found, "profitability_team_unknown")["names"] == ("M",)
    assert "profitability_team_short" not in codes(found) or days is not None


def test_no_days_cost_nothing_whatever_a_day_costs():
    found = answer(*books(YEAR, {"revenue": 9, "cogs": -1}), member("M"), mandate("M", 0))
    assert found.last_year.team_worked == 0


def test_without_team_there_is_no_net():
    assert answer(*books(YEAR, {"revenue": 9, "cogs": -1})).last_year.net is None


def test_the_mandates_of_the_day_are_shown_the_dearest_first():
    team = [member("M", day_cost=10), member("N", day_cost=20), member("O", day_cost=90)]
    found = answer(*team, mandate("M", 1), mandate("N", 1), mandate("O", 1, until="2026-10"))
    assert [(t.member, t.month_cost) for t in found.team] == [("N", 20), ("M", 10)]


# ------------------------------------------------------------------ with and without


def test_what_a_team_has_brought_against_the_months_before():
    """30 a month before, 50 since, ten months: 200 gained for 50 of cost."""
    before = books(months_between("2025-01", "2025-12"), {"revenue": 80, "cogs": -50})
    since = books(months_between("2026-01", "2026-10"), {"revenue": 120, "cogs": -70, "team_cost": -5})
    found = answer(*before, *since, member("M"), mandate("M", 1, since="2026-01"))
    t = found.treatment
    assert (t.basis, t.since, t.months_before, t.months_since) == ("before", "2026-01", 12, 10)
    assert (t.month_before, t.month_since, t.gained) == (30, 50, 200)
    assert (t.team_cost, t.net_gain) == (-50, 150)
    assert one(found, "profitability_gained")["net"] == 150


def test_growth_that_it_would_have_had_anyway_is_not_the_teams():
    """Growing by a half a year, 30 a month would have been 45 after twelve months."""
    before = books(months_between("2025-01", "2025-12"), {"revenue": 80, "cogs": -50})
    since = books(months_between("2026-01", "2026-10"), {"revenue": 90, "cogs": -50, "team_cost": -5})
    team = [member("M"), mandate("M", 1, since="2026-01")]
    settings = AnalysisSettings(growth_without=0.5)
    assert answer(*before, *since, *team).treatment.gained == 100
    found = answer(*before, *since, *team, settings=settings)
    wanted = 400 - 30 * sum(1.5 ** (n / 12) for n in range(1, 11))
    assert found.treatment.gained == pytest.approx(wanted)
    assert one(found, "profitability_not_gained")["net"] == round(50 - wanted)


def test_only_the_twelve_months_before_are_compared_with():
    long_ago = books(months_between("2023-01", "2023-12"), {"revenue": 999, "cogs": -1})
    before = books(months_between("2024-01", "2025-12"), {"revenue": 80, "cogs": -50})
    since = books(months_between("2026-01", "2026-10"), {"revenue": 80, "cogs": -50})
    found = answer(*long_ago, *before, *since, member("M"), mandate("M", 1, since="2026-01"))
    assert (found.treatment.months_before, found.treatment.gained) == (12, 0)


def test_where_the_books_begin_with_the_team_there_is_only_what_it_must_bring():
    """A team of 60 a year at 30 % of contribution must bring 200 of the 1,200."""
    found = answer(*books(YEAR), member("M"), mandate("M", 1))
    t = found.treatment
    assert (t.basis, t.gained, t.net_gain) == ("break_even", None, None)
    assert (t.break_even_sales, t.break_even_share) == (pytest.approx(200), pytest.approx(1 / 6))
    assert one(found, "profitability_break_even") == {"sales": 200, "percent": 16.7, "currency": "EUR"}
    assert one(found, "profitability_no_before") == {"since": "2020-01", "first": "2025-11"}


def test_an_account_that_brings_nothing_cannot_pay_for_a_team():
    t = answer(*books(YEAR, {"revenue": 10, "cogs": -10, "team_cost": -1})).treatment
    assert (t.basis, t.break_even_sales) == (None, None)


def test_a_mandate_without_a_date_leaves_open_since_when():
    found = answer(
        *books(YEAR), member("M"), member("N"), mandate("M", 1, since="2026-01"), mandate("N", 1, since=None)
    )
    assert (found.treatment.since, found.treatment.gained) == (None, None)


# ------------------------------------------------------------------ margin and stakes


@pytest.mark.parametrize(
    ("cogs", "code"), [(-62, "profitability_margin_fell"), (-58, "profitability_margin_rose")]
)
def test_a_margin_that_changes_within_a_year_is_told(cogs, code):
    found = answer(*books(BEFORE), *books(YEAR, cogs=cogs))
    assert one(found, code) == {"before": 25, "after": 85 + cogs}
    few = AnalysisSettings(margin_drop=0.05)
    assert code not in codes(answer(*books(BEFORE), *books(YEAR, cogs=cogs), settings=few))


def test_what_is_at_stake_is_counted_once_and_what_is_not_known_is_not_zero():
    """Centre y (500) holds the contract of its decider (300); z is reached by one, x by nobody."""
    extra = [
        *centre("y", ["A"], value=500),
        *centre("z", ["B"]),
        *centre("x", ["C"], value=70),
        Contract(
            id="k", account_id="a", name="Frame", value=Decimal(300), signatory_id="A", start=date(2026, 1, 1)
        ),
    ]
    ties = {"A": {"M": 3, "N": 3}, "B": {"M": 3}, "C": {}}
    found = answer(*extra, ties=ties, weights={"A": 1, "B": 1, "C": 1})
    assert (found.at_stake.amount, found.at_stake.unknown) == (570, 1)
    assert (found.alone.amount, found.alone.unknown) == (0, 1)
    assert (found.dark.amount, found.dark.unknown) == (70, 0)
    assert "profitability_alone" not in codes(found)


@examples(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from(YEAR), st.sampled_from(sorted(USUAL)), st.integers(-99, 99)), max_size=30
    )
)
def test_figures_are_the_sums_of_their_terms_and_a_gap_never_gives_a_figure(rows):
    lines = [book(m, line, a, id=f"{i}") for i, (m, line, a) in enumerate(rows)]
    found, again = answer(*lines), answer(*reversed(lines))
    assert_it_sums(found)
    assert found == again
    for s in (found.last_year, *found.months):
        for line, value in (("revenue", s.revenue), ("cogs", s.cogs)):
            assert (value is None) == (line in s.missing or s.months == 0)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_months_in_sentences_are_read_as_months(language):
    found = answer(*books(YEAR), member("M"), mandate("M", 1))
    [told] = [f for f in found.findings if f.code == "profitability_no_before"]
    assert "2025-11" not in Words(language).finding(told)
