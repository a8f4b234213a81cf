"""An account that was exported, and the export with cells changed by hand."""

from __future__ import annotations

from datetime import date

from graphkam.exchange.book import read_book
from graphkam.exchange.choices import Choices
from graphkam.exchange.csv_folder import save_folder
from graphkam.exchange.flat import rows_of
from graphkam.exchange.plan import plan
from graphkam.model.changes import Operation
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie

TODAY = date(2026, 11, 23)
A = {"account_id": "acme"}
D = date.fromisoformat
ACME = Account(id="acme", name="Acme", status="client", version=1)
PLANT = OrgUnit(id="p", **A, name="Plant", kind="site", city="Lyon", version=1)
HEAD = Position(id="A16", **A, title="Technical director", unit_id="p", weight=3, version=1)
BUYER = Position(id="A07", **A, title="Buyer", unit_id="p", weight=2, reports_to_id="A16", version=1)
BERNARD = Person(id="bq", **A, last_name="Quillien", first_name="Bernard", email="bq@acme.example", version=1)
LAURENT = Person(id="lp", **A, last_name="Pradier", first_name="Laurent", version=1)
HEADS = Holding(id="bq~A16", **A, person_id="bq", position_id="A16", since="2004-02", version=1)
BUYS = Holding(id="lp~A07", **A, person_id="lp", position_id="A07", since="2015-01", version=1)
ANNE = TeamMember(id="AV", last_name="Vasseur", first_name="Anne", version=1)
PAUL = TeamMember(id="PN", last_name="Noir", first_name="Paul", version=1)
TIE = ContactTie(
    id="AV~bq", **A, member_id="AV", person_id="bq", kind="owner", level=2, stated_on=D("2026-01-10"),
    last_contact=D("2026-01-10"), desired=3, version=1,
)  # fmt: skip
STANCE = Assessment(
    id="bq~stance", **A, person_id="bq", attribute="stance", value="1", date=D("2026-05-01"), source="visit",
    version=1,
)  # fmt: skip
BASE = RecordSet([ACME, PLANT, HEAD, BUYER, BERNARD, LAURENT, HEADS, BUYS, ANNE, PAUL, TIE, STANCE])


def but(record, **fields):
    return record.model_copy(update={"version": record.version + 1, **fields})


class Export:
    """A folder that was exported from the base, with cells changed by hand."""

    def __init__(self, folder):
        self.folder = folder
        self.rows = {sheet: [dict(row) for row in rows] for sheet, rows in self._all().items()}

    @staticmethod
    def _all():
        return rows_of(BASE, language="en", today=TODAY)

    def change(self, sheet, row_id, **cells):
        """Change cells of the row with an id; None empties a cell."""
        key = "id" if sheet != "knows" else "member"
        [row] = [row for row in self.rows[sheet] if row.get(key) == row_id]
        row.update(cells)
        for name in [name for name, value in cells.items() if value is None]:
            row.pop(name, None)

    def drop(self, sheet, row_id):
        self.rows[sheet] = [row for row in self.rows[sheet] if row.get("id") != row_id]

    def add(self, sheet, **cells):
        self.rows[sheet].append(cells)

    def read(self, theirs, base=BASE, **how):
        about = {"graphkam.revision": "7", "graphkam.operation": "abc"}
        save_folder(self.folder, self.rows, language="en", about=about)
        choices = Choices(**how)
        return read_book(self.folder, known=theirs, today=TODAY, past=lambda *_: base, choices=choices)

    def plan(self, theirs, **how):
        change = Operation(what="edit", who="zoe", at="2026-11-20T08:15:00+00:00")
        return plan(theirs, self.read(theirs, **how), revision=9, last_change=lambda _: change)
