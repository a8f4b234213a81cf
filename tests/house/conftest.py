"""What the house rules look at: the sources, the tracked files, the commands."""

import ast
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]


class Source(NamedTuple):
    """One module of the package."""

    module: str
    path: Path
    tree: ast.Module

    @property
    def layer(self) -> str:
        return self.module.split(".")[1] if "." in self.module else ""


def read(path: Path) -> Source:
    parts = path.relative_to(ROOT).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    return Source(".".join(parts), path, ast.parse(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def sources() -> tuple[Source, ...]:
    return tuple(read(path) for path in sorted((ROOT / "graphkam").rglob("*.py")))


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """All files of the repository that exist, by git; a copy without git has nothing to say."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git clone")
    found = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in found if path.is_file())


@pytest.fixture(scope="session")
def commands():
    """All commands, by what is typed: ``audit``, ``store status`` …"""
    from typer.main import get_command

    from graphkam.cli.app import app

    def walk(command, typed):
        if hasattr(command, "commands"):
            for name, child in command.commands.items():
                yield from walk(child, [*typed, name])
        else:
            yield " ".join(typed), command

    return dict(walk(get_command(app), []))
