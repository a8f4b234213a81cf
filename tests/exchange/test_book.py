"""A book becomes the records it wants: known ones changed, new ones made, the rest left alone."""

from datetime import date

import pytest

from graphkam.errors import ImportRejected, InputError
from graphkam.model.organisation import Account, OrgUnit, Position, Seat
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate

MINI = {
    "accounts": """
        Compte     | Statut
        Acme Verre | Client""",
    "positions": """
        Intitulé du poste   | Fonction            | Nom      | Prénom   | Rattaché à
        Directrice générale | Direction générale  | Santoni  | Mireille |
        Directeur technique | Technique           | Quillien | Bernard  | Mireille Santoni
        Acheteur            | Achats              | Vial     | Timothée | Santoni Mireille
        Acheteur            | Achats              | Morin    | Gaël     | Directeur technique
        Juriste             | Juridique           |          |          | Mireille Santoni""",
    "team": """
        Nom        | Prénom
        Vasseur    | Claire
        Benhaddou  | Nadia""",
    "knows": """
        Membre          | Poste ou personne   | kind | Niveau actuel | Dernier contact
        Claire Vasseur  | Mireille Santoni    | Titulaire | Rencontré | 2026-03-10
        Claire Vasseur  | Directeur technique | Titulaire | Confiance |
        Nadia Benhaddou | Bernard Quillien    | Suppléant | |
        CV              | Morin Gaël          | Contact | 2 | 2026-11-01""",
}
"""The smallest useful workbook: no units, no ids, the account named once."""


def test_the_smallest_useful_workbook(book):
    made = book(**MINI)
    assert [(a.id, a.name, a.status) for a in made.records.of(Account)] == [
        ("acme-verre", "Acme Verre", "client")
    ]
    assert [p.id for p in made.records.of(Position)] == [f"acme-verre-p00{n}" for n in range(1, 6)]
    top, engineer, first, second, lawyer = made.records.of(Position)
    assert [p.reports_to_id for p in (engineer, first, second)] == [top.id, top.id, engineer.id]
    assert lawyer.occupancy == "unknown"  # a blank name says nothing: it is not said to be vacant
    assert len(made.records.of(Holding)) == len(made.records.of(Person)) == 4
    assert {m.id for m in made.records.of(TeamMember)} == {"CV", "NB"}
    assert len(made.records.of(ContactTie)) == 4
    assert (made.language, made.revision, made.warnings) == ("fr", None, ())


def test_the_same_file_again_changes_nothing(book):
    first = book(**MINI).records
    later = book(first, **MINI, today=date(2027, 2, 1))
    assert later.records == first
    assert all(later.records.get(type(r), r.id) is r for r in first)


def test_every_record_says_where_it_comes_from(book):
    made = book(**MINI)
    assert {p.origin for p in made.records.of(Position)} == {f"book!positions {n}" for n in range(2, 7)}
    assert ("Position", "acme-verre-p001") in made.touched


def test_what_the_file_does_not_say_stays(book):
    known = book(**MINI).records
    stored = RecordSet(r.model_copy(update={"version": 4}) for r in known)
    extra = (
        "accounts",
        """
        Compte     | Secteur
        Acme Verre | verre""",
    )
    made = book(stored, **dict([extra]))
    [account] = made.records.of(Account)
    assert (account.status, account.sector, account.version) == ("client", "verre", 4)
    assert made.records.merged([stored.get(Account, account.id)]) == stored
    assert made.touched == {("Account", "acme-verre")}


def test_a_dash_clears_and_in_an_export_a_blank_does(book):
    known = (Account(id="a", name="Acme", status="client", sector="glass", revenue=5),)
    table = """
        Id | Account | Sector | Our revenue, 12 months
        a  | Acme    | {}     |"""
    [by_hand] = book(known, accounts=table.format("-")).records.of(Account)
    assert (by_hand.sector, by_hand.revenue) == (None, 5)
    [exported] = book(known, accounts=table.format("glass"), revision=3).records.of(Account)
    assert (exported.sector, exported.revenue, exported.status) == ("glass", None, "client")


def test_what_is_required_cannot_be_cleared(refused):
    known = (Account(id="a", name="Acme", status="client"),)
    table = "Id | Account | Status\n a | Acme | -"
    assert refused(known, accounts=table) == [("required", "accounts!C2")]


def test_a_known_record_needs_only_its_id(book):
    known = book(**MINI).records
    made = book(known, positions="Id | Influence weight (1-5) | Account\n acme-verre-p002 | 4 | acme-verre")
    assert made.records.get(Position, "acme-verre-p002").weight == 4


def test_all_faults_are_told_at_once(refused):
    sheets = MINI | {
        "accounts": "Compte | Statut | Pays\n Acme Verre | Cliente | Frence",
        "knows": MINI["knows"] + "\n        Claire Vasseur | Nobody at all | Boss | 7 | 03/04/2026",
    }
    assert refused(**sheets) == [
        ("not_in_list", "accounts!B2"),
        ("not_a_country", "accounts!C2"),
        ("not_in_list", "knows!C6"),
        ("not_in_list", "knows!D6"),
        ("ambiguous_day", "knows!E6"),
        ("nobody", "knows!B6"),
    ]


def test_a_locale_tells_how_to_read_days(book):
    sheets = MINI | {"knows": MINI["knows"].replace("2026-03-10", "03/04/2026")}
    read = {locale: book(**sheets, locale=locale).records.of(ContactTie)[0] for locale in ("fr", "us")}
    assert {k: tie.last_contact for k, tie in read.items()} == {
        "fr": date(2026, 4, 3),
        "us": date(2026, 3, 4),
    }
    with pytest.raises(InputError):
        book(**sheets, locale="de")


def test_rows_end_and_delete(book):
    known = book(**MINI).records
    made = book(
        known,
        accounts=MINI["accounts"],
        positions="Id | Opération\n acme-verre-p003 | terminer\n acme-verre-p004 | supprimer",
        team="Id | Operation\n NB | delete",
    )
    assert made.records.get(Position, "acme-verre-p003").until == "2026-11-23"
    assert {type(r) for r in made.removed} == {Position, Holding, TeamMember, ContactTie}
    assert made.records.get(Position, "acme-verre-p004") is None
    [tie] = [r for r in made.removed if isinstance(r, ContactTie)]
    assert tie.member_id == "NB"


def test_what_others_need_is_not_deleted(refused, book):
    known = book(**MINI).records
    delete = "Id | Operation\n acme-verre-p002 | delete"
    assert refused(known, accounts=MINI["accounts"], positions=delete) == [
        ("missing_reference", "positions!A2")
    ]


def test_there_must_be_something_to_delete_or_end(refused, book):
    known = book(**MINI).records
    table = "Membre | Poste ou personne | Titulaire / suppléant / contact | Operation\n"
    ended = table + " CV | Mireille Santoni | Titulaire | end"
    assert refused(known, knows=ended) == [("cannot_end", "knows!D2")]
    nothing = table + " NB | Mireille Santoni | Contact | delete"
    assert refused(known, knows=nothing) == [("nothing_to_delete", "knows!D2")]
    assert (
        refused(known, knows=table + " NB | Mireille Santoni | Contact | remove")[0][0] == "not_an_operation"
    )


def test_what_was_changed_in_the_store_after_the_export_is_not_overwritten(book, refused):
    account = Account(id="a", name="Acme", status="client", sector="steel", version=5, origin="user")
    table = 'Id | Account | Status | Sector | _rev\n a | Acme | client | {} | {{"Account": ["a", {}]}}'
    assert refused((account,), accounts=table.format("glass", 4), revision=3) == [
        ("changed_since_export", "accounts!A2")
    ]
    assert book((account,), accounts=table.format("steel", 4), revision=3).records == RecordSet([account])
    changed = book((account,), accounts=table.format("glass", 5), revision=3).records
    assert changed.get(Account, "a").sector == "glass"
    # Somebody who imports an edited export, edits it further and imports it again is not in the way.
    own = account.model_copy(update={"origin": "book!accounts 2"})
    assert book((own,), accounts=table.format("glass", 4), revision=3).records.get(Account, "a").version == 5


def test_ids_belong_to_one_account(refused):
    known = (
        Account(id="a", name="Acme", status="client"),
        Account(id="b", name="Borealis", status="client"),
        Position(id="p", account_id="a", title="CEO"),
    )
    table = "Id | Account | Job title\n p | Borealis | CEO"
    assert refused(known, positions=table) == [("id_of_other_account", "positions!A2")]


def test_an_account_must_be_told_where_there_are_several(refused):
    accounts = "Account | Status\n Acme | Client\n Borealis | Client"
    positions = "Job title\n CEO"
    assert refused(accounts=accounts, positions=positions) == [("required", "positions!A2")]


UNITS = """
    Account | Unit  | Kind | Parent unit
    Acme    | Line  | Department | Plant < North
    Acme    | Line  | Department | Plant < South
    Acme    | Plant | Site | North
    Acme    | Plant | Site | South
    Acme    | North | Subsidiary | Group
    Acme    | South | Subsidiary | Group
    Acme    | Group | Group |"""


def test_units_may_stand_in_any_order_and_have_the_same_name_elsewhere(book):
    accounts = "Account | Status\n Acme | Client"
    made = book(accounts=accounts, units=UNITS).records
    named = {unit.id: unit for unit in made.of(OrgUnit)}

    def path(unit):
        above = path(named[unit.parent_id]) if unit.parent_id else ()
        return (*above, unit.name)

    assert {path(unit) for unit in named.values()} == {
        ("Group",),
        ("Group", "North"),
        ("Group", "South"),
        ("Group", "North", "Plant"),
        ("Group", "South", "Plant"),
        ("Group", "North", "Plant", "Line"),
        ("Group", "South", "Plant", "Line"),
    }
    assert book(made, accounts=accounts, units=UNITS).records == made


def test_mandates_and_influence_are_known_by_their_ends(book):
    more = MINI | {
        "mandates": "Team member | Account | Role in the team | Days per month\n CV | Acme Verre | lead | 4",
        "influence": "From | To | Kind\n Bernard Quillien | Mireille Santoni | Advice",
    }
    made = book(**more).records
    assert book(made, **more).records == made
    edited = more | {
        "mandates": "Team member | Account | Role in the team\n CV | Acme Verre | sponsor",
        "influence": "From | To | Kind | Weight (1-5)\n Bernard Quillien | Mireille Santoni | Advice | 3",
    }
    changed = book(made, **edited).records
    [mandate], [tie] = changed.of(Mandate), changed.of(InfluenceTie)
    assert (mandate.role, mandate.days) == ("sponsor", 4)
    assert tie.weight == 3


def test_a_contract_is_repeated_on_the_row_of_each_clause(book, refused):
    table = """
        Contract | Yearly value | Clause | Clause kind
        Frame    | 100          | Price  | price
        Frame    | {}           | Term   | termination"""
    made = book(**MINI, contracts=table.format("")).records
    assert book(made, **MINI, contracts=table.format("100")).records == made
    assert [len(made.of(kind)) for kind in _kinds("Contract", "Clause")] == [1, 2]
    assert refused(**MINI, contracts=table.format("200")) == [("contradiction", "contracts!B3")]


def _kinds(*names):
    from graphkam.model.records import KIND_BY_NAME

    return [KIND_BY_NAME[name] for name in names]


def test_seats_are_taken_by_positions_even_without_a_holder(book):
    made = book(
        **MINI,
        centres="Decision centre | Votes needed\n Board | 2",
        members="Decision centre | Position | Buying role | Votes\n Board | Juriste | User | 1\n"
        " Board | Bernard Quillien | Economic Buyer | 2",
    ).records
    assert [(s.position_id[-4:], s.roles) for s in made.of(Seat)] == [
        ("p005", ("user",)),
        ("p002", ("decider",)),
    ]


def test_nothing_is_left_of_a_refused_book(book):
    with pytest.raises(ImportRejected) as caught:
        book(accounts="Account | Status\n Acme | Klient")
    assert caught.value.problems[0].nearest == ("Client",)
    assert caught.value.problems[0].file == "book"
