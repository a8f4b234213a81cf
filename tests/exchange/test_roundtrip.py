"""What is exported imports back to the same account, record for record and field for field."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkam.exchange.book import read_book
from graphkam.exchange.export import save_csv_folder, save_workbook
from graphkam.exchange.plan import plan
from graphkam.exchange.references import name_key
from graphkam.model import business as b
from graphkam.model.base import clean, clean_name
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import KINDS, RecordSet
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate
from graphkam.text import LANGUAGES

TODAY = date(2026, 11, 23)
D = date.fromisoformat
A = {"account_id": "acme"}

EVERYTHING = RecordSet(
    [
        Account(
            id="acme",
            name="Acme; Söhne & Cie",
            kind="key_account",
            segment="S",
            status="client",
            stage="mid",
            target_form="diamond",
            lead_id="av",
            sponsor_id="jd",
            sector="glass",
            country="FR",
            siren="732829320",
            lei="529900T8BM49AURSDO55",
            revenue=Decimal("18400000.55"),
            potential=Decimal(-3),
            image=0,
            new_market=5,
            structure_complexity=1,
            offer_complexity=2,
            currency="USD",
            values="=1+1\nsecond line",
            strategy="@x",
            history="http://example.org",
        ),
        Account(id="other", name="Other", status="prospect"),
        TeamMember(
            id="av",
            last_name="Vasseur",
            first_name="Anne",
            email="anne@us.example",
            other_emails=("a.vasseur@us.example",),
            function="sales",
            title="KAM",
            department="Sales",
            site="Lyon",
            languages="fr, en",
            country="FR",
            status="active",
            seniority=3,
            capacity=14,
            day_cost=Decimal("820.5"),
            since="2014-09",
            until="2030-01-31",
            departure_probability=0.15,
            shares_network=False,
        ),
        TeamMember(id="jd", last_name="Martin", first_name="Jean"),
        b.Offering(id="f1", name="Pumps", family="Hardware"),
        OrgUnit(
            id="g",
            **A,
            name="Group",
            kind="group",
            country="FR",
            city="Lyon",
            siret="73282932000074",
            lei="529900T8BM49AURSDO55",
            headcount=0,
            revenue=Decimal(1),
            currency="EUR",
            constraint="c",
            values="v",
        ),
        OrgUnit(id="n", **A, name="North", kind="subsidiary", parent_id="g"),
        OrgUnit(id="s", **A, name="South", kind="subsidiary", parent_id="g"),
        OrgUnit(id="p1", **A, name="Plant", kind="site", parent_id="n"),
        OrgUnit(id="p2", **A, name="Plant", kind="site", parent_id="s"),
        # Two namesakes with a post, one without, and one of us of that name.
        Person(id="jm1", **A, last_name="Martin", first_name="Jean"),
        Person(id="jm2", **A, last_name="Martin", first_name="Jean"),
        Person(id="jm3", **A, last_name="Martin", first_name="Jean"),
        Person(
            id="bq",
            **A,
            last_name="Quillien",
            first_name="Bernard",
            email="bq@acme.example",
            other_emails=("b.quillien@acme.example", "bq@old.example"),
            phone="+33 4 77 00 00 00",
            language="fr",
            external=False,
            status="leaving",
            criteria="price",
            motivation="m",
            note="'=x",
            restricted=True,
        ),
        Person(
            id="gone", **A, last_name="Perrin", first_name="Gilles", status="left", note="n", restricted=False
        ),
        Person(id="next", **A, last_name="Aubry"),
        Person(id="x1", account_id="other", last_name="Quillien", first_name="Bernard"),
        Position(
            id="top",
            **A,
            title="CEO",
            unit_id="g",
            function="general_management",
            seniority=1,
            weight=5,
            since="2001-01",
            until="2040-12-31",
            role_comment="-5 %",
        ),
        Position(id="a", **A, title="Manager", unit_id="p1", reports_to_id="top", dotted_to_ids=("b", "top")),
        Position(id="b", **A, title="Manager", unit_id="p2", reports_to_id="a"),
        Position(id="c", **A, title="Buyer", unit_id="n", occupancy="vacant", occupancy_since="2026-06"),
        Position(id="d", **A, title="Buyer @ < ; home", occupancy="unknown", occupancy_since="2025-01-02"),
        Position(id="e", **A, title="Adviser", unit_id="n"),
        Position(id="o1", account_id="other", title="CEO"),
        Holding(id="h1", **A, person_id="bq", position_id="top", since="2004-02", until="2027-03-31"),
        Holding(id="h0", **A, person_id="gone", position_id="top", until="2004-01-31"),
        Holding(id="h00", **A, person_id="bq", position_id="a", since="1999-01", until="2003-12"),
        Holding(id="h2", **A, person_id="jm1", position_id="a"),
        Holding(id="h3", **A, person_id="jm2", position_id="b", since="2020-01"),
        Holding(id="h4", **A, person_id="jm2", position_id="e", since="2021-05-06"),
        Holding(id="h5", **A, person_id="next", position_id="top", since="2027-04-01"),
        Holding(id="ho", account_id="other", person_id="x1", position_id="o1"),
        DecisionCentre(
            id="dc",
            **A,
            name="Purchases",
            unit_id="p2",
            subject="all",
            yearly_value=Decimal("0.10"),
            rule="quota",
            next_decision=D("2027-01-01"),
            threshold=Decimal(2000000),
            quota=2,
        ),
        DecisionCentre(id="dc2", account_id="other", name="Purchases"),
        Seat(id="s1", **A, position_id="a", centre_id="dc", roles=("decider", "user"), votes=1.5, veto=True),
        Seat(id="s2", **A, position_id="c", centre_id="dc", roles=("buyer",), votes=0, veto=False),
        Seat(id="s3", **A, position_id="b", centre_id="dc", roles=("gatekeeper",)),
        Mandate(
            id="m1",
            **A,
            member_id="av",
            role="lead",
            days_asked=12,
            days=10.5,
            agreed_by="Sales",
            since="2014-09",
            until="2029-12-31",
        ),
        Mandate(id="m2", **A, member_id="av", role="expert"),
        Mandate(id="m3", account_id="other", member_id="jd", role="lead"),
        ContactTie(
            id="k1",
            **A,
            member_id="av",
            person_id="bq",
            kind="owner",
            level=3,
            stated_on=D("2026-11-18"),
            desired=3,
            last_contact=D("2026-11-17"),
            source="lunch",
            note="+1",
            proposed=True,
            past=("2025-01-01:?:?", "2025-06-01:2:2025-05-30"),
        ),
        ContactTie(
            id="k2", **A, member_id="av", person_id="jm1", kind="backup", stated_on=D("2026-01-01"), level=0
        ),
        ContactTie(id="k3", **A, member_id="jd", person_id="jm2", kind="contact"),
        ContactTie(
            id="k4",
            **A,
            member_id="jd",
            person_id="gone",
            kind="contact",
            days_out=(D("2001-01-05"), D("2001-02-05")),
            days_in=(D("2001-01-06"),),
        ),
        ContactTie(id="k5", **A, member_id="jd", person_id="jm3", kind="contact"),
        ContactTie(
            id="k6",
            account_id="other",
            member_id="jd",
            person_id="x1",
            kind="owner",
            level=1,
            stated_on=D("2026-01-01"),
        ),
        InfluenceTie(
            id="i1",
            **A,
            from_id="jm2",
            to_id="bq",
            kind="conflict",
            weight=5,
            source="seen",
            known_on=D("2026-02-03"),
            note="n",
            since="2020-01",
            until="2026-12",
        ),
        InfluenceTie(id="i2", **A, from_id="jm1", to_id="jm3", kind="advice"),
        Assessment(
            id="s-a", **A, person_id="bq", attribute="stance", value="1", date=D("2025-05-14"), source="said"
        ),
        Assessment(
            id="s-b", **A, person_id="bq", attribute="stance", value="2", date=D("2026-11-18"), source="act"
        ),
        Assessment(
            id="s-c",
            **A,
            person_id="bq",
            attribute="orientation",
            value="technical",
            date=D("2026-11-18"),
            source="act",
        ),
        Assessment(
            id="s-d",
            **A,
            person_id="bq",
            attribute="political_status",
            value="outside",
            date=D("2024-01-01"),
            source="heard",
        ),
        Assessment(
            id="s-e",
            **A,
            person_id="jm1",
            attribute="stance",
            value="-2",
            date=D("2026-01-01"),
            source="a",
            by="Anne",
            confidence=4,
        ),
        Assessment(
            id="s-f",
            **A,
            person_id="jm1",
            centre_id="dc",
            attribute="stance",
            value="?",
            date=D("2026-01-01"),
            source="b",
        ),
        Assessment(
            id="s-g",
            **A,
            person_id="gone",
            attribute="adaptability",
            value="laggard",
            date=D("2003-01-01"),
            source="c",
        ),
        Assessment(
            id="s-h", **A, person_id="jm2", attribute="stance", value="0", date=D("2026-05-05"), source="d"
        ),
        b.Pursuit(
            id="o",
            **A,
            name="Furnace",
            kind="project",
            centre_id="dc",
            stage="offer",
            amount=Decimal(5),
            currency="EUR",
            probability=0.45,
            opened=D("2026-01-01"),
            close=D("2027-01-01"),
            competitor="Them",
            position_ids=("a", "b", "c"),
            member_ids=("av", "jd"),
            owner_id="av",
        ),
        b.Project(
            id="j",
            **A,
            name="Green",
            unit_id="p1",
            sponsor_id="top",
            state="open",
            start="2026-01",
            end="2028-06-30",
            budget=Decimal(1),
            stake="x",
        ),
        b.Contract(
            id="c1",
            **A,
            name="Frame",
            framework=True,
            signed=D("2023-12-18"),
            start=D("2024-01-01"),
            end=D("2027-06-30"),
            notice=D("2026-12-31"),
            value=Decimal(6),
            renewal="tacit",
            signatory_id="c",
            our_signatory_id="av",
        ),
        b.Contract(id="c2", **A, name="Bare"),
        b.Clause(
            id="q1",
            **A,
            contract_id="c1",
            name="Price",
            kind="price",
            text="t",
            status="in_force",
            review_on=D("2027-01-15"),
            owner_id="av",
        ),
        b.Clause(id="q2", **A, contract_id="c1", name="Term"),
        b.Incident(
            id="x",
            **A,
            name="Leak",
            unit_id="p1",
            opened=D("2026-09-28"),
            closed=D("2026-10-01"),
            severity="high",
            position_ids=("a",),
            trust_before=0,
            trust_after=10,
            owner_id="av",
        ),
        b.Signal(
            id="w1",
            **A,
            text="Closes in 2028",
            kind="organisation",
            direction="threat",
            date=D("2026-05-19"),
            informant_id="a",
            reliability="B",
            credibility="3",
            expires=D("2027-11-30"),
            position_ids=("top",),
            known_by_ids=("av",),
            confidentiality="kam",
        ),
        b.Signal(id="w2", **A, text="From one of us", date=D("2026-05-19"), informant_id="jd"),
        b.Interaction(
            id="y",
            **A,
            date=D("2026-10-08"),
            channel="visit",
            member_ids=("av", "jd"),
            person_ids=("bq", "jm2"),
            subject="s",
            note="n",
        ),
        *(
            b.Action(
                id=f"t{n}",
                **A,
                text=f"Do {n}",
                owner_id="av",
                about_id=about,
                due=D("2026-12-01"),
                state="done",
                done=D("2026-11-01"),
            )
            for n, about in enumerate(("c", "o", "w1", "x", "d", None))
        ),
        b.Objective(
            id="z",
            **A,
            name="C2",
            measure="C2",
            baseline=0.08,
            target=0.4,
            actual=-1e-9,
            due=D("2027-06-30"),
            owner_id="av",
        ),
        b.HistoryEvent(id="v1", **A, date="1998-04", text="First order", kind="won"),
        b.HistoryEvent(id="v2", **A, date="1900-01-31", text="Founded"),
        b.Stake(
            id="u",
            **A,
            kind="goal",
            text="Zero",
            owner_id="top",
            meaning="m",
            since="2025-01",
            until="2032-12",
        ),
        b.Footprint(
            id="fp",
            **A,
            unit_id="p2",
            offering_id="f1",
            status="shared",
            competitor="Them",
            spend=Decimal("1.5"),
            revenue=Decimal(0),
            currency="USD",
            source="s",
            known_on=D("2026-01-01"),
        ),
        b.PnlLine(
            id="pl1",
            **A,
            period="2026-10",
            unit_id="p1",
            line="cogs",
            scenario="actual",
            amount=Decimal("-0.01"),
            currency="EUR",
        ),
        b.PnlLine(id="pl2", **A, period="2026-10", line="cogs", amount=Decimal(-123456789)),
        b.KnowledgeItem(id="kn", **A, text="Pays late", known_by_ids=("av", "jd")),
    ]
)


def saved(records, folder, language, kind):
    path = folder / ("book.xlsx" if kind == "xlsx" else "book")
    save = save_workbook if kind == "xlsx" else save_csv_folder
    save(records, path, language=language, revision=7, today=TODAY)
    return path


def differences(made):
    return [(line.action.value, line.kind, line.id, line.fields) for line in made.lines]


def test_every_field_of_every_kind_is_there():
    """No field is at its default everywhere, so that nothing can be lost unseen."""
    made_by_the_store = {"version", "origin", "updated_at"}
    for kind in KINDS:
        for name, field in kind.model_fields.items():
            if name not in made_by_the_store and not field.is_required():
                assert any(getattr(r, name) != field.get_default() for r in EVERYTHING.of(kind)), (kind, name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_back_into_the_same_store_nothing_changes(tmp_path, language, kind):
    book = read_book(saved(EVERYTHING, tmp_path, language, kind), known=EVERYTHING, today=TODAY)
    assert differences(plan(EVERYTHING, book)) == []
    assert book.language == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_into_an_empty_store_it_is_the_same_account(tmp_path, language, kind):
    book = read_book(saved(EVERYTHING, tmp_path, language, kind), known=RecordSet(), today=TODAY)
    assert differences(plan(EVERYTHING, book)) == []


def test_one_account_of_several(tmp_path):
    one = EVERYTHING.of_account("acme")
    path = saved(one, tmp_path, "fr", "xlsx")
    assert differences(plan(EVERYTHING, read_book(path, known=EVERYTHING, today=TODAY))) == []
    assert differences(plan(one, read_book(path, known=RecordSet(), today=TODAY))) == []


NASTY = "aÉß='+-@;,\"<|\t\n\u00a0\u200d\u0301中🚀ع\\{}%&" + "bc "
LINES = st.text(NASTY, max_size=7).map(lambda t: clean(f"b{t}") if t.isspace() or not t else clean(f"{t}b"))
WORDS = LINES.map(clean_name)
NAMES = st.lists(WORDS, min_size=4, max_size=4, unique_by=name_key)


EMPTY = ["vacant", "unknown"]
PAIRS = st.tuples(st.integers(0, 3), st.integers(0, 3))


@st.composite
def accounts(draw):
    """Give a small account whose every text is a trap."""
    units, titles, last, team = draw(NAMES), draw(NAMES), draw(NAMES), draw(NAMES)
    note, line, ids = st.none() | LINES, st.none() | WORDS, range(4)

    def above(letter, n):
        return draw(st.sampled_from([None, *(f"{letter}{i}" for i in range(n))]))

    def fields(n, letter):
        return {"id": f"{letter}{n}", **A}

    records = [Account(id="acme", name="Acme", status="client", history=draw(note), sector=draw(line))]
    for n in ids:
        seat = {"unit_id": above("u", 4), "reports_to_id": above("q", n), "role_comment": draw(note)}
        person = {"last_name": draw(st.sampled_from(last)), "first_name": draw(line), "note": draw(note)}
        known_by = draw(st.sampled_from([(), ("m0",), ("m1", "m2")]))
        records += [
            OrgUnit(**fields(n, "u"), name=units[n], kind="site", parent_id=above("u", n), values=draw(note)),
            Position(**fields(n, "q"), title=titles[n], occupancy=draw(st.sampled_from(EMPTY)), **seat),
            Person(**fields(n, "n"), **person),
            TeamMember(id=f"m{n}", last_name=team[n], department=draw(line)),
            b.KnowledgeItem(**fields(n, "w"), text=f"{draw(LINES)} {n}", known_by_ids=known_by),
        ]
        if (since := draw(st.sampled_from(["never", None, "2020-01", "2021-02-03"]))) != "never":
            records.append(Holding(**fields(n, "h"), person_id=f"n{n}", position_id=f"q{n}", since=since))
            records[-1 - 4] = records[-1 - 4].model_copy(update={"occupancy": None})
    for n, (member, person) in enumerate(draw(st.sets(PAIRS, max_size=5))):
        tie = {"kind": "contact", "level": draw(st.sampled_from([0, 2, 3])), "stated_on": D("2026-01-01")}
        tie |= {
            "member_id": f"m{member}",
            "person_id": f"n{person}",
            "note": draw(note),
            "source": draw(line),
        }
        records.append(ContactTie(**fields(n, "k"), **tie))
    for n in draw(st.sets(st.sampled_from(ids))):
        said = {"date": D("2026-01-01"), "source": draw(WORDS), "value": "1", "attribute": "stance"}
        records.append(Assessment(**fields(n, "s"), person_id=f"n{n}", **said))
    return RecordSet(records)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(accounts(), st.sampled_from(LANGUAGES))
def test_any_account_comes_back_as_it_was(records, language):
    with TemporaryDirectory() as folder:
        path = saved(records, Path(folder), language, "csv")
        for known in (records, RecordSet()):
            made = plan(records, read_book(path, known=known, today=TODAY))
            assert differences(made) == []
