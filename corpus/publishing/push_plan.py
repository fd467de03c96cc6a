"""The plan of a push: what lies in the folder, what lies on the Hub, and what can be done about the difference.

Whatever makes a push impossible is found here, before anything is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import __version__
from corpus.errors import UsageError
from corpus.publishing.card_merge import handwritten, merge_cards
from corpus.publishing.dataset import CARD
from corpus.publishing.difference import Difference, find_difference
from corpus.publishing.front_matter import head_values
from corpus.publishing.outgoing import Outgoing, read_outgoing
from corpus.publishing.patience import ask_patiently
from corpus.publishing.refusals import ask, require_token
from corpus.publishing.repository import Repository, State

MESSAGE = f"Push by Song Ngữ {__version__}"
SOURCES_NAMED = 10
# What git allows in a tag, short of its rarer signs.
_TAG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_+-]|[./](?=[A-Za-z0-9])){0,99}")


@dataclass(frozen=True)
class Plan:
    """A push that can be made: what lies in the folder, what lies on the Hub (None: no such repository), the rest."""

    repository: Repository
    outgoing: Outgoing
    state: State | None
    card: str
    difference: Difference
    private: bool
    tag: str | None
    create_pr: bool
    message: str

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know before anything is sent."""
        return tuple(_notices(self))


def plan_push(
    out: str | Path,
    repo_id: str,
    *,
    public: bool = False,
    tag: str | None = None,
    create_pr: bool = False,
    no_articles: bool = False,
    message: str | None = None,
    dry_run: bool = True,
) -> Plan:
    """Look at the folder and at the Hub, and refuse what cannot be done. Sends nothing. Arguments as of `publish`.

    A plan that is to be carried out (not `dry_run`) needs a token; the Hub is not asked without one.
    """
    _check_names(repo_id, tag)
    if tag and create_pr:
        raise UsageError("a pull request cannot be tagged; push it without --tag, merge it, then push with --tag")
    outgoing = read_outgoing(out, repo_id, no_articles=no_articles)
    if not dry_run:
        require_token()
    repository = Repository(repo_id)
    state = ask(lambda: ask_patiently(repository.read, may_repeat_itself=True), repo_id)
    if state is None and create_pr:
        raise UsageError(f"there is no {repo_id} to open a pull request on; push without --create-pr first")
    if state and public and state.private:
        raise UsageError(
            f"{repo_id} is private, and a push does not change that; make it public at {repository.url}/settings,"
            " or push without --public"
        )
    card, difference = _compare(repository, outgoing, state)
    plan = Plan(
        repository=repository,
        outgoing=outgoing,
        state=state,
        card=card,
        difference=difference,
        private=state.private if state else not public,
        tag=tag,
        create_pr=create_pr,
        message=message or MESSAGE,
    )
    _check_tag(plan)
    return plan


def renew(plan: Plan, state: State) -> Plan:
    """The same push on what the repository holds now."""
    card, difference = _compare(plan.repository, plan.outgoing, state)
    return replace(plan, state=state, card=card, difference=difference)


def _compare(repository: Repository, outgoing: Outgoing, state: State | None) -> tuple[str, Difference]:
    theirs = state.card if state else ""
    try:
        card = merge_cards(theirs, outgoing.card)
    except UsageError as error:
        raise UsageError(f"the card at {repository.url} was changed by hand: {error}; then push again") from None
    return card, find_difference(outgoing.shards, card, state.files if state else {}, theirs)


def _check_names(repo_id: str, tag: str | None) -> None:
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined]

    problem = "" if repo_id.count("/") == 1 else "it has to be your name or an organisation's, a slash, and a name"
    try:
        validate_repo_id(repo_id)
    except HFValidationError as error:
        problem = problem or " ".join(str(error).split())
    if problem:
        raise UsageError(f"{repo_id!r} cannot be the name of a repository: {problem}; write it as org/name")
    if tag is not None and (not _TAG.fullmatch(tag) or tag.endswith(".lock")):
        raise UsageError(f"{tag!r} cannot be a tag; use letters, digits, dots and dashes, such as v1.0.0")


def _check_tag(plan: Plan) -> None:
    """A tag that exists must be on the very commit that the push ends with."""
    if not plan.tag or not plan.state or plan.tag not in plan.state.tags:
        return
    tagged = plan.state.tags[plan.tag]
    if plan.difference or tagged != plan.state.head:
        raise UsageError(
            f"the tag {plan.tag} is on another commit already ({tagged[:12]}); nothing was sent: choose a new tag,"
            f" or take it away with: hf repos tag delete {plan.repository.repo_id} {plan.tag} --type dataset"
        )


def _notices(plan: Plan) -> Iterator[str]:
    if not plan.private:
        yield f"{plan.repository.repo_id} is public: everybody can read what is pushed"
    if unlicensed := plan.outgoing.unlicensed:
        named = ", ".join(f"{name} ({rows})" for name, rows in unlicensed[:SOURCES_NAMED])
        more = f" and {len(unlicensed) - SOURCES_NAMED} more" if len(unlicensed) > SOURCES_NAMED else ""
        yield (
            f"no licence is stated by these sources (rows): {named}{more}; make sure you may pass their texts on"
            + (", or push with --no-articles" if "articles" in plan.outgoing.rows else "")
        )
    ours, merged = head_values(plan.outgoing.card), head_values(plan.card)
    if ours.get("license") != merged.get("license"):
        yield (
            f"the card on the Hub says license: {merged.get('license')}, the sources say: {ours.get('license')};"
            " the card's was kept, so change it there if it is wrong"
        )
    left = [text for text in handwritten(plan.outgoing.card) if text not in handwritten(plan.card)]
    if left:
        yield (
            f"{plan.outgoing.folder / CARD} holds text that the card on the Hub does not ({left[0][:60]!r} …);"
            " the Hub's was kept, so write it there"
        )
