"""Arithmetic on named columns, as reviewed tables write it: ``N30005 / (1 + N30001 / 100)``."""

from __future__ import annotations

import ast
import operator
from collections.abc import Mapping

import pandas as pd

_OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def names_in(formula: str) -> tuple[str, ...]:
    """Return the names that a formula uses, sorted.

    Raises
    ------
    ValueError
        If it holds anything but names, numbers, ``+ - * /`` and parentheses, or no name at all.
    """
    try:
        tree = ast.parse(formula, mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"{formula!r} is no formula") from error
    _check(tree, formula)
    names = tuple(sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}))
    if not names:
        raise ValueError(f"{formula!r} names nothing")
    return names


def compute(formula: str, columns: Mapping[str, pd.Series]) -> pd.Series:
    """Return the formula's value in every row; null where a column is, and where something is divided by zero.

    Parameters
    ----------
    formula
        As `names_in` takes it.
    columns
        A column of numbers for each name, all on one index.

    Raises
    ------
    ValueError
        If it is no formula.
    """
    names_in(formula)
    value = _value(ast.parse(formula, mode="eval").body, columns).astype("float64")
    return value.where(value.abs() != float("inf"))


def _check(node: ast.expr, formula: str) -> None:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        _check(node.left, formula)
        _check(node.right, formula)
    elif not isinstance(node, ast.Name) and not (isinstance(node, ast.Constant) and type(node.value) in (int, float)):
        raise ValueError(f"{formula!r} holds more than names, numbers, + - * / and parentheses")


def _value(node: ast.expr, columns: Mapping[str, pd.Series]) -> pd.Series:
    if isinstance(node, ast.BinOp):
        operation = _OPERATIONS[type(node.op)]
        found: pd.Series = operation(_value(node.left, columns), _value(node.right, columns))
        return found
    if isinstance(node, ast.Name):
        return columns[node.id]
    assert isinstance(node, ast.Constant)  # told by the check
    return node.value  # type: ignore[return-value]
