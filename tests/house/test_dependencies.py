"""Each dependency has a reason, is used, and is declared where it is used."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

PARTS = {"markupsafe": "jinja2", "pydantic-core": "pydantic"}
"""Distributions that come with another and are its own."""
FOR_OTHERS = {
    "email-validator",  # pydantic's, for e-mail addresses
    "neo4j-rust-ext",  # makes the driver quicker; imported by itself
    "arcadedb-embedded",  # a Java program, started as a process of its own
}
TOOLS = {
    "build", "editables", "hatchling", "import-linter", "mypy", "pytest-timeout", "pytest-xdist", "ruff",
    "scipy-stubs", "types-networkx",
}  # fmt: skip
"""Development dependencies that are run, not imported."""


def canonical(requirement):
    return re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.fixture(scope="session")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def runtime(project):
    return {canonical(line) for line in project["project"]["dependencies"]}


@pytest.fixture(scope="session")
def development(project):
    groups = project["dependency-groups"]
    return {canonical(line) for group in groups.values() for line in group}


def imported(paths):
    """Give the distributions that modules import, wherever in them."""
    owners = packages_distributions()
    top = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                top.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                top.add(node.module.partition(".")[0])
    top -= set(sys.stdlib_module_names) | {"graphkam"}
    found = ({d.lower().replace("_", "-") for d in owners.get(name, [name])} for name in top)
    return {frozenset(PARTS.get(name, name) for name in names) for names in found}


def test_the_package_imports_what_it_declares(root, runtime):
    for owners in imported((root / "graphkam").rglob("*.py")):
        assert owners & runtime, sorted(owners)


def test_tests_and_scripts_import_what_is_declared(root, runtime, development):
    # The app's three lines, and scripts that import each other, are the project's own.
    own = {
        path.stem for folder in ("docs", "fixtures", "benchmarks") for path in (root / folder).rglob("*.py")
    }
    own |= {path.name for folder in ("docs", "fixtures", "benchmarks", "tests") for path in [root / folder]}
    paths = [p for d in ("tests", "docs", "fixtures", "benchmarks") for p in (root / d).rglob("*.py")]
    for owners in imported(paths):
        assert owners & (runtime | development | own), sorted(owners)


def test_every_dependency_is_used(root, runtime):
    used = frozenset().union(*imported((root / "graphkam").rglob("*.py")))
    assert runtime - used - FOR_OTHERS == set()


def test_every_development_dependency_is_used(root, development):
    paths = [p for d in ("tests", "docs", "fixtures", "benchmarks") for p in (root / d).rglob("*.py")]
    used = frozenset().union(*imported(paths))
    assert development - used - TOOLS == set()


def test_every_dependency_has_its_reason(root, runtime, development):
    rows = re.findall(
        r"^\| `([^`]+)` \| (.+) \|$", (root / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE
    )
    assert {name for name, _ in rows} == runtime | development
    assert all(reason.strip() for _, reason in rows)


def test_every_dependency_is_pinned(root, runtime, development, project):
    compared = {canonical(line) for line in project["dependency-groups"]["bench"]}

    def pinned(name):
        lines = (root / "requirements" / f"{name}.txt").read_text("utf-8").splitlines()
        return {line.partition("==")[0] for line in lines}

    assert runtime <= pinned("runtime")
    assert development - compared <= pinned("dev")
