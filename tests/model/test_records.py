"""A set of records, and the one table that describes them."""

from typing import get_args

from graphkam.model.base import Entity, Node, Tie
from graphkam.model.organisation import Account, Position
from graphkam.model.people import Assessment, Person, TeamMember
from graphkam.model.records import KINDS, RecordSet, account_of, name_of
from graphkam.model.table import columns, kind_of, sheets
from graphkam.model.ties import ContactTie, InfluenceTie, Statement
from graphkam.model.vocabulary import Attribute

OF_EVERY_RECORD = set(Entity.model_fields) | {"account_id"}

ACME = Account(id="acme", name="Acme")
CEO = Position(id="ceo", account_id="acme", title="CEO")
OTHER = Account(id="other", name="Other")
ANNE = TeamMember(id="anne", last_name="Vasseur", first_name="Anne")


def test_every_column_fills_a_field_that_exists():
    for column in columns():
        known = set(kind_of(column).model_fields)
        if column.record == "Assessment":
            known |= set(Attribute)
        assert column.field in known, column


def test_every_field_has_a_column_or_is_made_by_graphkam():
    # A clause's contract is its row; a vacant seat's date stands in the column "In post since".
    made_by_graphkam = {("Clause", "contract_id"), ("Position", "occupancy_since")}
    for kind in KINDS:
        filled = {c.field for c in columns() if kind_of(c) is kind}
        left = set(kind.model_fields) - filled - OF_EVERY_RECORD
        assert {(kind.__name__, field) for field in left} <= made_by_graphkam, kind


def test_headers_and_sheet_names_are_unambiguous_in_all_languages():
    for sheet in sheets().values():
        meant: dict[str, str] = {}
        for column in sheet:
            for word in {column.key, column.header_en.casefold(), column.header_fr.casefold()}:
                assert meant.setdefault(word, column.key) == column.key, (column.sheet, word)


def test_references_name_fields_that_exist_and_kinds_come_after_what_they_refer_to():
    for kind in KINDS:
        graph = kind.GRAPH
        fields = graph.references if isinstance(graph, Node) else (graph.start, graph.end)
        assert set(fields) <= set(kind.model_fields), kind
    ties = [KINDS.index(kind) for kind in KINDS if isinstance(kind.GRAPH, Tie)]
    assert min(ties) > KINDS.index(Person)


def test_labels_and_types_are_used_once():
    names = [k.GRAPH.label if isinstance(k.GRAPH, Node) else k.GRAPH.type for k in KINDS]
    assert len(names) == len(set(names))


def test_the_later_record_wins_and_equality_forgets_order():
    renamed = ACME.model_copy(update={"name": "Acme Ltd"})
    assert RecordSet([ACME, CEO, renamed]).get(Account, "acme") == renamed
    assert RecordSet([ACME, CEO]) == RecordSet([CEO, ACME])
    assert len(RecordSet([ACME, CEO]).merged([], [CEO])) == 1


def test_each_account_gets_its_own_records_and_all_of_our_people():
    sets = RecordSet([ACME, OTHER, CEO, ANNE]).by_account()
    assert sets["acme"] == RecordSet([ACME, CEO, ANNE])
    assert sets["other"] == RecordSet([OTHER, ANNE])
    assert RecordSet([ACME, OTHER, CEO, ANNE]).of_account("other") == sets["other"]


def test_names_and_accounts_of_records():
    assert name_of(ANNE) == "Anne Vasseur"
    assert name_of(CEO) == "CEO"
    assert (account_of(ACME), account_of(CEO), account_of(ANNE)) == ("acme", "acme", None)


def test_ties_are_called_by_their_ends_and_what_is_said_by_its_source():
    people = [Person(id=i, account_id="acme", last_name=i.upper()) for i in ("x", "y")]
    knows = ContactTie(id="k", account_id="acme", member_id=ANNE.id, person_id="x", kind="contact")
    sways = InfluenceTie(id="i", account_id="acme", from_id="x", to_id="y", kind="advice")
    common = {
        "account_id": "acme",
        "person_id": "x",
        "attribute": "stance",
        "value": "1",
        "date": "2026-11-23",
    }
    said = Assessment(id="s", source="signed first", **common)
    bare = Assessment(id="b", **common)
    names = RecordSet([ANNE, *people, knows, sways, said, bare]).names
    assert (names["k"], names["i"]) == ("Anne Vasseur – X", "X → Y")
    assert (names["s"], names["b"]) == ("2026-11-23, signed first", "2026-11-23")


def test_a_statement_reads_back_as_written():
    for text in ("2026-11-23:2:2026-11-01", "2026-11-23:?:?", "2026-11-23:0:?"):
        assert str(Statement.parse(text)) == text


def test_literals_of_the_model_are_codes_of_the_lists():
    from graphkam.model.vocabulary import choices

    for column in columns():
        if column.type != "enum" or column.record == "Assessment":
            continue
        annotation = kind_of(column).model_fields[column.field].annotation
        literal = {str(code) for part in (annotation, *get_args(annotation)) for code in get_args(part)}
        literal -= {str(part) for part in get_args(annotation)}
        if literal:
            assert literal == {c.code for c in choices(column.allowed)}, column.key
