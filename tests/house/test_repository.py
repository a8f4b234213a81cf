"""What is in the repository at all: sizes, hosts, paths of a machine, pinned versions."""

import re

import pytest

LARGEST = 1_000_000
REGISTRY = re.compile(
    r"\bpypi\.org|pythonhosted|registry\.npmjs|repo\d?\.maven|maven\.org|--(extra-)?index-url|--find-links",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.~$}*-])/(home|root|work|Users|mnt|srv|tmp)/[\w.]+|\b[A-Z]:\\Users\\")
LOCAL = ("127.0.0.1", "localhost", "[::1]")
LINK = re.compile(r"\b(?:https?|ftp)://([^\s/)>\"'`:]+)")


def texts(root, paths):
    for path in paths:
        try:
            yield str(path.relative_to(root)), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def test_no_file_is_large(root, tracked):
    sizes = {str(path.relative_to(root)): path.stat().st_size for path in tracked}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_no_file_says_where_packages_come_from(root, tracked):
    own = "tests/house/test_repository.py"
    found = {name: hits for name, text in texts(root, tracked) if (hits := REGISTRY.findall(text))}
    found.pop(own, None)
    assert found == {}


def test_no_file_names_a_path_of_a_machine(root, tracked):
    found = {
        name: sorted({match.group() for match in MACHINE.finditer(text)})
        for name, text in texts(root, tracked)
        if not name.startswith("fixtures/hostile/")
    }
    assert {name: paths for name, paths in found.items() if paths} == {}


def test_the_documents_name_no_host(root, tracked):
    pages = [
        path for path in tracked if path.suffix in {".md", ".toml", ".txt", ".sh"} or path.name == "Makefile"
    ]
    named = {name: set(LINK.findall(text)) - set(LOCAL) for name, text in texts(root, pages)}
    assert {name: hosts for name, hosts in named.items() if hosts} == {}


@pytest.mark.parametrize("name", ["runtime", "build", "dev"])
def test_requirements_are_exact_versions_and_nothing_else(root, name):
    lines = (root / "requirements" / f"{name}.txt").read_text("utf-8").splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*==[\w.]+( ; .+)?", line), line
        # One version for every Python: what is tested on one is what runs on all.
        assert "python_version" not in line
        assert "python_full_version" not in line


def test_one_name_has_one_version(root):
    pinned: dict[str, str] = {}
    for name in ("runtime", "build", "dev"):
        for line in (root / "requirements" / f"{name}.txt").read_text("utf-8").splitlines():
            package, version = line.partition(" ")[0].split("==")
            assert pinned.setdefault(package, version) == version


def test_data_folders_and_environments_are_ignored(root):
    ignored = (root / ".gitignore").read_text("utf-8").split()
    assert {".venv/", ".graphkam", "dist/", "__pycache__/"} <= set(ignored)
