"""The guide tells what the app writes, in both languages, with a picture of every step that is walked."""

import re
import struct

import pytest

from graphkam.model.table import sheets
from graphkam.model.vocabulary import choices
from graphkam.text import LANGUAGES, catalogue
from graphkam.ui.choices import _NAMES_OF_LANGUAGES

BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
LARGEST = 175_000


def guide(root, language):
    return (root / "docs" / "guide" / f"{language}.md").read_text("utf-8")


def walked(root):
    """Give the names of the pictures that are taken on the way."""
    return re.findall(r'at\.picture\("(\w+)"\)', (root / "docs" / "walks.py").read_text("utf-8"))


def written(language):
    """Give all that the app writes and a reader may click on or fill in."""
    labels = {choice.label(language) for choice in choices("know_kind")}
    headers = {column.header(language) for columns in sheets().values() for column in columns}
    texts = {text.replace("\u00a0", " ") for text in catalogue(language).values()}
    return texts | labels | headers | set(_NAMES_OF_LANGUAGES.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_guide_says_to_click_on_is_written_so_in_the_app(root, language):
    told = {" ".join(text.split()) for text in BOLD.findall(guide(root, language))}
    assert len(told) > 20
    assert told - written(language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_walked_has_its_picture_in_the_guide_in_that_order(root, language):
    assert PICTURE.findall(guide(root, language)) == [f"{language}/{name}.png" for name in walked(root)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_are_small_and_of_one_size(root, language):
    folder = root / "docs" / "guide" / language
    assert {file.stem for file in folder.iterdir()} == set(walked(root))
    heads = [file.read_bytes()[:24] for file in folder.iterdir()]
    assert len({struct.unpack(">II", head[16:]) for head in heads}) == 1
    assert max(file.stat().st_size for file in folder.iterdir()) < LARGEST


def test_the_readme_leads_to_the_guide(root):
    readme = (root / "README.md").read_text("utf-8")
    assert all(f"](docs/guide/{language}.md)" in readme for language in LANGUAGES)


def test_both_languages_tell_the_same_tasks(root):
    counted = {guide(root, language).count("\n## ") for language in LANGUAGES}
    assert len(counted) == 1
