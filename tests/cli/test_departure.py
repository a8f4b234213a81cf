"""How departures look on a terminal."""

from graphkam.analysis.departure import departure
from graphkam.cli.questions.departure import show_departure
from graphkam.cli.session import Session
from graphkam.settings import Settings
from tests.analysis.accounts import DAY, graph

ONE_TIE = graph({"C1": {"KAM": 3}}, {"C1": 3})


def shown(tmp_path, capsys, language, **options):
    session = Session(Settings(home=tmp_path, language=language), DAY, is_json=False)
    show_departure(session, departure(ONE_TIE, **options))
    return capsys.readouterr().out


def test_if_nobody_is_named_each_departure_is_shown_and_whose_it_is(tmp_path, capsys):
    told = shown(tmp_path, capsys, "en")
    found = [[cell.strip() for cell in line.split("│")[:3]] for line in told.splitlines() if "%" in line]
    assert found == [["C1", "at the client", "100.0%"], ["KAM", "one of us", "100.0%"]]


def test_a_french_title_has_its_space_before_the_colon(tmp_path, capsys):
    assert shown(tmp_path, capsys, "fr", leaves=["KAM"]).startswith("Acme\u00a0: KAM, 23 nov. 2026")
