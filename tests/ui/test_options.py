import tomllib
from pathlib import Path

from streamlit import config

from graphkam.ui.options import OPTIONS

ROOT = Path(__file__).parents[2]


def test_both_ways_of_starting_have_the_same_options():
    said = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert {
        f"{section}.{name}": value for section, values in said.items() for name, value in values.items()
    } == OPTIONS


def test_streamlit_knows_every_option():
    assert set(OPTIONS) <= set(config._config_options_template)


def test_nobody_else_and_no_statistics():
    assert OPTIONS["server.address"] == "127.0.0.1"
    assert OPTIONS["browser.gatherUsageStats"] is False
