"""`songngu push`: the dataset of a run, on the Hugging Face Hub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from corpus.cli.terminal import printable
from corpus.publishing.card_markdown import plural
from corpus.publishing.card_markdown import size as size_of

if TYPE_CHECKING:
    from corpus.publishing.hub import Pushed


@click.command("push")
@click.argument("out")
@click.argument("repo_id", metavar="ORG/NAME")
@click.option("--public", is_flag=True, help="Make a new repository readable by everybody; it is private otherwise.")
@click.option("--tag", metavar="TAG", help="Name the commit, such as v1.0.0.")
@click.option("--create-pr", is_flag=True, help="Open a pull request instead of committing.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent, and send nothing.")
@click.option("--no-articles", is_flag=True, help="Publish the aligned pairs alone, without the articles.")
@click.option("--message", metavar="TEXT", help="The message of the commit.")
def command(
    out: str,
    repo_id: str,
    public: bool,
    tag: str | None,
    create_pr: bool,
    dry_run: bool,
    no_articles: bool,
    message: str | None,
) -> None:
    """Push the dataset of the run in OUT, or the dataset folder OUT, to ORG/NAME on the Hugging Face Hub.

    Only what differs is sent, in one commit; the same thing twice sends nothing, and a push that was stopped goes on
    where it was. What a person wrote on the card by hand stays. Log in first with `hf auth login`, or set HF_TOKEN.
    """
    from corpus.publishing.hub import describe, send
    from corpus.publishing.patience import telling
    from corpus.publishing.push_plan import plan_push

    with telling(_tell_of_pause):
        plan = plan_push(
            out, repo_id, public=public, tag=tag, create_pr=create_pr, no_articles=no_articles, message=message,
            dry_run=dry_run,
        )  # fmt: skip
        for notice in plan.notices:
            click.echo(printable(f"note: {notice}"), err=True)
        pushed = describe(plan) if dry_run else send(plan)
    click.echo(printable("\n".join(summary_lines(pushed))))


def _tell_of_pause(attempt: int, attempts: int) -> None:
    from corpus.publishing.refusals import endpoint

    click.echo(printable(f"waiting for {endpoint()} (try {attempt} of {attempts})"), err=True)


def summary_lines(pushed: Pushed) -> Iterator[str]:
    """What was done, or would be, line by line: files first, then the card, then where it is."""
    found = pushed.difference
    for verb, files in (("add", found.add), ("change", found.change), ("delete", found.delete)):
        yield from _file_lines(verb, files)
    if pushed.dry_run and found.card_diff:
        yield from ["", *found.card_diff.split("\n"), ""]
    yield _outcome(pushed)


def _file_lines(verb: str, files: Mapping[str, int]) -> Iterator[str]:
    for path, size in files.items():
        yield f"{verb:<7} {size_of(size):>9}  {path}"


def _outcome(pushed: Pushed) -> str:
    visible = "private" if pushed.private else "public"
    where = f"{pushed.url} ({visible}{', new' if pushed.created else ''})"
    if same := pushed.difference.unchanged:
        where += f"; {plural(same, 'file')} there already"
    if pushed.dry_run and pushed.difference:
        return f"dry run, nothing was sent: {where}"
    if pushed.pull_request:
        what = "pull request opened" if pushed.sent else "nothing to do, the pull request is open"
        return f"{what}: {pushed.pull_request}"
    tagged = f"; tagged {pushed.tag}" if pushed.tag else ""
    if not pushed.sent:
        return f"nothing to do: {where}{tagged}"
    return f"pushed: {where}; commit {(pushed.commit or '')[:12]}{tagged}"
