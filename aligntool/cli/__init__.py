"""The command line: one module a command, imported only when it is run or listed."""

import importlib
import os
import pkgutil
import sys
from difflib import get_close_matches
from pathlib import Path

# onnxruntime, which argostranslate installs, phones home unless told not to before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

import click

from aligntool.errors import AligntoolError

__all__ = ["group", "main"]

_INTERRUPTED = 130
_ORDER = (
    *("translate", "flag", "clean", "align", "diff", "review", "status", "learn", "convert"),
    *("models", "train", "bench"),
)


class _Commands(click.Group):
    """Finds the commands in this folder; a file without ``command`` is a helper of theirs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        there = {module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])}
        return [name for name in _ORDER if name in there]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"aligntool.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but with a suggestion: click looks for one among commands that are loaded."""
        near = get_close_matches(args[0], self.list_commands(ctx), 1)
        if near and near[0] != args[0]:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)


def _color(_: click.Context, __: click.Parameter, value: str) -> str:
    """NO_COLOR and FORCE_COLOR decide unless the option does (no-color.org); click reads neither."""
    context = click.get_current_context()
    if value != "auto":
        context.color = value == "always"
    elif os.environ.get("NO_COLOR"):
        context.color = False
    elif os.environ.get("FORCE_COLOR"):
        context.color = True
    return value


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    callback=_color,
    expose_value=False,
    help="Colour in output for people; overrides NO_COLOR.",
)
@click.version_option(package_name="aligntool")
def group() -> None:
    """Translate foreign articles offline, align them, mark what machine translation left behind.

    \b
    aligntool translate corpus/ -o aligned/   one aligned TSV a document
    aligntool flag draft.txt                  what is wrong in machine-made English, and why
    aligntool models install nl en            a full translation package for a pair
    """  # noqa: D301 - the backspace is click's mark for lines not to be filled


def main() -> None:
    """Run the command line and exit: 0 fine, 1 findings, 2 can be mended, 75 run again, 130 interrupted."""
    try:
        group.main(standalone_mode=False)
    except click.Abort:
        click.echo("interrupted; finished files are kept, run again to resume", err=True)
        sys.exit(_INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except AligntoolError as error:
        _explain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader (head, less) has gone; python would complain again while flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _explain(error: AligntoolError) -> None:
    click.echo(f"{click.style('error:', fg='red', bold=True)} {error.message}", err=True)
    if error.hint:
        click.echo(f"{click.style('hint:', fg='cyan')} {error.hint}", err=True)
