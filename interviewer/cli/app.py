"""The commands and their options. Each one only collects what was typed; the work is imported late."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Content = Annotated[
    list[Path] | None,
    typer.Option("--content", metavar="DIR", help="Add scenarios, rubrics and prompts of DIR."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Session = Annotated[str, typer.Argument(help="A session's id or its first letters; the newest if left out.")]
Model = Annotated[str, typer.Option("--model", help="offline, a model of your settings, or a preset.")]
Plain = Annotated[bool, typer.Option("--plain", help="Line by line, without a screen interface.")]
ClockKind = Annotated[str, typer.Option("--clock", help="real, or simulated: then /wait lets time pass.")]
AtEnd = Annotated[bool, typer.Option("--end-at-eof", help="With --plain: end and rate when the input ends.")]

app = typer.Typer(
    help="A terminal mock interviewer for machine-learning interviews.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
keys = typer.Typer(help="Keys of models, kept in a file only you can read.")
models = typer.Typer(help="List models; test what one can do.")
evals = typer.Typer(
    help="Evaluate an interviewer, offline, against scripted candidates.", no_args_is_help=True
)
app.add_typer(keys, name="keys")
app.add_typer(models, name="models")
app.add_typer(evals, name="eval")


# What typer makes of Ctrl+C.
_INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code."""
    command = typer.main.get_command(app)
    try:
        code = command.main(arguments, prog_name="interviewer", standalone_mode=False)
    except typer.TyperException as error:
        from interviewer.cli.guard import complain

        complain(_usage_line(error))
        return error.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    if code == _INTERRUPTED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _usage_line(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    message = " ".join(error.format_message().split()).rstrip(".")
    if context is None:
        return message
    return f"{message}; see {context.command_path} --help"


@app.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    content: Content = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Practise machine-learning interviews in the terminal."""
    context.obj = list(content or [])
    if version:
        from interviewer import __version__

        print(f"interviewer {__version__}")
        raise typer.Exit(0)
    if context.invoked_subcommand is None:
        from interviewer.cli.start import open_screen

        raise typer.Exit(open_screen(context.obj))


@app.command()
def start(
    context: typer.Context,
    scenario: Annotated[str, typer.Argument(help="Which scenario; the one that is due if left out.")] = "",
    format_: Annotated[str, typer.Option("--format", help="A company's format, for example google.")] = "",
    level: Annotated[str, typer.Option(help="junior, mid or senior.")] = "",
    model: Model = "",
    minutes: Annotated[float | None, typer.Option(help="Length of the interview; 0 is untimed.")] = None,
    file: Annotated[
        Path | None, typer.Option(help="Take the code from this file while your own editor writes it.")
    ] = None,
    plain: Plain = False,
    seed: Annotated[int | None, typer.Option(help="Makes hidden inputs and wording repeatable.")] = None,
    clock: ClockKind = "real",
    end_at_eof: AtEnd = False,
    content: Content = None,
) -> None:
    """Start an interview."""
    from interviewer.cli import start as work

    wanted = work.Wanted(
        scenario=scenario, format=format_, level=level, model=model, minutes=minutes, file=file, seed=seed
    )
    manner = work.Manner(plain=plain, clock=clock, end_at_eof=end_at_eof)
    raise typer.Exit(work.start(wanted, manner, [*context.obj, *(content or [])]))


@app.command()
def resume(
    context: typer.Context,
    session: Annotated[str, typer.Argument(help="A session; the newest unfinished one if left out.")] = "",
    file: Annotated[Path | None, typer.Option(help="Take the code from this file.")] = None,
    plain: Plain = False,
    clock: ClockKind = "real",
    end_at_eof: AtEnd = False,
) -> None:
    """Go on with a session that was left."""
    from interviewer.cli import start as work

    manner = work.Manner(plain=plain, clock=clock, end_at_eof=end_at_eof)
    raise typer.Exit(work.resume(session, file, manner, context.obj))


@app.command()
def demo(
    context: typer.Context,
    slow: Annotated[bool, typer.Option("--slow", help="At the pace of reading.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the session in your history.")] = False,
) -> None:
    """Watch a whole interview played from hello to the report."""
    from interviewer.cli.demo import demo as work

    raise typer.Exit(work(context.obj, slow=slow, keep=keep))


@app.command()
def scenarios(context: typer.Context, content: Content = None, json: Json = False) -> None:
    """List the scenarios."""
    from interviewer.cli.bank import scenarios as work

    raise typer.Exit(work([*context.obj, *(content or [])], json=json))


@app.command()
def new(
    what: Annotated[str, typer.Argument(help="scenario")],
    name: Annotated[str, typer.Argument(metavar="ID", help="The new scenario's id.")],
    into: Annotated[Path | None, typer.Option("--into", help="Folder to put it in.")] = None,
) -> None:
    """Start a scenario of your own: new scenario ID."""
    from interviewer.cli.bank import new as work

    raise typer.Exit(work(what, name, into))


@app.command()
def check(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Scenarios; all if none.")
    ] = None,
    matrix: Annotated[bool, typer.Option("--matrix", help="Show which test kills which mutant.")] = False,
    write_kills: Annotated[
        bool, typer.Option("--write-kills", help="Measure and write killed_by into the scenario files.")
    ] = False,
    workers: Annotated[int, typer.Option(min=0, help="How many at a time; 0: one per core.")] = 0,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Repeat what has not changed since the last check, too.")
    ] = False,
    content: Content = None,
    json: Json = False,
) -> None:
    """Prove that scenarios hold what they promise."""
    from interviewer.cli.bank import check as work

    raise typer.Exit(
        work(
            ids or [], [*context.obj, *(content or [])],
            json=json, write_kills=write_kills, matrix=matrix, workers=workers, afresh=afresh,
        )
    )  # fmt: skip


@app.command("run")
def run_(
    context: typer.Context,
    scenario: Annotated[str, typer.Argument(help="Which scenario's tests.")],
    file: Annotated[Path, typer.Argument(help="The solution.")],
    hidden: Annotated[bool, typer.Option("--hidden", help="Run hidden tests too.")] = False,
    reveal: Annotated[bool, typer.Option("--reveal", help="Name hidden tests and what they check.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of the hidden inputs.")] = 0,
    watch: Annotated[bool, typer.Option("--watch", help="Run again whenever the file changes.")] = False,
    content: Content = None,
    json: Json = False,
) -> None:
    """Run a scenario's tests on a file, without an interview."""
    from interviewer.cli.run_tests import run_tests as work

    raise typer.Exit(
        work(
            scenario, file, [*context.obj, *(content or [])],
            hidden=hidden or reveal, reveal=reveal, seed=seed, watch=watch, json=json,
        )
    )  # fmt: skip


@app.command()
def score(
    context: typer.Context,
    session: Session = "",
    rubric: Annotated[str, typer.Option(help="Another rubric's id.")] = "",
    model: Annotated[str, typer.Option(help="A model as judge; the rules if left out.")] = "",
    diff: Annotated[bool, typer.Option("--diff", help="Show what changed since the former rating.")] = False,
    json: Json = False,
) -> None:
    """Rate a session again."""
    from interviewer.cli.sessions import score as work

    raise typer.Exit(work(context.obj, session, rubric=rubric, model=model, diff=diff, json=json))


@app.command()
def report(
    context: typer.Context,
    session: Session = "",
    format_: Annotated[str, typer.Option("--format", help="md, html or json.")] = "md",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Print a session's report."""
    from interviewer.cli.sessions import report as work

    raise typer.Exit(work(context.obj, session, form=format_, output=output))


@app.command()
def history(context: typer.Context, json: Json = False) -> None:
    """List past sessions."""
    from interviewer.cli.sessions import history as work

    raise typer.Exit(work(context.obj, json=json))


@app.command()
def plan(context: typer.Context, json: Json = False) -> None:
    """Show the two-week plan and what is due."""
    from interviewer.cli.sessions import plan as work

    raise typer.Exit(work(context.obj, json=json))


@app.command()
def export(
    context: typer.Context,
    session: Session = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Print a session as JSON lines."""
    from interviewer.cli.sessions import export as work

    raise typer.Exit(work(context.obj, session, output=output))


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file written by `interviewer export`.")],
    as_: Annotated[str, typer.Option("--as", metavar="ID", help="Store it under another id.")] = "",
) -> None:
    """Take in an exported session."""
    from interviewer.cli.sessions import import_file as work

    raise typer.Exit(work(context.obj, file, session=as_))


@app.command()
def doctor(context: typer.Context, json: Json = False) -> None:
    """Tell what works on this machine and what does not."""
    from interviewer.cli.doctor import doctor as work

    raise typer.Exit(work(context.obj, json=json))


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8123,
) -> None:
    """Show the same screens in a browser on this machine."""
    from interviewer.cli.serve import serve as work

    raise typer.Exit(work(port))


@evals.command("run")
def evals_run(
    context: typer.Context,
    model: Model = "offline",
    personas: Annotated[
        list[str] | None,
        typer.Option("--persona", metavar="ID", help="Only this candidate; may be repeated."),
    ] = None,
    scenarios: Annotated[
        list[str] | None, typer.Option("--scenario", metavar="ID", help="Only here; may be repeated.")
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, max=100, help="How often each is played.")] = 1,
    seed: Annotated[int, typer.Option(help="Of the first epoch; each further one adds 1.")] = 1,
    at_a_time: Annotated[int, typer.Option("--at-a-time", min=1, max=64, help="Interviews at once.")] = 4,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Keep the result, for eval compare.")
    ] = None,
    content: Content = None,
    json: Json = False,
) -> None:
    """Play scripted candidates with an interviewer; tell what it did wrong and how they were rated."""
    from interviewer.cli.evals import run as work

    raise typer.Exit(
        work(
            [*context.obj, *(content or [])],
            model=model, personas=personas or [], scenarios=scenarios or [], epochs=epochs, seed=seed,
            at_a_time=at_a_time, output=output, json=json,
        )
    )  # fmt: skip


@evals.command("compare")
def evals_compare(
    first: Annotated[Path, typer.Argument(metavar="FIRST", help="A result of eval run.")],
    second: Annotated[Path, typer.Argument(metavar="SECOND", help="Another one, of the same cases.")],
    json: Json = False,
) -> None:
    """Compare two evaluations case by case, with the chance that the difference is luck."""
    from interviewer.cli.evals import compare as work

    raise typer.Exit(work(first, second, json=json))


@keys.command("set")
def keys_set(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help="A model of your settings, or a preset.")],
) -> None:
    """Store a model's key; it is read from the terminal unseen, or from a pipe."""
    from interviewer.cli.models import set_key as work

    raise typer.Exit(work(context.obj, model))


@keys.command("remove")
def keys_remove(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help="Whose key to forget.")],
) -> None:
    """Forget a model's key."""
    from interviewer.cli.models import remove_key as work

    raise typer.Exit(work(context.obj, model))


@models.callback(invoke_without_command=True)
def models_list(context: typer.Context, json: Json = False) -> None:
    """List your models and the presets."""
    if context.invoked_subcommand is None:
        from interviewer.cli.models import listing as work

        raise typer.Exit(work(context.obj, json=json))


@models.command("test")
def models_test(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help="A model of your settings, or a preset.")],
    json: Json = False,
) -> None:
    """Make a few tiny calls and tell what the endpoint can do."""
    from interviewer.cli.models import test as work

    raise typer.Exit(work(context.obj, model, json=json))
