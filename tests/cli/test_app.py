"""The table of commands: what is listed is there, and is loaded when it is wanted, not before."""

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from graphkam.cli.app import app
from graphkam.cli.waiting import Row, Waiting

RUN = CliRunner().invoke


def listed(*words):
    """Give the names and their help as ``--help`` lists them."""
    lines = RUN(app, [*words, "--help"], terminal_width=400).stdout.partition("Commands:\n")[2]
    return dict(line.split(maxsplit=1) for line in lines.splitlines())


def commands():
    """Give each command, by what is typed."""
    for name, command in get_command(app).commands.items():
        for inner, found in getattr(command, "commands", {"": command}).items():
            yield [name, inner] if inner else [name], found


@pytest.mark.parametrize(("typed", "command"), [pytest.param(*c, id=" ".join(c[0])) for c in commands()])
def test_every_command_can_be_loaded_and_says_of_itself_what_the_list_says(typed, command):
    *group, name = typed
    assert listed(*group)[name] == command.get_short_help_str(400)
    done = RUN(app, [*typed, "--help"], terminal_width=400)
    assert done.exit_code == 0
    assert command.help in done.stdout
    assert callable(command.callback)
    options = {option for parameter in command.params for option in parameter.opts}
    assert "--lang" in options
    assert all(option in done.stdout for option in options if option.startswith("--"))


def test_a_group_is_listed_with_the_commands():
    assert "store" in listed()
    assert list(listed("store")) == ["status", "start", "stop", "backup", "restore", "copy"]


def test_what_is_mistyped_is_refused_with_the_nearest():
    done = RUN(app, ["covrage"])
    assert done.exit_code == 2
    assert "'coverage'" in done.stderr
    assert "'status'" in RUN(app, ["store", "statsu"]).stderr


def test_a_command_waits_until_what_it_takes_is_looked_at():
    command = Waiting(Row("audit", "questions.audit.audit"))
    assert not {"params", "callback"} & set(vars(command))
    assert [parameter.name for parameter in command.params] == ["account", "lang"]
    assert {"params", "callback"} <= set(vars(command))
    assert not hasattr(command, "commands")


def test_a_row_that_names_no_function_is_not_passed_over():
    with pytest.raises(AttributeError, match="nothing"):
        _ = Waiting(Row("audit", "questions.audit.nothing")).params
