"""The command line: one command per question; it opens, asks and prints, and computes nothing."""

from __future__ import annotations

import gc
import os
import sys

from graphkam.errors import GraphkamError, ImportRejected


def main() -> None:
    """Run the command line; every failure ends in one sentence and an exit code, never a traceback."""
    # A command makes many records and ends: looking for circles among them costs up to a fifth of it.
    gc.set_threshold(200_000, 20, 20)
    try:
        from graphkam.cli.app import app

        app()
    except GraphkamError as error:
        _explain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        _say("cli.interrupted")
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - the last fence before the user
        _report(error)
        sys.exit(1)


def _say(key: str, **params: str) -> None:
    from graphkam.cli.session import startup_language
    from graphkam.text import Words

    sys.stderr.write(Words(startup_language()).say(key, **params) + "\n")


def _explain(error: GraphkamError) -> None:
    from graphkam.cli.session import startup_language
    from graphkam.text import Words

    words = Words(startup_language())
    if isinstance(error, ImportRejected):
        from graphkam.exchange.problems import told

        if "--json" in sys.argv:
            import json

            listed = [problem.model_dump(mode="json") for problem in error.problems]
            sys.stdout.write(json.dumps({"problems": listed}, ensure_ascii=False, indent=2) + "\n")
        for problem in error.problems:
            mark = "! " if problem.severity == "warning" else ""
            sys.stderr.write(f"{mark}{told(problem, words)}\n")
    sys.stderr.write(words.error(error) + "\n")


def _report(error: Exception) -> None:
    """Keep the details of an unforeseen failure in a file, and say where."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="graphkam-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write("".join(traceback.format_exception(error)))
    _say("cli.unforeseen", file=log.name, what=type(error).__name__)
