"""Two people made one: nothing of what was known of either is lost unheard."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.model.business import Interaction, Signal
from graphkam.model.integrity import check
from graphkam.model.joining import joined
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate

A = {"account_id": "acme"}
D = date.fromisoformat
ACME = Account(id="acme", name="Acme", lead_id="av")
PLANT = OrgUnit(id="p", **A, name="Plant", kind="site")
HEAD = Position(id="h", **A, title="Head", unit_id="p")
DEPUTY = Position(id="d", **A, title="Deputy", unit_id="p")
JEROME = Person(
    id="js",
    **A,
    last_name="Sabatier",
    first_name="Jérôme",
    email="js@x.example",
    note="met in May",
    version=3,
)
SHORT = Person(
    id="j2", **A, last_name="Sabatier", first_name="J.", email="j2@x.example", phone="1", note="likes pumps",
    restricted=True, version=2,
)  # fmt: skip
OTHER = Person(id="zr", **A, last_name="Rey", first_name="Zoé")
ANNE = TeamMember(id="av", last_name="Vasseur", first_name="Anne")
PAUL = TeamMember(id="pn", last_name="Noir", first_name="Paul")
PEOPLE = (ACME, PLANT, HEAD, DEPUTY, JEROME, SHORT, OTHER, ANNE, PAUL)


def tie(member="av", person="js", **fields):
    said = {"kind": "contact", **fields}
    return ContactTie(id=f"{member}~{person}", **A, member_id=member, person_id=person, **said)


def one(*records):
    return joined(RecordSet([*PEOPLE, *records]), JEROME, SHORT)


def test_the_first_stays_filled_in_from_the_other():
    found = one()
    assert found.records.get(Person, "j2") is None
    assert found.records.get(Person, "js") == JEROME.model_copy(
        update={
            "phone": "1", "note": "met in May\nlikes pumps", "restricted": True,
            "other_emails": ("j2@x.example",), "origin": "merge",
        }
    )  # fmt: skip


def test_what_both_say_otherwise_is_dropped_and_told():
    records = RecordSet([*PEOPLE, SHORT.model_copy(update={"language": "en"})])
    jerome = JEROME.model_copy(update={"language": "fr"})
    found = joined(records, jerome, records.get(Person, "j2"))
    assert [(d.record.id, d.field, d.value) for d in found.dropped] == [("js", "language", "en")]
    assert found.records.get(Person, "js").language == "fr"


def test_everything_that_spoke_of_the_other_speaks_of_the_first():
    found = one(
        Holding(id="x", **A, person_id="j2", position_id="d"),
        tie(person="j2", version=5),
        InfluenceTie(id="l", **A, from_id="j2", to_id="zr", kind="advice"),
        Assessment(id="s", **A, person_id="j2", attribute="stance", value="1", date=D("2026-05-01")),
        Interaction(id="m", **A, date=D("2026-05-01"), member_ids=("av",), person_ids=("zr", "j2", "js")),
    ).records
    assert found.of(Holding)[0].person_id == "js"
    assert (found.of(ContactTie)[0].person_id, found.of(ContactTie)[0].version) == ("js", 5)
    assert found.of(InfluenceTie)[0].from_id == "js"
    assert found.of(Assessment)[0].person_id == "js"
    assert found.of(Interaction)[0].person_ids == ("zr", "js")
    assert [v for v in check(found) if v.severity == "error"] == []


def test_a_tie_between_the_two_is_gone():
    assert (
        one(InfluenceTie(id="l", **A, from_id="j2", to_id="js", kind="advice")).records.of(InfluenceTie) == ()
    )


def test_two_ties_of_one_of_us_become_one_with_both_histories():
    mine = tie(
        level=1, stated_on=D("2026-03-01"), last_contact=D("2026-10-01"), past=("2025-01-01:0:?",),
        days_out=(D("2026-01-01"), D("2026-01-03")), note="by phone",
    )  # fmt: skip
    other = tie(
        person="j2", kind="owner", level=2, desired=3, stated_on=D("2026-05-01"),
        last_contact=D("2026-05-01"), past=("2025-06-01:1:?",), note="at the fair",
        days_out=(D("2026-01-02"), D("2026-01-03")), days_in=(D("2026-01-04"),),
    )  # fmt: skip
    [made] = one(mine, other).records.of(ContactTie)
    assert (made.id, made.kind, made.level, made.stated_on) == ("av~js", "owner", 2, D("2026-05-01"))
    assert (made.last_contact, made.desired, made.note) == (D("2026-10-01"), 3, "by phone\nat the fair")
    assert made.past == ("2025-01-01:0:?", "2025-06-01:1:?", "2026-03-01:1:2026-10-01")
    assert [str(day) for day in made.days_out] == ["2026-01-01", "2026-01-02", "2026-01-03"]
    assert made.days_in == (D("2026-01-04"),)


def test_what_somebody_confirmed_counts_before_what_was_proposed():
    [made] = one(tie(kind="owner", proposed=True), tie(person="j2", kind="backup")).records.of(ContactTie)
    assert (made.kind, made.proposed) == ("backup", None)
    [made] = one(tie(kind="backup", proposed=True), tie(person="j2", kind="owner", proposed=True)).records.of(
        ContactTie
    )
    assert (made.kind, made.proposed) == ("owner", True)


def test_the_second_owner_is_backup():
    found = one(tie(kind="owner"), tie("pn", "j2", kind="owner")).records
    assert {t.member_id: t.kind for t in found.of(ContactTie)} == {"av": "owner", "pn": "backup"}
    assert [v for v in check(found) if v.severity == "error"] == []


@pytest.mark.parametrize(
    ("mine", "other", "made"),
    [
        (("2020-01", None), ("2019-05", None), [("2019-05", None)]),
        (("2020-01", "2022-01"), ("2021-01", "2023-06"), [("2020-01", "2023-06")]),
        ((None, None), ("2021-01", "2023-06"), [("2021-01", None)]),
        (("2010-01", "2012-01"), ("2021-01", None), [("2010-01", "2012-01"), ("2021-01", None)]),
    ],
)
def test_two_holdings_of_one_position(mine, other, made):
    def held(ident, person, time):
        return Holding(id=ident, **A, person_id=person, position_id="h", since=time[0], until=time[1])

    found = one(held("a", "js", mine), held("b", "j2", other)).records.of(Holding)
    assert [(h.since, h.until) for h in found] == made
    assert {h.person_id for h in found} == {"js"}


def test_two_statements_of_one_day_are_one_and_the_other_value_is_told():
    said = {**A, "attribute": "stance", "date": D("2026-05-01")}
    found = one(
        Assessment(id="a", person_id="js", value="1", **said),
        Assessment(id="b", person_id="j2", value="-1", source="call", **said),
    )
    [made] = found.records.of(Assessment)
    assert (made.id, made.value, made.source) == ("a", "1", "call")
    assert ("a", "value", "-1") in [(d.record.id, d.field, d.value) for d in found.dropped]


def test_two_of_us_become_one_in_all_accounts():
    again = TeamMember(id="a2", last_name="VASSEUR", first_name="A.", email="a2@us.example")
    records = RecordSet(
        [
            ACME.model_copy(update={"lead_id": "a2"}), PLANT, JEROME, ANNE, again,
            Account(id="b", name="B"), Person(id="x", account_id="b", last_name="X"),
            tie(level=2, stated_on=D("2026-01-01")), tie("a2", level=1, stated_on=D("2025-01-01")),
            ContactTie(id="t", account_id="b", member_id="a2", person_id="x", kind="owner"),
            Mandate(id="m1", **A, member_id="av", role="lead", days=2),
            Mandate(id="m2", **A, member_id="a2", role="lead", since="2020-01"),
            Signal(id="s", **A, text="s", date=D("2026-01-01"), informant_id="a2", known_by_ids=("a2", "av")),
            Position(id="a2", **A, title="A position with the same id"),
        ]
    )  # fmt: skip
    found = joined(records, ANNE, again).records
    assert [m.id for m in found.of(TeamMember)] == ["av"]
    assert found.get(Account, "acme").lead_id == "av"
    assert {(t.member_id, t.person_id, t.past) for t in found.of(ContactTie)} == {
        ("av", "js", ("2025-01-01:1:?",)),
        ("av", "x", ()),
    }
    assert [(m.id, m.days, m.since) for m in found.of(Mandate)] == [("m1", 2, "2020-01")]
    signal = found.of(Signal)[0]
    assert (signal.known_by_ids, signal.informant_id) == (("av",), "a2"), "the informant is the position"


def seat(person, since, **fields):
    post = Position(id=f"{person}~seat", **A, title="?", since=since, **fields)
    return post, Holding(id=f"{person}~holds", **A, person_id=person, position_id=post.id, since=since)


def test_two_posts_of_which_nothing_is_known_are_one():
    found = one(*seat("js", "2026-03-01"), *seat("j2", "2024-01-15")).records
    assert [(p.id, p.since) for p in found.of(Position) if p.title == "?"] == [("js~seat", "2024-01-15")]
    assert [(h.position_id, h.person_id, h.since) for h in found.of(Holding)] == [
        ("js~seat", "js", "2024-01-15")
    ]
    assert [v for v in check(found) if v.severity == "error"] == []


@pytest.mark.parametrize(("known", "blank"), [("js", "j2"), ("j2", "js")])
def test_a_blank_post_does_not_stand_beside_a_known_one(known, blank):
    held = Holding(id="x", **A, person_id=known, position_id="h", since="2020-01")
    found = one(held, *seat(blank, "2024-01-15")).records
    assert {p.id for p in found.of(Position)} == {"h", "d"}
    assert [(h.position_id, h.person_id) for h in found.of(Holding)] == [("h", "js")]


def test_a_post_of_which_something_is_known_stays():
    found = one(*seat("js", "2026-03-01"), *seat("j2", "2024-01-15", weight=3)).records
    assert {h.position_id for h in found.of(Holding)} == {"j2~seat"}


DAYS = st.sampled_from([D(f"2026-0{month}-01") for month in range(1, 7)])
TIES = st.builds(
    tie, st.sampled_from(["av", "pn"]), st.sampled_from(["js", "j2", "zr"]),
    kind=st.sampled_from(["owner", "backup", "contact"]), level=st.none() | st.integers(0, 3),
    stated_on=st.none() | DAYS, last_contact=st.none() | DAYS,
    days_out=st.lists(DAYS, unique=True).map(lambda days: tuple(sorted(days))),
)  # fmt: skip


def sound(ties):
    """Give ties of which each two people have one, and each person one owner."""
    by_pair, owned = {(t.member_id, t.person_id): t for t in ties}, set()
    for key, found in by_pair.items():
        if found.kind == "owner" and found.person_id in owned:
            by_pair[key] = found.model_copy(update={"kind": "contact"})
        owned |= {found.person_id} if found.kind == "owner" else set()
    return list(by_pair.values())


@given(st.lists(TIES, max_size=8).map(sound))
def test_nothing_said_of_a_tie_is_lost(ties):
    found = one(*ties).records
    assert [v for v in check(found) if v.severity == "error"] == []
    for member in ("av", "pn"):
        before = [t for t in ties if t.member_id == member and t.person_id in {"js", "j2"}]
        after = [t for t in found.of(ContactTie) if t.member_id == member and t.person_id == "js"]
        assert len(after) == bool(before)
        for made in after:
            assert {s.on for s in made.statements()} == {s.on for t in before for s in t.statements()}
            assert set(made.days_out) == {day for t in before for day in t.days_out}
            levels = [s for t in before for s in t.statements() if s.level is not None]
            if levels:
                assert (made.stated_on, made.level) in {
                    (s.on, s.level) for s in levels if s.on == max(s.on for s in levels)
                }
    assert {t for t in ties if t.person_id == "zr"} <= set(found.of(ContactTie))
