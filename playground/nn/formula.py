"""Formulas that a reader sees and a test can work out: written once, as an expression of Python.

`tree` turns one into nested lists, which the browser side of the lab on one step draws with symbols or with
numbers:

    a number   ["v", name]   ["neg", x]   ["+" or "-" or "*" or "/" or "^", x, y]   ["call", function, x, ...]
    ["if", condition, x, y]   ["<" or "<=" or ">", x, y]
"""

import ast
from collections.abc import Iterable
from typing import NamedTuple

FUNCTIONS = (
    *("abs", "clip", "cos", "cosh", "exp", "log", "max", "min", "sign", "sin", "sqrt", "tanh"),
    *("sigma", "Phi", "phi"),  # the logistic function; the normal distribution and its density
)
OPERATORS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "^",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
}

Tree = float | list[object]


class Formula(NamedTuple):
    """A function and its derivative, each an expression of Python."""

    value: str
    slope: str


def tree(expression: str) -> Tree:
    """The formula as nested lists; ValueError for what is none."""
    try:
        parsed = ast.parse(expression, mode="eval").body
    except (SyntaxError, TypeError) as error:
        raise ValueError(f"{expression!r} is no formula.") from error
    return _tree(parsed)


def require_formula(expression: str, known: Iterable[str]) -> None:
    """ValueError for what is no formula, or has another number in it than the known ones."""
    tree(expression)
    inside = ast.walk(ast.parse(expression))
    found = {node.id for node in inside if isinstance(node, ast.Name)} - set(FUNCTIONS)
    if strange := found - set(known):
        raise ValueError(f"{expression!r} asks for {min(strange)!r}, which is none of {', '.join(known)}.")


def _tree(node: ast.expr) -> Tree:
    match node:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.Name(id=name):
            return ["v", name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return ["neg", _tree(operand)]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return [OPERATORS[type(op)], _tree(left), _tree(right)]
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in OPERATORS:
            return [OPERATORS[type(op)], _tree(left), _tree(right)]
        case ast.IfExp(test=test, body=body, orelse=other):
            return ["if", _tree(test), _tree(body), _tree(other)]
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in FUNCTIONS:
            return ["call", name, *map(_tree, arguments)]
    raise ValueError(f"{ast.unparse(node)!r} is no formula.")
