"""What the documents tell is so: commands, options, targets, links, generated pages."""

import re
import shlex
import subprocess
import sys

import pytest

BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def pages(root):
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]


@pytest.fixture(scope="session")
def lines(root):
    """Command lines in the documents' code blocks, by page."""
    return [
        (page.name, line.removeprefix("$ ").strip())
        for page in pages(root)
        for block in BLOCK.findall(page.read_text("utf-8"))
        for line in block.splitlines()
    ]


def targets(root):
    return set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_the_readme_has_its_two_commands(root):
    blocks = " ".join(BLOCK.findall((root / "README.md").read_text("utf-8"))).split("\n")
    assert "make demo" in [line.partition("#")[0].strip() for line in blocks]
    assert "make test" in [line.partition("#")[0].strip() for line in blocks]
    assert {"demo", "test", "check"} <= targets(root)


def test_every_target_told_of_exists(root, lines):
    told = {line.split()[1] for _, line in lines if line.startswith("make ")}
    text = " ".join(page.read_text("utf-8") for page in pages(root))
    told |= set(re.findall(r"`make ([a-z-]+)`", text))
    assert told <= targets(root)


def test_every_command_told_of_exists_with_its_options(lines, commands):
    wrong = []
    for page, line in lines:
        if not line.startswith("graphkam ") or line == "graphkam --version":
            continue
        words = shlex.split(line, comments=True)[1:]
        typed = " ".join(words[:2]) if " ".join(words[:2]) in commands else words[0]
        if typed not in commands:
            wrong.append((page, line))
            continue
        known = {n for p in commands[typed].params for n in (*p.opts, *p.secondary_opts)} | {"--help"}
        wrong += [(page, line, w) for w in words if w.startswith("-") and w.partition("=")[0] not in known]
    assert wrong == []


def test_every_command_is_told_of(root, commands):
    reference = (root / "docs" / "cli.md").read_text("utf-8")
    assert [name for name in commands if f"## graphkam {name}\n" not in reference] == []


def test_every_link_leads_somewhere(root):
    broken = [
        (page.name, target)
        for page in pages(root)
        for target in LINK.findall(page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_generated_pages_say_what_the_code_does(root):
    done = subprocess.run(
        [sys.executable, "docs/build.py", "--check"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_unattended_check_runs_the_test_command_of_the_readme(root):
    script = (root / ".ci" / "run").read_text("utf-8")
    assert "make test" in script
    assert "GRAPHKAM_REQUIRE=1" in script
    rest = set(re.search(r"^check: (.*) ##", (root / "Makefile").read_text("utf-8"), re.MULTILINE)[1].split())
    done = set(re.search(r"^for part in (.*); do$", script, re.MULTILINE)[1].split())
    assert done | {"test"} == rest
