"""Differences between two JSON files, by the path of each value, and between two notebooks, by cell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lagesbild.provenance.differences.found import Difference, cut, sequence_differences

#: What the members of a list are known by, where each has one: then one that is added shifts none of the others.
_NAMES = ("path", "id", "name", "@id")


def json_differences(old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield the values of two JSON files that differ."""
    yield from value_differences(json.loads(old), json.loads(new))


def value_differences(old: Any, new: Any, path: str = "$") -> Iterator[Difference]:
    """Yield where two structures differ, by path."""
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _members(old, new, path, ".{}")
    elif isinstance(old, list) and isinstance(new, list):
        name = next((one for one in _NAMES if _names(old, one) and _names(new, one)), None)
        if name is None:
            yield from _members(dict(enumerate(old)), dict(enumerate(new)), path, "[{}]")
        else:
            by_name = [{member[name]: member for member in side} for side in (old, new)]
            yield from _members(by_name[0], by_name[1], path, f"[{name}={{}}]")
    elif old != new or type(old) is not type(new):
        short = cut(_text(old), _text(new))
        yield Difference(kind="value", place=path, old=short[0], new=short[1])


def notebook_differences(old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield where two notebooks differ: by cell, its source by line, its outputs and the rest by path."""
    left, right = json.loads(old), json.loads(new)
    cells = [side.pop("cells", []) for side in (left, right)]
    if len(cells[0]) != len(cells[1]):
        yield Difference(kind="part", place="number of cells", old=str(len(cells[0])), new=str(len(cells[1])))
    for number, (one, other) in enumerate(zip(*cells, strict=False), start=1):
        place = f"cell {number}"
        sources = [_lines(cell.pop("source", "")) for cell in (one, other)]
        for found in sequence_differences(*sources, word="source line"):
            yield found.within(place)
        for found in value_differences(one, other, path="$"):
            yield found.within(place)
    yield from value_differences(left, right)


def _members(old: dict[Any, Any], new: dict[Any, Any], path: str, form: str) -> Iterator[Difference]:
    for key in [*old, *(key for key in new if key not in old)]:
        place = path + form.format(key)
        if key in old and key in new:
            yield from value_differences(old[key], new[key], place)
        else:
            told = [cut(_text(side[key]), "")[0] if key in side else "" for side in (old, new)]
            yield Difference(kind="value", place=place, old=told[0], new=told[1])


def _names(members: list[Any], name: str) -> bool:
    """Return whether each member has a name of its own."""
    found = [member[name] for member in members if isinstance(member, dict) and isinstance(member.get(name), str)]
    return len(found) == len(members) > 0 and len(set(found)) == len(found)


def _lines(source: str | list[str]) -> list[str]:
    return ("".join(source) if isinstance(source, list) else source).splitlines()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
