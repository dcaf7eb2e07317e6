"""The queue: every document with its versions, their states, and how unsure the program was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pobratim.review.changes import Content, state_of

if TYPE_CHECKING:
    from pobratim.review.store import Store, Version

__all__ = ["ADJUDICATED", "preferred", "queue"]

ADJUDICATED = "adjudicated"


def queue(store: Store) -> list[dict[str, Any]]:
    """One row for each document, in the folder's order."""
    return [_row(store, identity) for identity in store.ids()]


def _row(store: Store, identity: str) -> dict[str, Any]:
    versions = [store.version(identity, name) for name in store.names(identity)]
    return {
        "id": identity,
        **store.summary(identity),
        "state": overall(versions),
        "versions": [_version(version) for version in versions],
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "name": version.name,
        "kind": version.kind,
        "parent": version.parent,
        "state": state_of(version.content),
        "revision": version.revision,
        "updated": version.updated or version.created,
        "authors": version.authors,
        "mentions": len(version.content["mentions"]),
        "unsure": remaining(version.content),
    }


def overall(versions: list[Version]) -> str:
    """A document's state: disputed while a fork is open, done once adjudicated or all are done."""
    states = {version.name: state_of(version.content) for version in versions}
    if states.get(ADJUDICATED) == "done":
        return "done"
    open_forks = [v for v in versions if v.kind == "conflict" and states[v.name] != "done"]
    if open_forks or "disputed" in states.values():
        return "disputed"
    main = [states[version.name] for version in versions if version.kind != "conflict"]
    if main and all(state == "done" for state in main):
        return "done"
    return "work" if versions else "new"


def remaining(content: Content) -> int:
    """How many mentions still have the program's score, and so wait for a person."""
    return sum("score" in mention for mention in content["mentions"].values())


def preferred(store: Store, identity: str) -> str | None:
    """The version to hand back: the adjudicated one, else a done one, else the latest."""
    versions = [store.version(identity, name) for name in store.names(identity)]
    candidates = [v for v in versions if v.kind != "conflict"]
    ranked = sorted(
        candidates,
        key=lambda v: (
            v.kind == ADJUDICATED,
            state_of(v.content) == "done",
            v.updated or v.created,
        ),
    )
    return ranked[-1].name if ranked else None
