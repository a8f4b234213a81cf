"""The app on accounts only in memory, each text of one in disguise: ``python played.py HOME [latin]``.

In English every word carries a mark, so that one of Streamlit's own or a forgotten one is seen; in
French all is as readers have it. ``latin``: no word is marked, the attacks are as an attacker writes them,
and there is a person more for each of them.
"""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from graphkam.exchange.book import read_book
from graphkam.model.base import Entity
from graphkam.model.organisation import OrgUnit, Position
from graphkam.model.people import Holding, Person
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie
from graphkam.settings import Settings
from graphkam.ui import server
from graphkam.workspace import Workspace
from tests.ui.conftest import DAY
from tests.ui.disguise import HOSTILE, disguised, every_word_marked, evil, in_greek
from tests.ui.editable import EditableStore

ACCOUNT = "AUB"
DEMO = Path(__file__).parents[2] / "fixtures" / "demo-en.xlsx"
LATIN = "latin"


def attackers(records: RecordSet) -> Iterator[Entity]:
    """Give a person for each attack: name, title and note are the attack, and one of us knows the person."""
    of = {"account_id": ACCOUNT}
    top = next(unit for unit in records.of(OrgUnit) if unit.parent_id is None)
    member = records.of(ContactTie)[0].member_id
    for n, text in enumerate(HOSTILE):
        unit, seat, person = f"evil{n // 12}", f"evil:{n}", f"evil:p{n}"
        if n % 12 == 0:
            yield OrgUnit(id=unit, **of, name=text, kind="site", parent_id=top.id)
        yield Person(id=person, **of, last_name=text, note=text)
        yield Position(id=seat, **of, title=text, unit_id=unit, weight=1 + n % 5, role_comment=text)
        yield Holding(id=f"{seat}:h", **of, person_id=person, position_id=seat)
        yield ContactTie(
            id=f"{seat}:k", **of, member_id=member, person_id=person, kind="owner", level=n % 4,
            stated_on=DAY, last_contact=DAY, note=text,
        )  # fmt: skip


def main(home: Path, letters: str = "") -> None:
    """Serve until interrupted."""
    is_latin = letters == LATIN
    book = read_book(DEMO, known=RecordSet(), today=DAY).records
    told = evil() if is_latin else in_greek()
    own = RecordSet(book.of_account(ACCOUNT))
    records = disguised(own, told)
    if is_latin:
        records = records.merged(list(attackers(own)), ())
    store = EditableStore(records)
    marked = nullcontext() if is_latin else every_word_marked("en")
    with marked, pytest.MonkeyPatch.context() as patch:
        patch.setattr("graphkam.ui.desk.Workspace.open", lambda settings, **_: Workspace(settings, store))
        server.run(Settings(home=home, user=told()), open_browser=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
