"""The wheel has all that the package needs, and runs without a development dependency."""

import json
import re
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, packages_distributions, requires

import pytest

from graphkam.text import LANGUAGES

pytestmark = pytest.mark.slow

DATA = {".csv", ".toml", ".html", ".css", ".js", ".svg", ".png", ".woff2", ".ttf", ".typed", ".txt", ".json"}

IMPORT_ALL = """
import importlib, json, pkgutil, sys
unpacked, forbidden = sys.argv[1], set(json.loads(sys.argv[2]))

class Fence:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in forbidden:
            raise ModuleNotFoundError(f"{name} is for development only")

sys.meta_path.insert(0, Fence())
sys.path.insert(0, unpacked)
import graphkam
assert graphkam.__file__.startswith(unpacked), graphkam.__file__
for module in pkgutil.walk_packages(graphkam.__path__, "graphkam."):
    # These two kinds run when they are loaded.
    if ".ui.pages" not in module.name and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(len(list(pkgutil.walk_packages(graphkam.__path__, "graphkam."))))
"""


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            folder,
            root,
        ],
        check=True,
        capture_output=True,
    )
    [built] = folder.glob("*.whl")
    return built


def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def files(root, folder):
    return {p.relative_to(root).as_posix(): p for p in (root / folder).rglob("*") if p.is_file()}


def test_the_statements_are_in_the_wheel_byte_for_byte(root, wheel):
    stored = {name: path for name, path in files(root, "cypher").items() if path.suffix == ".cypher"}
    assert stored
    with zipfile.ZipFile(wheel) as archive:
        for name, path in stored.items():
            assert archive.read(f"graphkam/{name}") == path.read_bytes()


def test_words_tables_and_assets_are_in_the_wheel(root, wheel):
    wanted = {n for n, p in files(root, "graphkam").items() if p.suffix in DATA | {".py"}}
    wanted = {n for n in wanted if "__pycache__" not in n}
    assert wanted - names(wheel) == set()


def test_the_demo_accounts_are_in_the_wheel_byte_for_byte(root, wheel):
    with zipfile.ZipFile(wheel) as archive:
        for language in LANGUAGES:
            name = f"demo-{language}.xlsx"
            assert archive.read(f"graphkam/demo/{name}") == (root / "fixtures" / name).read_bytes()


def test_nothing_else_is_in_the_wheel(wheel):
    assert {name.partition("/")[0].partition("-")[0] for name in names(wheel)} == {"graphkam"}
    assert not any(name.startswith(("graphkam/tests", "tests")) for name in names(wheel))


def test_the_wheel_runs_without_development_dependencies(wheel, tmp_path):
    wanted = needed_by("graphkam")
    owners = packages_distributions()
    forbidden = sorted(m for m, dists in owners.items() if not {canonical(d) for d in dists} & wanted)
    assert "pytest" in forbidden
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, str(tmp_path), json.dumps(forbidden)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20


def canonical(name):
    return name.lower().replace("_", "-").replace(".", "-")


def needed_by(name, seen=None):
    """Give a distribution and all that it needs, from what is installed."""
    seen = set() if seen is None else seen
    if canonical(name) in seen:
        return seen
    seen.add(canonical(name))
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return seen
    for line in lines:
        if "extra ==" not in line:
            needed_by(re.split(r"[<>=!~;\[( ]", line, maxsplit=1)[0], seen)
    return seen
