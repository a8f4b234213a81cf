"""A command that does nothing heavy loads nothing heavy. How long it takes: benchmarks/startup.py."""

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


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["audit", "--help"]], ids=" ".join)
def test_help_loads_no_heavy_library(arguments):
    done = subprocess.run(
        [sys.executable, "-c", ASK, *arguments], capture_output=True, text=True, encoding="utf-8", check=True
    )
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "graphkam" in loaded
    assert HEAVY & {name.partition(".")[0] for name in loaded} == set()
    assert HEAVY_OF_OURS & loaded == set()
