"""The command line: `retold COMMAND`.

Data goes to stdout, messages and progress to stderr. Exit codes: 0 done, 1 nothing found,
2 wrong use, 3 part of the input was refused, 4 archive, 5 network refused, 130 interrupted.
"""

from __future__ import annotations

import os
import sys

from retold.errors import RetoldError, UsageError

__all__ = ["main"]


def main() -> None:
    """Run the command that the process was called with, and exit."""
    _open_closed_streams()
    # A story is no work for the threads of linear algebra, and starting them costs 50 ms.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command has begun, or while a message is written
        code = 130
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command.

    Args:
        arguments: without the program's name.

    Returns:
        the exit code.
    """
    import click

    from retold.cli.app import app

    try:
        code = app(args=arguments, prog_name="retold", standalone_mode=False)
        sys.stdout.flush()
        sys.stderr.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _interrupted()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Exception as error:
        if _by_interruption(error):
            return _interrupted()
        return _failed(error)
    return code if isinstance(code, int) else 0


def _failed(error: Exception) -> int:
    """Says what went wrong; returns the exit code."""
    if isinstance(error, RetoldError):
        sys.stderr.write(f"retold: {error}\n")
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        # The reader went away (`retold … | head`): not our error, and nothing more to say.
        _let_go(1)
        return 0
    if isinstance(error, OSError):
        # Inputs are read behind a guard of their own: what is left is an output.
        return _unwritten(error)
    raise error


def _interrupted() -> int:
    sys.stderr.write("retold: interrupted\n")
    return 130


def _by_interruption(error: BaseException) -> bool:
    """Whether it came of an interruption: what is let go of half done may fail in its turn."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        if isinstance(at, KeyboardInterrupt):
            return True
        seen.add(id(at))
        at = at.__cause__ or at.__context__
    return False


def _unwritten(error: OSError) -> int:
    """Says that an output cannot be written (a full disk, say); returns the exit code."""
    where = f"{error.filename}: " if error.filename else ""
    try:
        sys.stderr.write(
            f"retold: {where}the output cannot be written ({error.strerror or error}). "
            "Free some space, or write elsewhere\n"
        )
        sys.stderr.flush()
    except OSError:
        _let_go(2)  # the messages cannot be written either
    _let_go(1)
    return UsageError.exit_code


def _let_go(descriptor: int) -> None:
    """Sends the rest of a stream nowhere, so that closing it does not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


def _open_closed_streams() -> None:
    """A caller may close standard streams; files opened later must not take their place."""
    for descriptor, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115
            if stream.fileno() != descriptor:
                os.dup2(stream.fileno(), descriptor)
            setattr(sys, name, stream)
