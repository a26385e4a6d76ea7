"""YAML read with its line numbers, so that a fault in a reviewed file can name the line it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lagesbild.errors import Fault


@dataclass(frozen=True)
class Located:
    """A value of a YAML file and the line it begins on (the first line is 1).

    Parameters
    ----------
    value
        A scalar, a list of `Located`, or a dict from text to `Located`.
    line
        Where it begins.
    """

    value: Any
    line: int


def read_located(path: Path) -> tuple[Located | None, list[Fault]]:
    """Read one YAML file.

    Returns
    -------
    tuple
        The document (None if it can't be read at all) and the faults of its form: broken YAML, an empty
        file, a key that is no text, or the same key twice, which plain YAML readers let pass silently.
    """
    faults: list[Fault] = []
    try:
        loader = yaml.CSafeLoader(path.read_bytes().decode("utf-8"))
    except (UnicodeDecodeError, yaml.reader.ReaderError) as error:
        what = f"the file holds bytes that are no UTF-8 text ({error.reason})"
        return None, [Fault(what=what, file=path.name, action="Save it as UTF-8")]
    try:
        node = loader.get_single_node()
        if node is None:
            return None, [Fault(what="the file is empty", file=path.name, row=1, expected="area and indicators")]
        return _located(node, loader, path.name, faults), faults
    except yaml.reader.ReaderError as error:
        what = f"the file holds a character that no text has ({error.reason})"
        return None, [Fault(what=what, file=path.name, action="Fetch or write the file again")]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, [Fault(what=f"the file is not valid YAML: {error.problem}", file=path.name, row=line)]
    finally:
        loader.dispose()


def _located(node: yaml.Node, loader: yaml.CSafeLoader, file: str, faults: list[Fault]) -> Located:
    """Return `node` as plain values with lines; faults of form are added to `faults`."""
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Located([_located(item, loader, file, faults) for item in node.value], line)
    if not isinstance(node, yaml.MappingNode):
        return Located(_scalar(node, loader), line)
    found: dict[str, Located] = {}
    for key_node, value_node in node.value:
        key = _scalar(key_node, loader)
        key_line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            action = f'put quotes around it: "{key}"'
            faults.append(Fault(what=f"the key {key!r} is not text", file=file, row=key_line, action=action))
        elif key in found:
            what = f"the key {key!r} stands twice in one mapping (first on line {found[key].line})"
            faults.append(Fault(what=what, file=file, row=key_line, action="Remove one of them"))
        else:
            # The key's line: a reader looks for the field's name; a block value begins a line further down.
            found[key] = Located(_located(value_node, loader, file, faults).value, key_line)
    return Located(found, line)


def _scalar(node: yaml.Node, loader: yaml.CSafeLoader) -> object:
    """Return a scalar's value; its text where it only looks like a date or a number (2020-13-45)."""
    try:
        return loader.construct_object(node)
    except ValueError:
        return node.value
