"""A command that does nothing heavy loads nothing heavy. How long it takes: benchmarks/startup.py."""

import os
import subprocess
import sys

import pytest

HEAVY = {
    "arcadedb_embedded", "babel", "igraph", "jinja2", "jpype", "neo4j", "networkx", "numpy", "pandas",
    "phonenumbers", "polars", "pycountry", "python_calamine", "pyvis", "rapidfuzz", "scipy", "starlette",
    "stdnum", "streamlit", "uvicorn", "xlsxwriter",
}  # fmt: skip

HEAVY_OF_OURS = {"graphkam.model.records", "graphkam.store.accounts"}
"""All kinds of record are classes to be made, which takes a tenth of the start; and what needs them."""

ASK = """
import sys
sys.argv = ["graphkam", *sys.argv[1:]]
from graphkam.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("LOADED", *sys.modules)
"""


LISTED = {"pydantic", "rich", "platformdirs"}
"""What the list of commands needs as little; where the data folder is said."""


def loaded(*arguments):
    """Give the modules that a command has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "GRAPHKAM_HOME": os.devnull},
    )
    found = set(done.stdout.rpartition("LOADED")[2].split())
    assert "graphkam.cli.app" in found
    return found


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["audit", "--help"]], ids=" ".join)
def test_help_loads_no_heavy_library(arguments):
    found = loaded(*arguments)
    assert HEAVY & {name.partition(".")[0] for name in found} == set()
    assert HEAVY_OF_OURS & found == set()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_list_of_commands_loads_none_of_them(option):
    found = loaded(option)
    assert LISTED & found == set()
    ours = {name for name in found if name.startswith("graphkam.")}
    assert ours == {
        "graphkam.cli", "graphkam.cli.app", "graphkam.cli.command", "graphkam.cli.session",
        "graphkam.cli.streams", "graphkam.cli.waiting", "graphkam.errors", "graphkam.folder", "graphkam.text",
    }  # fmt: skip


def test_a_command_loads_its_own_module_and_no_other():
    found = {name for name in loaded("audit", "--help") if name.startswith("graphkam.cli.questions.")}
    assert found == {"graphkam.cli.questions.asking", "graphkam.cli.questions.audit"}
