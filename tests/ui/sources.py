"""The sentences that code says: read from its source, without running it."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile("[\u3400-\u9fff]")
ERRORS = {
    *("DoudiError", "NotAllowed", "NotFound", "WrongStage", "Missing", "Invalid", "Conflict"),
    *("TooMany", "UploadRefused", "SheetRefused", "ResidentIdError", "MoneyError", "SourceFailed"),
    "FactError",
}
SAYING = ERRORS | {"Gate", "Sentence"}
PARTS = ("body", "orelse", "left", "right", "values", "elts", "elt", "value")
PATTERNS = {"compile", "fullmatch", "match", "search", "sub", "split", "findall"}


def chinese(tree, filled="_"):
    """Every text with Chinese in it but docstrings and patterns; `filled` stands for a value."""
    parts = parts_of(tree)
    return [
        text
        for node in ast.walk(tree)
        if id(node) not in parts and (text := text_of(node, filled)) and HAN.search(text)
    ]


def text_of(node, filled="_"):
    """A literal or an f-string as text; "" for any other node."""
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(p) if isinstance(p, ast.Constant) else filled for p in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def parts_of(tree):
    """The nodes that are no texts of their own: docstrings, patterns, pieces of f-strings."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            found |= {id(piece) for piece in node.values if isinstance(piece, ast.Constant)}
        elif _is_pattern(node):
            found |= {id(inner) for given in node.args for inner in ast.walk(given)}
    return found


def _is_pattern(node):
    called = getattr(node, "func", None)
    owner = getattr(getattr(called, "value", None), "id", "")
    return isinstance(called, ast.Attribute) and owner == "re" and called.attr in PATTERNS


def refusals(tree):
    """Every text that a module may say when it refuses, or as a gate.

    What is given to an error class, a `Gate` or a `Sentence`; and in a module that hands on
    problems it has gathered, also what stands in its dicts, lists, returns and appends.
    """
    given = [a for call in _calls(tree, SAYING) for a in (*call.args, *_values(call))]
    names = {n.id for a in given for n in ast.walk(a) if isinstance(n, ast.Name)}
    several = [a for call in _calls(tree, {"Invalid", "Missing"}) for a in call.args]
    gathers = any(isinstance(a, ast.Name | ast.Call | ast.BinOp) for a in several)
    for node in ast.walk(tree):
        if _is_named(node, names) or (gathers and _is_gathered(node)):
            given += [node.value] if not isinstance(node, ast.Call) else node.args
        elif gathers and isinstance(node, ast.Dict):
            given += node.values
    return sorted({text for node in given for text in _said(node)})


def _calls(tree, wanted):
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
    return [c for c in calls if getattr(c.func, "id", "") in wanted]


def _values(call):
    return [keyword.value for keyword in call.keywords]


def _is_named(node, names):
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in names
    )


def _is_gathered(node):
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", "") == "append"
    if isinstance(node, ast.Assign):
        return isinstance(node.targets[0], ast.Subscript)
    return isinstance(node, ast.Return) and node.value is not None


def _said(node):
    """The texts of an expression as the catalogue must hold them; "+" marks a torn one."""
    if text_of(node):
        return [text_of(node)] if HAN.search(text_of(node)) else []
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        torn = [text_of(side) + " +" for side in (node.left, node.right) if _plain(side)]
        if torn:
            return torn
    return [text for part in _parts(node) for text in _said(part)]


def _parts(node):
    """The parts of an expression that become what is said; none of any other call."""
    if isinstance(node, ast.Call):
        told = getattr(node.func, "id", "") in SAYING | {"_", "gettext"}
        return [*node.args, *_values(node)] if told else []
    found = [getattr(node, name, None) or [] for name in PARTS]
    return [part for some in found for part in (some if isinstance(some, list) else [some])]


def _plain(node):
    return bool(text_of(node) and HAN.search(text_of(node)))


TAG = re.compile(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""")
INLINE = re.compile(r"""_\((?:"([^"]*)"|'([^']*)')\)""")
BLOCK = re.compile(r"{%\s*blocktranslate\b[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
VALUE = re.compile(r"{{\s*(\w+)[^}]*}}")
GETTEXT = {"_", "_now", "gettext", "gettext_lazy", "gettext_noop"}


def marked_in_page(source):
    """The messages that a template marks for translation."""
    words = [m[1] or m[2] for found in (TAG, INLINE) for m in found.finditer(source)]
    return words + [VALUE.sub(r"%(\1)s", m[1]) for m in BLOCK.finditer(source)]


def marked_in_code(tree):
    """The messages that code marks for translation."""
    return [text for call in _calls(tree, GETTEXT) for a in call.args if (text := text_of(a))]
