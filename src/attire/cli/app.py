"""The ``attire`` command: its verbs in the order of the pipeline."""

import logging
import sys
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from attire.cli.check import check
from attire.cli.demo import demo
from attire.cli.evaluate import evaluate
from attire.cli.explore import explore
from attire.cli.export import export
from attire.cli.index import index
from attire.cli.predict import predict
from attire.cli.recommend import recommend
from attire.cli.render import render
from attire.cli.search import search
from attire.cli.select import select
from attire.cli.serve import serve
from attire.cli.submit import submit
from attire.cli.train import train
from attire.cli.trends import trends
from attire.cli.tune import tune
from attire.errors import AttireError

__all__ = ["app", "main"]

app = typer.Typer(
    name="attire",
    help="Reads fashion photos: garments, parts, pixel outlines and fine-grained attributes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"attire {version('attire')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    pass


app.command()(demo)
app.command()(render)
app.command()(check)
app.command()(explore)
app.command()(train)
app.command()(evaluate)
app.command()(tune)
app.command()(select)
app.command()(predict)
app.command()(submit)
app.command()(export)
app.command()(index)
app.command()(search)
app.command()(recommend)
app.command()(trends)
app.command()(serve)


def main() -> None:
    """Run the command line; what the user can mend is said without a traceback, with exit code 2."""
    _say_what_runs()
    try:
        app()
    except AttireError as error:
        Console(stderr=True).print(Text.assemble(("Error: ", "bold red"), str(error)), soft_wrap=True)
        sys.exit(2)
    except KeyboardInterrupt:
        Console(stderr=True).print("Stopped. Nothing half-written was left behind.")
        sys.exit(130)


def _say_what_runs() -> None:
    """Show on stderr what the package logs, such as which program reads a model."""
    log = logging.getLogger("attire")
    log.setLevel(logging.INFO)
    log.addHandler(logging.StreamHandler())


if __name__ == "__main__":
    main()
