"""What posting articles changes in a library: new ones, next versions of others, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from service.contracts import ArticleStore
from service.domain import Narration
from service.narration.writing import have_something_in_common


@dataclass(slots=True)
class Posting:
    """`ids` of the articles that were posted, in order; `new` of those that were not there;
    `heard` of those that are to be spoken; `changes` are to be saved together.
    """

    ids: list[str] = field(default_factory=list)
    new: set[str] = field(default_factory=set)
    heard: list[str] = field(default_factory=list)
    changes: list[Narration] = field(default_factory=list)


async def planned(
    store: ArticleStore, written: Sequence[Narration], collections: Sequence[str]
) -> Posting:
    """What is to be done to have these articles in the library, and in these collections."""
    posting = Posting()
    ids: dict[str, str] = {}
    for wanted in written:
        key = wanted.spec.key
        if key not in ids:
            ids[key] = _plan(posting, wanted, await store.find(wanted.spec), collections)
        posting.ids.append(ids[key])
    return posting


def _plan(
    posting: Posting, wanted: Narration, stored: Narration | None, collections: Sequence[str]
) -> str:
    """Adds what is to be done for one article; returns its id."""
    if stored and stored.spec.key == wanted.spec.key:
        return _revise(posting, stored, stored.revised(collections=_all(stored, collections)))
    if stored and have_something_in_common(stored, wanted):
        new = stored.revised(
            spec=wanted.spec, outcome=wanted.outcome, collections=_all(stored, collections)
        )
        posting.heard.append(stored.id)
        return _revise(posting, stored, new)
    if stored:  # its page has got another article by now
        text = replace(stored.spec.article, page=None)
        spec = replace(stored.spec, article=text, page_key=None)
        _revise(posting, stored, stored.revised(spec=spec))
    posting.new.add(wanted.id)
    posting.heard.append(wanted.id)
    posting.changes.append(replace(wanted, collections=in_order(collections)))
    return wanted.id


def _revise(posting: Posting, old: Narration, new: Narration) -> str:
    if new is not old:
        posting.changes.append(new)
    return old.id


def in_order(collections: Sequence[str]) -> tuple[str, ...]:
    """Each name once, as narrations have them."""
    return tuple(sorted(set(collections)))


def _all(stored: Narration, collections: Sequence[str]) -> tuple[str, ...]:
    return in_order([*stored.collections, *collections])
