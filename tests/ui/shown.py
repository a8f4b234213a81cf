"""Everything that a page shows, read off what Streamlit sends to the browser, whatever its elements are.

A text is Markdown unless the browser is known to show it as it is. So an element that no test has
met yet is looked at as strictly as can be.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pyarrow as pa

PLAIN = frozenset({
    "Code.code_text", "Dataframe.alt", "DateInput.value", "IFrame.alt", "IFrame.srcdoc",
    "MultiSelect.default", "MultiSelect.options", "MultiSelect.placeholder", "MultiSelect.raw_values",
    "NumberInput.placeholder", "Selectbox.options", "Selectbox.placeholder", "Selectbox.raw_value",
    "Text.body", "TextArea.default", "TextArea.placeholder", "TextArea.value", "TextInput.default",
    "TextInput.placeholder", "TextInput.value", "VegaLiteChart.alt", "Exception.message",
    "Exception.stack_trace", "Image.alt", "FileUploader.type",
})  # fmt: skip
"""Shown letter by letter (measured): neither Markdown nor HTML."""

MECHANISM = frozenset({
    "Button.type", "ButtonGroup.raw_values", "Code.language", "Dataframe.column_order",
    "Dataframe.placeholder", "DateInput.default", "DateInput.format", "DateInput.max", "DateInput.min",
    "Heading.anchor", "Heading.tag", "IFrame.src", "LinkButton.type", "LinkButton.url", "PageLink.page",
    "PageLink.page_script_hash", "PageLink.query_string", "Progress.format", "Slider.format",
    "Slider.raw_value", "NumberInput.format", "Block.form.form_id", "Block.popover.type", "Block.dialog.id",
    "TimeInput.default", "TimeInput.value", "VegaLiteChart.theme", "VegaLiteChart.selection_mode",
    "VegaLiteChart.vega_hash", "Radio.raw_value", "ButtonGroup.default_values", "Block.flex_container.key",
})  # fmt: skip
"""Never shown."""

_NEVER = ("id", "form_id", "icon", "icon_material", "key", "selection_state")


@dataclass(frozen=True)
class Shown:
    """One text that a page shows."""

    where: str
    """Kind of element and its field: ``Button.label``."""
    text: str
    is_markdown: bool


def shown(app) -> Iterator[Shown]:
    """Give every text of a page, frame and side included."""
    for element in elements(app):
        kind = type(element).__name__
        if kind == "Dataframe":
            yield from _grid(element)
        elif kind == "Table":
            yield from _table(element)
        elif kind == "VegaLiteChart":
            yield from _chart(element)
        elif kind == "BidiComponent":
            yield from (Shown("BidiComponent", text, is_markdown=False) for text in _component(element))
        elif kind == "Html":
            yield Shown("Html.body", _without_style(element.body), is_markdown=True)
        if _is_unchosen(element, kind) and not element.placeholder:
            yield Shown(f"{kind}.placeholder", "Choose an option", is_markdown=False)
        for where, text in _strings(element, kind):
            if where in _STRUCTURED or where in MECHANISM or where.rpartition(".")[2] in _NEVER:
                continue
            yield Shown(where, text, is_markdown=where not in PLAIN)


_TABLES = frozenset({"Dataframe", "Table", "VegaLiteChart"})
_STRUCTURED = ("Dataframe.columns", "VegaLiteChart.spec", "Html.body")


def _is_unchosen(element, kind: str) -> bool:
    """Tell whether Streamlit says something of its own there if we say nothing."""
    return (kind == "Selectbox" and not element.HasField("default")) or (
        kind == "MultiSelect" and not element.default
    )


def elements(app, *, only_main: bool = False) -> Iterator:
    """Give the messages of all elements and blocks, from top to bottom."""

    def walk(node):
        if getattr(node, "proto", None) is not None:
            yield node.proto
        for child in getattr(node, "children", {}).values():
            yield from walk(child)

    yield from walk(app._tree.main if only_main else app._tree)


def _strings(message, path: str) -> Iterator[tuple[str, str]]:
    if path.startswith("BidiComponent"):
        return
    for field, value in message.ListFields():
        where = f"{path}.{field.name}"
        if field.type == field.TYPE_MESSAGE and not field.message_type.GetOptions().map_entry:
            for part in value if field.is_repeated else [value]:
                yield from _strings(part, where)
        elif field.type == field.TYPE_BYTES:
            assert path.split(".", maxsplit=1)[0] in _TABLES, f"what does {where} show?"
        elif field.type == field.TYPE_STRING:
            yield from ((where, text) for text in (value if field.is_repeated else [value]))


def _table(element) -> Iterator[Shown]:
    """Give the headings and the cells of what is no grid: Markdown, all of it."""
    table = _read(element.arrow_data.data)
    said = [*table.column_names, *(cell for row in table.to_pylist() for cell in row.values())]
    yield from (Shown("Table", text, is_markdown=True) for text in said if isinstance(text, str))


def _read(body: bytes) -> pa.Table:
    return pa.ipc.open_stream(BytesIO(body)).read_all()


def _grid(element) -> Iterator[Shown]:
    """Give headings and cells, which are drawn as they are, and what headings mean, which is Markdown."""
    table = _read(element.arrow_data.data)
    columns = json.loads(element.columns or "{}")
    for name in table.column_names:
        about = columns.get(name, {})
        if about.get("hidden"):
            continue
        yield Shown("Dataframe.heading", about.get("label") or name, is_markdown=False)
        if about.get("help"):
            yield Shown("Dataframe.help", about["help"], is_markdown=True)
        for value in table[name].to_pylist():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    yield Shown("Dataframe.cell", text, is_markdown=False)


_TOLD = frozenset({"title", "text", "description", "subtitle"})
_READ = frozenset({"text", "tooltip"})
"""Channels that show what stands in the data; an axis or a legend does if it has no words of its own."""


def _chart(element) -> Iterator[Shown]:
    """Give the titles, the labels and the data that a chart shows: Vega draws them as they are."""
    spec = json.loads(element.spec)
    said = [text for key, text in _leaves(spec) if key in _TOLD]
    said += [t for key, text in _leaves(spec) if key == "labelExpr" for t in re.findall(r'"([^"]*)"', text)]
    read = set(_fields_read(spec))
    tables = [_read(body).to_pylist() for body in _bodies(element) if body]
    tables += [data["values"] for data in _named(spec, "data") if "values" in data]
    said += [v for rows in tables for row in rows for k, v in row.items() if k in read and isinstance(v, str)]
    yield from (Shown("VegaLiteChart", text, is_markdown=False) for text in said)


def _bodies(element) -> list[bytes]:
    return [data.data.data for data in element.datasets] + [element.data.data]


def _fields_read(spec) -> Iterator[str]:
    for encoding in _named(spec, "encoding"):
        for channel, about in encoding.items():
            for one in about if isinstance(about, list) else [about]:
                if isinstance(one, dict) and "field" in one and _is_read(channel, one):
                    yield one["field"]


def _is_read(channel: str, about) -> bool:
    guide = about.get("axis" if channel in {"x", "y"} else "legend", {})
    has_own_words = guide is None or "labelExpr" in guide
    return channel in _READ or (about.get("type") in {"nominal", "ordinal"} and not has_own_words)


def _named(tree, name: str) -> Iterator:
    """Give every part of a chart that has a name."""
    if isinstance(tree, dict):
        if isinstance(tree.get(name), dict):
            yield tree[name]
        for part in tree.values():
            yield from _named(part, name)
    elif isinstance(tree, list):
        for part in tree:
            yield from _named(part, name)


def _leaves(tree, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for name, part in tree.items():
            yield from _leaves(part, name)
    elif isinstance(tree, list):
        for part in tree:
            yield from _leaves(part, key)
    elif isinstance(tree, str):
        yield key, tree


def _component(element) -> Iterator[str]:
    if data := getattr(element, "json", ""):
        yield from (text for key, text in _leaves(json.loads(data)) if key not in _NEVER_DRAWN)
    if data := getattr(element, "bytes", b""):
        picture = json.loads(data)["picture"]
        yield from picture.pop("words").values()
        yield from (text for key, text in _leaves(picture) if key in _DRAWN and text.strip())


_NEVER_DRAWN = ("lang",)
_DRAWN = frozenset({
    "label", "brief", "short", "title", "note", "facts", "figures", "group", "canvas", "summary",
})  # fmt: skip
"""What the map writes; the rest says where and how."""


def _without_style(body: str) -> str:
    return re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL).strip()


def addresses(app) -> Iterator[str]:
    """Give the addresses of our own that a page offers or shows inside it."""
    for element in elements(app):
        for name in ("url", "src"):
            address = getattr(element, name, "")
            if isinstance(address, str) and address:
                yield address
