"""Two versions of a document side by side: what they share and each thing that differs.

Objects that both took over from the program have the same id; what both added has not. The second
version's ids are therefore first put in terms of the first's, span by span, so that two people who
mark the same words with the same label agree.
"""

from __future__ import annotations

from typing import Any

from pobratim.review.changes import Content

__all__ = ["aligned", "differences"]

Json = dict[str, Any]
ORDER = (
    "mentions",
    "relations",
    "cities",
    "officials",
    "organizations",
    "agreements",
    "counts",
)
UNCOMPARED = frozenset({"score", "why"})


def aligned(first: Content, second: Content) -> Content:
    """``second`` with the ids of ``first`` for the mentions, relations and records of both."""
    renamed = _same(first["mentions"], second["mentions"], _span)
    result: Content = {"mentions": _renamed(second["mentions"], renamed)}
    relations = {
        identity: {
            **relation,
            "head": renamed.get(relation["head"], relation["head"]),
            "tail": renamed.get(relation["tail"], relation["tail"]),
        }
        for identity, relation in second["relations"].items()
    }
    arrows = _same(first["relations"], relations, _arrow)
    result["relations"] = _renamed(relations, arrows)
    for name in ORDER[2:]:
        records = {
            identity: {**r, "mentions": [renamed.get(m, m) for m in r["mentions"]]}
            for identity, r in second[name].items()
        }
        result[name] = _renamed(records, _same(first[name], records, _facts))
    return result


def _renamed(objects: dict[str, Json], names: dict[str, str]) -> dict[str, Json]:
    return {
        names.get(identity, identity): {**one, "id": names.get(identity, identity)}
        for identity, one in objects.items()
    }


def _same(first: dict[str, Json], second: dict[str, Json], key: Any) -> dict[str, str]:
    """New names for objects of ``second``: those of objects of ``first`` with the same key.

    An id that means something in both keeps it. One that only ``second`` knows, but that ``first``
    uses for another thing, cannot be: ids of new things are random.
    """
    free = {key(one): identity for identity, one in first.items() if identity not in second}
    return {
        identity: free.pop(key(one))
        for identity, one in second.items()
        if identity not in first and key(one) in free
    }


def _span(mention: Json) -> tuple[Any, ...]:
    return mention["label"], mention["start"], mention["end"]


def _arrow(relation: Json) -> tuple[Any, ...]:
    return relation["label"], relation["head"], relation["tail"]


def _facts(record: Json) -> tuple[Any, ...]:
    told = {k: v for k, v in record.items() if k not in UNCOMPARED and k not in ("id", "mentions")}
    return repr(sorted(told.items())), tuple(sorted(record["mentions"]))


def differences(first: Content, second: Content) -> list[Json]:
    """Each thing that two versions have differently, in text order, kind by kind.

    A difference has ``key`` (stable while the two stay as they are), ``on``, ``id``, ``fields`` (what
    differs; empty where one side has nothing), ``first`` and ``second`` (the object or None, the
    second's in terms of the first's ids), and ``start``, the offset to look at.
    """
    other = aligned(first, second)
    found = [
        _difference(name, identity, first, other)
        for name in ORDER
        for identity in dict.fromkeys((*first[name], *other[name]))
        if _plain(first[name].get(identity)) != _plain(other[name].get(identity))
    ]
    return sorted(found, key=lambda d: (ORDER.index(d["on"]), d["start"], d["key"]))


def _plain(one: Json | None) -> Json | None:
    return one and {k: v for k, v in one.items() if k not in UNCOMPARED}


def _difference(name: str, identity: str, first: Content, second: Content) -> Json:
    left, right = first[name].get(identity), second[name].get(identity)
    fields: list[str] = []
    if left and right:
        one, two = _plain(left) or {}, _plain(right) or {}
        fields = sorted(k for k in one.keys() | two.keys() if one.get(k) != two.get(k))
    return {
        "key": f"{name}:{identity}",
        "on": name,
        "id": identity,
        "fields": fields,
        "first": left,
        "second": right,
        "start": _start(name, left, first) if left else _start(name, right or {}, second),
    }


def _start(name: str, one: Json, content: Content) -> int:
    if name == "mentions":
        return int(one["start"])
    cited = [one["head"]] if name == "relations" else one["mentions"]
    starts = [content["mentions"][m]["start"] for m in cited if m in content["mentions"]]
    return min(starts, default=0)
