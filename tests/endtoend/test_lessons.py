"""Each command finds its lessons in the demo accounts, through its JSON, as its function does."""

import pytest

from tests.fixtures.lessons import AS_OF, FOLDER, expected, titled, words
from tests.fixtures.test_expected import is_as_expected

pytestmark = [pytest.mark.store, pytest.mark.slow]


def chosen():
    """Give of each command a row with a finding and one with a figure, as far as there are."""
    first = {}
    for row in expected():
        first.setdefault((row["command"], bool(row["code"])), row)
    return list(first.values())


@pytest.fixture(scope="module")
def demo(graphkam):
    graphkam.run("import", FOLDER / "demo-fr.xlsx", "--yes", "--as-of", AS_OF.isoformat())
    return graphkam


@pytest.mark.parametrize("row", chosen(), ids=titled)
def test_a_command_tells_what_its_function_does(demo, row):
    is_as_expected(row, demo.ask_at_once(*words(row)))
