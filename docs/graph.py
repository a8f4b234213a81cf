"""The page ``graph.md``: what stands in the graph under which name, for those who query it."""

from __future__ import annotations

import inspect
from typing import Any

from tables import code, table

from graphkam.model.base import Entity, Node
from graphkam.model.records import KINDS
from graphkam.model.table import Column, columns
from graphkam.model.targets import targets

INTRO = """# The graph, for queries of your own

```
graphkam query "MATCH (p:Person) RETURN p.last_name, p.status" --limit 20
```

One statement of Cypher; `-` in its place reads it from standard input. The answer is a table, or
`--json`, or `--csv`. What may be asked, and why nothing can be written: [store.md](store.md#queries).

* Every node also has the label `Record`, and `key` (`Person/jd`: its kind and its id), `id`, `version`,
  `updated_at` (UTC, ISO text) and `origin` (file, sheet and row; mail log; or the user).
* What is not known is **absent**, never zero. Days and months are ISO text (`2026-11-23`, `2026-11`), so
  they compare as text; amounts are exact decimal text: `toFloat(x.value)` to reckon with them.
* What is dated holds from `since` to `until`, both included; where one is absent, on that side for ever.
* An alias must not be the name of a variable of the statement.

Some to begin with: how many of us know each holder of weight; whom only one of us knows well; how the
decision centres decide; who leads most; what was written last.

```cypher
MATCH (p:Person)-[:HOLDS]->(s:Position)
WHERE s.weight >= 4
OPTIONAL MATCH (m:TeamMember)-[k:KNOWS]->(p)
RETURN s.title AS seat, p.last_name AS holder, count(m) AS known_by
ORDER BY known_by, seat
```

```cypher
MATCH (m:TeamMember)-[k:KNOWS]->(p:Person)
WHERE k.level >= 2
WITH p, collect(m.last_name) AS ours
WHERE size(ours) = 1
RETURN p.last_name AS person, ours[0] AS only
ORDER BY only, person
```

```cypher
MATCH (s:Position)-[:SITS_IN]->(c:DecisionCentre)
RETURN c.name AS centre, c.decision_rule AS decided_by, count(s) AS seats
ORDER BY seats DESC, centre
```

```cypher
MATCH (boss:Position)<-[:REPORTS_TO*1..3]-(s:Position)
RETURN boss.title AS chief, count(DISTINCT s) AS below
ORDER BY below DESC, chief
LIMIT 5
```

```cypher
MATCH (o:Operation)
RETURN o.at AS at, o.what AS what, o.who AS who, o.file AS file, o.puts AS written
ORDER BY o.revision DESC
LIMIT 10
```

Besides the records below there are `Operation` (each acknowledged write: `id`, `at`, `who`, `what`,
`file`, `sha256`, `account_ids`, `puts`, `removals`, `revision`; of an undo, `undoes`; of a restore,
`restored`) and one `Meta` (`schema_version`, `revision`, `history_from`, `restored_in`). `version` is the
revision that wrote a record. `Past` nodes keep earlier forms: `record` (its key), `account` (its id),
`from_revision`, `until_revision`, `change` (`update` or `removal`) and `form` (JSON text). Every node of
an account points to it by `IN_ACCOUNT`.
"""

_OF_EVERY_RECORD = {"id", "version", "updated_at", "origin"}
_STORED = {
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list of texts",
}


def graph_page() -> str:
    """Describe labels, relationships and properties."""
    nodes = [kind for kind in KINDS if isinstance(kind.GRAPH, Node)]
    ties = [kind for kind in KINDS if not isinstance(kind.GRAPH, Node)]
    page = [INTRO, "\n# Nodes\n", *map(part, nodes), "\n# Relationships with properties\n", *map(part, ties)]
    return "".join(page)


def part(kind: type[Entity]) -> str:
    """Describe one kind of record."""
    graph = kind.GRAPH
    about = inspect.getdoc(kind).partition("\n\n")[0].replace("\n", " ")
    if isinstance(graph, Node):
        title, ways = graph.label, [way(kind, field, type_) for field, type_ in graph.references.items()]
    else:
        start, end = (targets(kind, field)[0].__name__ for field in (graph.start, graph.end))
        title, ways = graph.type, [f"`(:{start})-[:{graph.type}]->(:{end})`"]
    text = f"\n## {title}\n\n{about}\n\n"
    if ways:
        text += "".join(f"* {one}\n" for one in dict.fromkeys(ways)) + "\n"
    return text + table(["property", "meaning", "stored as"], properties(kind))


def way(kind: type[Entity], field: str, type_: str) -> str:
    """Write a relationship by which a node refers to others."""
    ends = "` or `".join(f"(:{target.__name__})" for target in targets(kind, field))
    return f"`(:{kind.__name__})-[:{type_}]->{ends}`, as `{field}`"


def properties(kind: type[Entity]) -> list[list[str]]:
    """List the properties that a kind has besides those of every record."""
    said = {column.field: column for column in columns() if column.record == kind.__name__}
    schema = kind.model_json_schema(mode="serialization")
    return [
        [code(name), meaning(said.get(name)), stored(schema, found)]
        for name, found in schema["properties"].items()
        if name not in _OF_EVERY_RECORD
    ]


def meaning(column: Column | None) -> str:
    """Say what a property means: the heading of its column, and where its values are listed."""
    if column is None:
        return ""
    if column.type in {"enum", "enums"}:
        return f"{column.header_en}: [{column.allowed}](workbook.md#{column.allowed})"
    return column.header_en


def stored(schema: dict[str, Any], found: dict[str, Any]) -> str:
    """Say how a property is stored."""
    options = [o for o in found.get("anyOf", [found]) if o.get("type") != "null"]
    resolved = [schema["$defs"][o["$ref"].rpartition("/")[2]] if "$ref" in o else o for o in options]
    kinds = {_STORED.get(o.get("type", "string"), "text") for o in resolved}
    return " or ".join(sorted(kinds))
