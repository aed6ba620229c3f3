"""The command line: `retold COMMAND`.

Data goes to stdout, messages and progress to stderr. Exit codes: 0 done, 1 nothing found,
2 wrong use, 3 part of the input was refused, 4 archive, 5 network refused, 130 interrupted.
"""

from __future__ import annotations

import os
import sys

from retold.errors import RetoldError

__all__ = ["main"]


def main() -> None:
    """Run the command that the process was called with, and exit."""
    sys.exit(run(sys.argv[1:]))


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
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, click.Abort):
        sys.stderr.write("retold: interrupted\n")
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except RetoldError as error:
        sys.stderr.write(f"retold: {error}\n")
        return error.exit_code
    except BrokenPipeError:
        # The reader went away (`retold … | head`): not our error, and nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    return code if isinstance(code, int) else 0
