"""Carrying a plan out: the repository, the large files, the commit and the tag, each asked for until it is there."""

from __future__ import annotations

from corpus.errors import UsageError
from corpus.publishing.difference import find_difference
from corpus.publishing.patience import ask_patiently
from corpus.publishing.push_plan import Plan, renew
from corpus.publishing.refusals import RESUMED, ask
from corpus.publishing.repository import Repository, Sent


def carry_out(plan: Plan) -> tuple[Plan, Sent, bool]:
    """Send what the plan says: the plan as it was carried out, the commit, and whether it had to be made."""
    repository, repo_id = plan.repository, plan.repository.repo_id
    if plan.state is None:
        plan = _with_new_repository(plan)
    sent = _sent_before(plan)
    made = sent is None
    if sent is None:
        additions = repository.additions(plan.outgoing.shards, plan.card, plan.difference)
        _upload(repository, additions, create_pr=plan.create_pr)
        sent = ask(lambda: ask_patiently(_Commit(plan, additions)), repo_id, again=RESUMED)
    if plan.tag:
        tag, commit = plan.tag, sent.commit
        ask(lambda: ask_patiently(lambda: repository.tag(tag, commit)), repo_id, again=RESUMED)
    return plan, sent, made


def _upload(repository: Repository, additions: list[object], *, create_pr: bool) -> None:
    def upload() -> None:
        repository.upload(additions, create_pr=create_pr)

    ask(lambda: ask_patiently(upload, may_repeat_itself=True), repository.repo_id, again=RESUMED)


def _with_new_repository(plan: Plan) -> Plan:
    repository = plan.repository
    ask(lambda: ask_patiently(lambda: repository.create(private=plan.private)), repository.repo_id)
    state = ask(lambda: ask_patiently(repository.read, may_repeat_itself=True), repository.repo_id)
    if state is None:
        raise UsageError(
            f"the name {repository.repo_id} is taken by a repository that you may not see;"
            " push under another name, or ask its owner for access"
        )
    if plan.private and not state.private:
        raise UsageError(
            f"{repository.repo_id} came out public, so nothing was sent; make it private at {repository.url}/settings"
        )
    return renew(plan, state)


def _sent_before(plan: Plan) -> Sent | None:
    """The commit or the open pull request that holds all that is to be pushed, None where there is none."""
    head = plan.state.head if plan.state else None
    if not plan.difference and head:
        return Sent(head)
    if not plan.create_pr:
        return None
    repository = plan.repository
    return ask(lambda: ask_patiently(lambda: _find_pull_request(plan), may_repeat_itself=True), repository.repo_id)


def _find_pull_request(plan: Plan) -> Sent | None:
    for revision, page in plan.repository.open_pull_requests(plan.message):
        files = plan.repository.read_files(revision)
        if not find_difference(plan.outgoing.shards, plan.card, files, plan.card):
            return Sent(revision, page)
    return None


class _Commit:
    """The commit, asked for again where it failed: its answer may be lost although it arrived."""

    def __init__(self, plan: Plan, additions: list[object]) -> None:
        self._plan, self._additions, self._failed = plan, additions, False

    def __call__(self) -> Sent:
        if self._failed and (arrived := self._look_again()):
            return arrived
        self._failed = True
        plan = self._plan
        return plan.repository.commit(
            self._additions,
            list(plan.difference.delete),
            message=plan.message,
            head=plan.state.head if plan.state else None,
            create_pr=plan.create_pr,
        )

    def _look_again(self) -> Sent | None:
        """The commit if it has arrived after all; else the plan is made anew on what the repository holds now."""
        plan = self._plan
        state = plan.repository.read()
        if state is None or (plan.state and state.head == plan.state.head):
            return _find_pull_request(plan) if plan.create_pr else None
        self._plan = renew(plan, state)
        if not self._plan.difference and state.head:
            return Sent(state.head)
        self._additions = plan.repository.additions(plan.outgoing.shards, self._plan.card, self._plan.difference)
        return None
