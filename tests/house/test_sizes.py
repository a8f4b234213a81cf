"""Rooms a reader can take in: sizes and names of modules and functions."""

import ast

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
ROOMS_FOR_EVERYTHING = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def test_no_module_is_too_long(root, tracked):
    scripts = [path for path in tracked if path.suffix == ".py" and "tests" not in path.parts]
    lengths = {str(path.relative_to(root)): len(path.read_text("utf-8").splitlines()) for path in scripts}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_too_long(sources):
    too_long = {
        f"{source.module}.{node.name}": node.end_lineno - node.lineno + 1
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, FUNCTION) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }
    assert too_long == {}


def test_no_room_is_for_everything(sources):
    assert {s.module for s in sources if s.module.rpartition(".")[2] in ROOMS_FOR_EVERYTHING} == set()
