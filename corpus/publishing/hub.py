"""Pushing: a dataset folder becomes one commit of a repository on the Hub, or nothing if the Hub has it all.

plan_push   reads the folder and the repository, refuses what cannot be done     sends nothing
send        makes the repository where there is none, uploads, commits, tags
publish     both
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from corpus.publishing.difference import Difference
from corpus.publishing.push_plan import Plan, plan_push
from corpus.publishing.sending import carry_out


@dataclass(frozen=True)
class Pushed:
    """What a push did, or would do where `dry_run`.

    url: the page of the repository; commit: its newest commit afterwards, None where there is none or it is a dry run
    pull_request: the page of the one that holds the push, if it was to be one; tag: the tag on `commit`
    private, created: of the repository; sent: whether a commit was made
    difference: files added, changed and deleted, with sizes in bytes, and the card's diff
    notices: what a person should know, a sentence each
    """

    url: str
    private: bool
    created: bool
    sent: bool
    dry_run: bool
    difference: Difference
    notices: tuple[str, ...]
    commit: str | None = None
    pull_request: str | None = None
    tag: str | None = None


def publish(
    out: str | Path,
    repo_id: str,
    *,
    public: bool = False,
    tag: str | None = None,
    create_pr: bool = False,
    dry_run: bool = False,
    no_articles: bool = False,
    message: str | None = None,
) -> Pushed:
    """Push the dataset of the run or dataset folder `out` to `repo_id` ("org/name") on the Hugging Face Hub.

    A new repository is private unless `public`; that of an existing one never changes. Only files that differ are
    sent, in one commit; the same thing twice sends nothing. Text that a person wrote on the card stays.

    tag: name the commit; create_pr: open a pull request instead of committing; dry_run: send nothing
    no_articles: publish the aligned pairs alone; message: of the commit

    Raises UsageError for what cannot be done, NothingUsableError where there is no row to publish.
    """
    plan = plan_push(
        out, repo_id, public=public, tag=tag, create_pr=create_pr, no_articles=no_articles, message=message,
        dry_run=dry_run,
    )  # fmt: skip
    return describe(plan) if dry_run else send(plan)


def describe(plan: Plan) -> Pushed:
    """What `send` would do with the plan."""
    return Pushed(
        url=plan.repository.url,
        private=plan.private,
        created=plan.state is None,
        sent=False,
        dry_run=True,
        difference=plan.difference,
        notices=plan.notices,
    )


def send(plan: Plan) -> Pushed:
    """Carry the plan out. Stopped at any point, the same push again goes on from there."""
    created = plan.state is None
    plan, sent, made = carry_out(plan)
    return replace(
        describe(plan),
        created=created,
        sent=made,
        dry_run=False,
        commit=sent.commit,
        pull_request=sent.pull_request,
        tag=plan.tag,
    )
