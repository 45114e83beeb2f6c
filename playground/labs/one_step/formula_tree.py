"""Formulas that a reader sees and a test can work out: written once, as an expression of Python.

`tree` turns one into nested lists, which `one_step/formula.js` in the browser draws with symbols or
with numbers:

    a number   ["v", name]   ["neg", x]   ["+" or "-" or "*" or "/" or "^", x, y]   ["call", function, x, ...]
    ["if", condition, x, y]   ["<" or "<=" or ">", x, y]
"""

import ast

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

Tree = float | list


def tree(expression: str) -> Tree:
    """The formula as nested lists; ValueError for what is none."""
    return _tree(ast.parse(expression, mode="eval").body)


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
