"""The only way to an account is the workspace, which asks the policy.

The import rules of pyproject.toml say so of plain imports; here also imports inside functions,
imports by name, and calls.
"""

import ast

import pytest

DOOR = "graphkam.workspace"
ROOMS_BEHIND_THE_DOOR = ("graphkam.store", "graphkam.graph.build")
FILES_BEHIND_THE_DOOR = tuple(
    f"graphkam.exchange.{name}" for name in ("book", "export", "mail", "plan", "zipped")
)
"""What reads an account's records from a file or writes them to one; a template or the wording of
a problem has no account in it."""


DISGUISED = """
def f():
    from graphkam.store.accounts import Store
    importlib.import_module('graphkam.graph.build')
if TYPE_CHECKING:
    from graphkam.store import other
"""


def is_in(module, rooms):
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def imported(node):
    """Give what a statement or a call by name imports."""
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=str(module), names=names, level=0):
            yield module
            yield from (f"{module}.{alias.name}" for alias in names)
        case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(module)), *_]):
            yield module


def is_for_types_only(node):
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def run_time_nodes(tree):
    """Walk a tree without what only the type checker reads."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        if not is_for_types_only(child):
            yield from run_time_nodes(child)


def imports(tree):
    return {name for node in run_time_nodes(tree) for name in imported(node)}


def trespassers(sources, rooms, allowed):
    return {
        (source.module, name)
        for source in sources
        if not is_in(source.module, allowed)
        for name in imports(source.tree)
        if is_in(name, rooms)
    }


def test_only_the_workspace_opens_a_store_or_builds_a_graph(sources):
    allowed = (DOOR, "graphkam.store", "graphkam.graph")
    assert trespassers(sources, ROOMS_BEHIND_THE_DOOR, allowed) == set()


def test_only_the_workspace_reads_and_writes_account_files(sources):
    assert trespassers(sources, FILES_BEHIND_THE_DOOR, (DOOR, "graphkam.exchange")) == set()


def test_the_workspace_is_opened_by_the_faces_only(sources):
    assert trespassers(sources, (DOOR,), (DOOR, "graphkam.cli", "graphkam.ui")) == set()


@pytest.mark.parametrize(
    ("library", "room"),
    [
        ("neo4j", "graphkam.store"),
        ("streamlit", "graphkam.ui"),
        ("pyvis", "graphkam.drawing"),
        ("typer", "graphkam.cli"),
    ],
)
def test_a_library_stays_in_its_room(sources, library, room):
    assert trespassers(sources, (library,), (room,)) == set()


def test_every_act_of_the_workspace_on_an_account_asks_the_policy(sources):
    """A public method that reaches the store asks the policy, or goes through one that does."""
    rooms = [
        n for s in sources if is_in(s.module, (DOOR,)) for n in s.tree.body if isinstance(n, ast.ClassDef)
    ]
    methods = {n.name: n for room in rooms for n in room.body if isinstance(n, ast.FunctionDef)}
    bodies = {name: ast.unparse(node) for name, node in methods.items()}
    asking = (
        "require(",
        "self._allows(",
        "self._allowed(",
        "self._allowed_with_all(",
        "self._seen(",
        "self._readable(",
        "self._sees(",
    )
    asks = {name for name, body in bodies.items() if any(one in body for one in asking)}
    # These tell nothing about any account.
    silent = {"__init__", "open", "close", "revision", "migration", "_operation_of", "status"}
    reaches = {name for name, body in bodies.items() if "self._store" in body}
    assert {"records", "history", "apply", "plan_undo"} <= reaches
    assert reaches - asks - silent == set()


def test_the_rule_sees_through_disguises():
    seen = imports(ast.parse(DISGUISED))
    assert {"graphkam.store.accounts", "graphkam.graph.build"} <= seen
    assert "graphkam.store.other" not in seen
