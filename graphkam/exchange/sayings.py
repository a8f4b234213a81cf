"""What the row of a position says of its holder: stance, orientation, political status.

Each is a dated statement with its source; the newest counts and the earlier ones stay. A stance needs
both its source and its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from graphkam.exchange.cells import CLEAR
from graphkam.exchange.desk import Desk
from graphkam.exchange.hearing import columns_of
from graphkam.exchange.rows import Row, Table
from graphkam.model.people import Assessment, Person
from graphkam.model.vocabulary import Attribute


class Saying(NamedTuple):
    """One statement of a row."""

    key: str
    """Its column."""
    attribute: Attribute
    value: str
    on: date
    source: str | None


class Sayings:
    """Works out what the rows of positions say of people.

    Parameters
    ----------
    desk
        The work on the file.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._about: dict[str, list[Assessment]] = {}
        for assessment in desk.known.of(Assessment):
            self._about.setdefault(assessment.person_id, []).append(assessment)

    def put(self, table: Table, row: Row, account_id: str, person_id: str) -> None:
        """Want what a row says of a person."""
        for key, attribute in attributes_of(table.key).items():
            if self._is_cleared(table, row, key, attribute, person_id):
                self._forget(table, row, self.current(person_id, attribute))
            elif isinstance(row.values.get(key), str):
                saying = self._read(table, row, key, attribute)
                if saying is not None:
                    self._say(table, row, saying, account_id, person_id)

    def _is_cleared(self, table: Table, row: Row, key: str, attribute: Attribute, person_id: str) -> bool:
        """Tell whether a row takes a statement away; ``?`` without a day says that nothing is known."""
        value = row.values.get(key)
        if value is CLEAR or (value == "?" and "stance_date" not in row.values):
            return True
        is_blank = value is None and key in table.columns and key not in row.faulty
        shown = self.desk.known.get(Assessment, row.shown.get(f"Assessment.{attribute}", ("", 0))[0])
        was_said = shown is not None and shown.person_id == person_id
        return is_blank and self.desk.is_exported and was_said

    def current(self, person_id: str, attribute: Attribute) -> Assessment | None:
        """Give what was last said of a person, all in all."""
        about = [
            a for a in self._about.get(person_id, ()) if a.attribute == attribute and a.centre_id is None
        ]
        return max(about, key=lambda a: a.date, default=None)

    def _forget(self, table: Table, row: Row, assessment: Assessment | None) -> None:
        if assessment is None:
            return
        self._about[assessment.person_id].remove(assessment)
        if self.desk.known.get(Assessment, assessment.id) is not None:
            self.desk.remove(assessment)
            self.desk.places[Assessment, assessment.id] = (table, row)

    def _read(self, table: Table, row: Row, key: str, attribute: Attribute) -> Saying | None:
        """Read a statement with its day and source; None, and faults, for a stance without."""
        value, on, source = (row.values.get(name) for name in (key, "stance_date", "stance_source"))
        source = source if isinstance(source, str) else None
        if attribute is not Attribute.STANCE:
            return Saying(key, attribute, str(value), on if isinstance(on, date) else self.desk.today, source)
        for name, found in (("stance_source", source), ("stance_date", on)):
            if (found is None or found is CLEAR) and name not in row.faulty:
                self.desk.fault("required_with", table, row, name, other=table.place(row, key).column)
        if not isinstance(on, date) or source is None:
            return None
        return Saying(key, attribute, str(value), on, source)

    def _say(self, table: Table, row: Row, saying: Saying, account_id: str, person_id: str) -> None:
        """Want a statement, unless it is the one that is current already."""
        current = self.current(person_id, saying.attribute)
        if current is not None and _is_repeated(current, saying):
            self.desk.places.setdefault((Assessment, current.id), (table, row))
            return
        fields = {
            "account_id": account_id,
            "person_id": person_id,
            "attribute": saying.attribute,
            "value": saying.value,
            "date": saying.on,
            "source": saying.source,
        }
        same_day = current if current is not None and current.date == saying.on else None
        base = self.desk.known.get(Assessment, same_day.id) if same_day else None
        if same_day is not None and base is None:
            person = self.desk.now(Person, person_id)
            params = {"person": person.name if person else person_id, "other": self.desk.cell_of(same_day)}
            self.desk.fault("contradiction", table, row, saying.key, **params)
            return
        record_id = (
            base.id
            if base
            else self.desk.made_id(row, Assessment, fields, name=f"Assessment.{saying.attribute}")
        )
        made = self.desk.put(table, row, Assessment, fields, base=base, record_id=record_id, clears=False)
        if made is not None:
            about = self._about.setdefault(person_id, [])
            about[:] = [a for a in about if a.id != made.id] + [made]


@cache
def attributes_of(sheet: str) -> Mapping[str, Attribute]:
    """Give what the columns of a sheet say of people, by their keys."""
    said = set(Attribute)
    columns = columns_of(sheet, Assessment).items()
    return {key: Attribute(column.field) for key, column in columns if column.field in said}


def _is_repeated(current: Assessment, saying: Saying) -> bool:
    """Tell whether a statement only says again what is known; a stance is known on a day."""
    if current.value != saying.value:
        return False
    is_stance = saying.attribute is Attribute.STANCE
    return not is_stance or (current.date, current.source) == (saying.on, saying.source)
