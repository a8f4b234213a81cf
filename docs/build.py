"""Write the pages of docs/ that the code knows better than we do; ``--check`` only looks for drift.

``cli.md`` comes from the commands, ``workbook.md`` and ``graph.md`` from the table of fields,
``settings.md`` from the settings. Nothing in them is written by hand: change the code, then ``make docs``.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

os.environ["GRAPHKAM_LANG"] = "en"  # before the commands are loaded: their help follows the language

from graph import graph_page
from tables import code, table

from graphkam import settings
from graphkam.model.records import KIND_BY_NAME
from graphkam.model.table import Column, columns, sheets
from graphkam.model.vocabulary import choices, crosswalk
from graphkam.settings import AnalysisSettings, QuerySettings, ServerSettings, Settings, StoreSettings
from graphkam.text import Words

FOLDER = Path(__file__).parent
MADE = "<!-- Made by docs/build.py from the code; change that, then: make docs -->\n"
SAY = Words("en").say
HAS = Words("en").has

EXAMPLES = {
    "template": "graphkam template -o my-accounts.xlsx",
    "import": "graphkam import my-accounts.xlsx --dry-run",
    "import-mail": "graphkam import-mail log.csv.gz --team-domain ours.example --as-of 2026-06-30",
    "export": 'graphkam export "Groupe Aubrévoie" -o aubrevoie.xlsx',
    "accounts": "graphkam accounts",
    "duplicates": 'graphkam duplicates "Groupe Aubrévoie"',
    "merge": 'graphkam merge "Jérôme Sabatier" "J. Sabatier" --dry-run',
    "audit": 'graphkam audit "Groupe Aubrévoie" --as-of 2026-11-23',
    "portfolio": 'graphkam portfolio --by member --leaves "Claire Vasseur" --as-of 2026-11-23',
    "who": 'graphkam who "Odile Marchand"',
    "coverage": 'graphkam coverage "Groupe Aubrévoie" --half-life none',
    "dependency": 'graphkam dependency "Groupe Aubrévoie" --json',
    "departure": 'graphkam departure "Groupe Aubrévoie" --leaves "Claire Vasseur"',
    "resilience": 'graphkam resilience "Moulins Tessandier" --theta 0.5 --time 10',
    "decision": 'graphkam decision "Groupe Aubrévoie" --centre "Contrat-cadre fluides"',
    "uncertainty": 'graphkam uncertainty "Groupe Aubrévoie" --json --explain',
    "ask": 'graphkam ask "Groupe Aubrévoie" --as-of 2026-11-23',
    "influence": 'graphkam influence "Groupe Aubrévoie" --centre "Contrat-cadre fluides"',
    "brokerage": 'graphkam brokerage "Groupe Aubrévoie" --as-of 2026-11-23',
    "buying-centre": 'graphkam buying-centre "Groupe Aubrévoie" --centre "Contrat-cadre fluides"',
    "upkeep": 'graphkam upkeep "Groupe Aubrévoie" --json',
    "week": 'graphkam week "Groupe Aubrévoie" --week-items 5',
    "changes": 'graphkam changes "Groupe Aubrévoie" --since 2026-05-23 --as-of 2026-11-23',
    "qualification": 'graphkam qualification "Navalis Chantiers" --weight-by-criterion image=20 '
    "--weight-by-criterion new_market=10",
    "map": 'graphkam map "Groupe Aubrévoie" -o influence.png --view influence',
    "profitability": 'graphkam profitability "Groupe Aubrévoie" --months --top 12',
    "paths": 'graphkam paths "Groupe Aubrévoie" "Édouard Lacaze-Morin" --as-of 2026-11-23',
    "mesh": 'graphkam mesh "Groupe Aubrévoie" --as-of 2026-11-23',
    "query": 'graphkam query "MATCH (p:Person) RETURN p.last_name, p.status" --csv',
    "log": "graphkam log --limit 50",
    "undo": "graphkam undo --dry-run",
    "store status": "graphkam store status --check",
    "store start": "graphkam store start",
    "store stop": "graphkam store stop",
    "store backup": "graphkam store backup accounts.backup",
    "store copy": "graphkam store copy team",
    "store restore": "graphkam store restore accounts.backup",
    "app": "graphkam app",
}

CLI_INTRO = """# Commands

Every command says what it does with `--help`, speaks English or French (`--lang`, or
`GRAPHKAM_LANG`), and ends with one of these exit codes:

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | a failure of ours or of the machine; or you declined |
| 2 | what was asked or given cannot be used: a bad file, an unknown name, a wrong option |
| 3 | only with `--detailed-exitcode`: there was something to change |
| 130 | interrupted by Ctrl-C |

A reader that stops reading (`graphkam audit | head -1`) is no failure, and stops no import. An answer
that finds no room on the disk is: exit code 1.

A name need not be exact: accents, case and small slips are forgiven. An exact name always wins; where
several fit, they are listed and nothing is done.
"""

WORKBOOK_INTRO = """# The workbook

`graphkam template` writes it, `graphkam import` reads it, `graphkam export` gives it back. A folder of
CSV files, one per sheet, is the same thing without Excel. The headings may be English, French or the
key, in any order, whatever their case and accents; sheets and columns that you do not need can be left
out.

* A **blank** cell says nothing: what is known stays known, and a new record has it unknown, which is
  never the same as zero. A lone `-` clears. In a workbook that graphkam exported, a blank clears too.
* A **reference** is the id, or the name (`Last First` or `First Last`), or `title @ unit`, or
  `unit < parent` where that is needed to tell two apart. Several are separated by `;`. Where two fit,
  graphkam asks you to say which; it never guesses.
* A date is `2026-11-23`; where a month is enough, `2026-11` will do.
* What an import makes of a file when others have changed the store meanwhile, of other names and of other
  holders, is told in [import.md](import.md).
* The last column of every sheet, `operation`, may say `delete`, or `end` to close what is dated.
* A position and its holder share one row. When somebody else holds it, write the new name: the weight,
  the seats and the reporting line stay; what was thought of the old holder and who knew him do not.
"""

SETTINGS_INTRO = """# Settings

Every default of graphkam, in one place. They are read, in this order of weight, from the options of a
command, from the environment, and from the file `settings.toml` in the data folder:

```toml
language = "fr"

[analysis]
half_life = 90
theta = 0.4

[store]
idle_minutes = 30

[servers.team]
uri = "neo4j+s://graph.example"
user = "anne"
password = "…"
```

| variable | what it says |
|---|---|
| `GRAPHKAM_HOME` | the data folder |
| `GRAPHKAM_LANG` | the language: `en` or `fr` |
| `GRAPHKAM_URI`, `GRAPHKAM_USER`, `GRAPHKAM_PASSWORD` | a Neo4j server instead of the embedded database |
| `GRAPHKAM_TARGET_USER`, `GRAPHKAM_TARGET_PASSWORD` | as whom `graphkam store copy` comes to an address |

A setting that does not exist, or is out of range, is refused by name, with what is allowed and what is
nearest: nothing is guessed.
"""


# ---------------------------------------------------------------------------------------- cli.md


def commands(command: Any, typed: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Give all commands, by what is typed."""
    if not hasattr(command, "commands"):
        yield " ".join(typed), command
        return
    for name, child in command.commands.items():
        yield from commands(child, (*typed, name))


def is_argument(parameter: Any) -> bool:
    """Tell an argument from an option."""
    return not parameter.opts[0].startswith("-")


def shown(parameter: Any) -> str:
    """Write a parameter as it is typed."""
    if is_argument(parameter):
        return f"`{parameter.name.upper()}`"
    typed = parameter.type_descriptor.annotation
    [typed] = get_args(typed) or [typed]  # of an option that may be given several times, one value
    value = "" if parameter.is_flag else f" {parameter.metavar or typed.__name__.upper()}"
    return ", ".join(f"`{name}{value}`" for name in (*parameter.opts, *parameter.secondary_opts))


def told(parameter: Any) -> str:
    """Give the help of a parameter, and its default where it has one."""
    help_ = parameter.help or ""
    if is_argument(parameter):
        return help_
    if parameter.required:
        return f"**Required.** {help_}"
    is_plain = parameter.default is not None and not isinstance(parameter.default, bool | list | tuple)
    return f"{help_} Default: `{parameter.default}`." if is_plain else help_


def cli_page() -> str:
    """Describe the commands."""
    from typer.main import get_command

    from graphkam.cli.app import app

    shared = set(AnalysisSettings.model_fields)
    page, of_questions = [CLI_INTRO], {}
    for name, command in commands(get_command(app)):
        own = [p for p in command.params if p.name not in shared]
        of_questions |= {p.name: p for p in command.params if p.name in shared}
        arguments = " ".join(
            p.name.upper() if p.required else f"[{p.name.upper()}]" for p in own if is_argument(p)
        )
        page.append(f"\n## graphkam {name}\n\n{command.help}\n\n```\n{EXAMPLES[name]}\n```\n\n")
        page.append(f"`graphkam {' '.join(filter(None, [name, arguments]))} [OPTIONS]`\n\n")
        page.append(table(["typed", "meaning"], ([shown(p), told(p)] for p in own)))
        if len(own) < len(command.params):
            page.append("\nand the [settings of the analyses](#settings-as-options).\n")
    if of_questions:
        page.append("\n## Settings as options\n\nThe defaults are in [settings.md](settings.md).\n\n")
        page.append(table(["typed", "meaning"], ([shown(p), told(p)] for p in of_questions.values())))
    return "".join(page)


# ----------------------------------------------------------------------------------- workbook.md


def sheet_part(found: tuple[Column, ...]) -> str:
    """Describe a sheet."""
    first = found[0]
    kinds = list(dict.fromkeys(column.record for column in found))
    about = " ".join(inspect.getdoc(KIND_BY_NAME[kind]).partition("\n")[0] for kind in kinds)
    rows = (
        [
            code(c.key),
            c.header_en,
            c.header_fr,
            c.type.replace("_", " "),
            c.required,
            f"[{c.allowed}](#{c.allowed})" if c.type in {"enum", "enums"} else c.allowed,
            code(f"{c.record}.{c.field}"),
        ]
        for c in found
    )
    head = ["key", "English", "French", "type", "required", "allowed", "fills"]
    title = f"\n## {first.sheet_en} · {first.sheet_fr}\n\nKey `{first.sheet}`. {about}\n\n"
    return title + table(head, rows)


def workbook_page() -> str:
    """Describe the sheets, their columns and the lists of values."""
    page = [WORKBOOK_INTRO, *(sheet_part(found) for found in sheets().values())]
    page.append("\n# The lists\n\nA cell may hold the code, the English or the French label.\n")
    for name in dict.fromkeys(c.allowed for c in columns() if c.type in {"enum", "enums"}):
        rows = ([code(choice.code), choice.en, choice.fr] for choice in choices(name))
        page.append(f"\n## {name}\n\n" + table(["code", "English", "French"], rows))
    names = crosswalk()[0]._fields
    page.append("\n# Role names of other methods\n\nBy meaning, not by spelling: an *economic buyer* ")
    page.append("releases the money, so is our decider. A champion, a coach or a blocker is a stance. ")
    page.append("A workbook may say these names too.\n\n")
    rows = ([row.role.value, *map("; ".join, row[1:])] for row in crosswalk())
    page.append(table([name.replace("_", " ") for name in names], rows))
    return "".join(page)


# ----------------------------------------------------------------------------------- settings.md


def notes(section: type) -> dict[str, str]:
    """Give the text that stands under each field in the code."""
    kinds = [kind for kind in section.__mro__ if kind.__module__.startswith(settings.__name__)]
    bodies = [ast.parse(inspect.getsource(kind)).body[0].body for kind in kinds]
    found = {}
    for field, text in chain.from_iterable(map(pairwise, bodies)):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
            found[field.target.id] = inspect.cleandoc(text.value.value)
    return found


def section_part(title: str, section: type, prefix: str) -> str:
    """Describe one section of the settings."""
    said = notes(section)
    rows = []
    for name, field in section.model_fields.items():
        if isinstance(field.default, BaseModel) or name == "servers":
            continue  # a section of its own
        key = f"cli.help.setting.{name}"
        text = SAY(key) if section is AnalysisSettings and HAS(key) else said.get(name, "")
        default = "" if field.is_required() or field.default in ({}, None) else field.default
        rows.append([code(prefix + name), code(default), ", ".join(map(code, settings.allowed(field))), text])
    return f"\n## {title}\n\n" + table(["setting", "default", "allowed", "meaning"], rows)


def settings_page() -> str:
    """Describe the settings."""
    return (
        SETTINGS_INTRO
        + section_part("General", Settings, "")
        + section_part("Analyses", AnalysisSettings, "analysis.")
        + section_part("Store", StoreSettings, "store.")
        + section_part("Other servers", ServerSettings, "servers.NAME.")
        + section_part("Queries", QuerySettings, "query.")
    )


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "workbook.md": workbook_page,
    "settings.md": settings_page,
    "graph.md": graph_page,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or tell which of them say something else than the code."""
    stale = 0
    for name, write in PAGES.items():
        path, wanted = FOLDER / name, MADE + write()
        found = path.read_text(encoding="utf-8") if path.exists() else ""
        if found == wanted:
            continue
        stale += 1
        if "--check" not in arguments:
            path.write_text(wanted, encoding="utf-8")
            continue
        changed = difflib.unified_diff(
            found.splitlines(), wanted.splitlines(), name, "the code", lineterm="", n=0
        )
        print("\n".join(list(changed)[:20]))
    if stale and "--check" in arguments:
        print(f"{stale} page(s) of docs/ no longer say what the code does. Run: make docs")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
