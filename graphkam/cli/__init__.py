"""The command line: one command per question; it opens, asks and prints, and computes nothing."""

from __future__ import annotations

import gc
import sys

from graphkam.errors import GraphkamError, ImportRejected

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""
GC_THRESHOLDS = (2_000_000, 20, 20)
"""A command makes many records and ends: looking for circles among them costs up to a fifth of it."""
_A_MOMENT = 0.05


def main() -> None:
    """Run the command line; every failure ends in one sentence and an exit code, never a traceback."""
    from graphkam.cli.streams import Streams

    gc.set_threshold(*GC_THRESHOLDS)
    streams = Streams()
    sys.unraisablehook = _unraisable
    code = _run()
    if lost := streams.lost():
        _say("cli.output_lost", why=lost.strerror or type(lost).__name__)
        code = code or 1
    gc.freeze()  # nor is it worth while to look for them at the end: it all goes with the process
    sys.exit(code)


def _run() -> int:
    """Run the command; give its exit code."""
    try:
        from graphkam.cli.app import app

        app()
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            _say("cli.interrupted")
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except KeyboardInterrupt:
        _say("cli.interrupted")
        return INTERRUPTED
    except GraphkamError as error:
        _explain(error)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the last fence before the user
        _report(error)
        return 1
    return 0


def _unraisable(found: sys.UnraisableHookArgs) -> None:
    """Do again a Ctrl-C that came while something was being thrown away, where it goes unheard."""
    if found.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(found)
        return
    import _thread
    import threading

    threading.Timer(_A_MOMENT, _thread.interrupt_main).start()


def _say(key: str, **params: str) -> None:
    from graphkam.cli.session import startup_language
    from graphkam.text import Words

    sys.stderr.write(Words(startup_language()).say(key, **params) + "\n")


def _explain(error: GraphkamError) -> None:
    from graphkam.cli.session import startup_language
    from graphkam.text import Words

    words = Words(startup_language())
    if isinstance(error, ImportRejected):
        from graphkam.cli.session import as_json
        from graphkam.exchange.problems import told

        if "--json" in sys.argv:
            sys.stdout.write(as_json({"problems": error.problems}) + "\n")
        for problem in error.problems:
            mark = "! " if problem.severity == "warning" else ""
            sys.stderr.write(f"{mark}{told(problem, words)}\n")
    sys.stderr.write(words.error(error) + "\n")


def _report(error: Exception) -> None:
    """Keep the details of an unforeseen failure in a file, and say where."""
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="graphkam-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as log:
            log.write("".join(traceback.format_exception(error)))
    except OSError as unkept:
        why = unkept.strerror or type(unkept).__name__
        _say("cli.unforeseen_unkept", what=type(error).__name__, why=why)
    else:
        _say("cli.unforeseen", file=log.name, what=type(error).__name__)
