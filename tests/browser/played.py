"""The app on accounts that are only in memory, each text of one in disguise: ``python played.py HOME``.

In English every word carries a mark, so that one of Streamlit's own or a forgotten one is seen; in
French all is as readers have it.
"""

import sys
from pathlib import Path

import pytest

from graphkam.exchange.book import read_book
from graphkam.model.records import RecordSet
from graphkam.settings import Settings
from graphkam.ui import server
from graphkam.workspace import Workspace
from tests.ui.conftest import DAY
from tests.ui.disguise import disguised, every_word_marked, in_greek
from tests.ui.editable import EditableStore

ACCOUNT = "AUB"
DEMO = Path(__file__).parents[2] / "fixtures" / "demo-en.xlsx"


def main(home: Path) -> None:
    """Serve until interrupted."""
    book = read_book(DEMO, known=RecordSet(), today=DAY).records
    told = in_greek()
    store = EditableStore(disguised(RecordSet(book.of_account(ACCOUNT)), told))
    with every_word_marked("en"), pytest.MonkeyPatch.context() as patch:
        patch.setattr("graphkam.ui.desk.Workspace.open", lambda settings, **_: Workspace(settings, store))
        server.run(Settings(home=home, user=told()), open_browser=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
