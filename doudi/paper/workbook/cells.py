"""What a cell means: text, number or date in, a value of the column's kind out, or a code.

A cell comes as the file holds it: str, int, float, dt.date, dt.datetime, bool, or Bad.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from doudi.kernel.resident_id import DEMO_PREFIX, OLD_SHAPE, SHAPE, ResidentIdError, parse
from doudi.paper.workbook.columns import Column


@dataclass(frozen=True)
class Bad:
    """A cell that holds no value: `cell_error` or `formula_empty`."""

    code: str


class CellWrong(ValueError):
    """The code of wording.FAULTS with the values of its sentence."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Context:
    """What a cell is judged against: the day, and whether demonstration numbers are taken."""

    on: dt.date
    demo: bool = False


Cell = Any
BLANKS = {"", "-", "--", "—", "/", "\\", "无"}
DOTS = str.maketrans(dict.fromkeys("•‧・.●∙･", "·"))
EXCEL_DAY = dt.date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1880, 2100
MOST_FEN = 999_999_999
SCIENCE = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]+")
DAY = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})[日号]?(?:[ T].*)?")
SOLID_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
SERIAL = re.compile(r"[1-9][0-9]{4}(\.[0-9]+)?")
MONTH = re.compile(r"([0-9]{4})[-./年]?(0?[1-9]|1[0-2])月?(?:份)?")
MONEY = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|-?[0-9]+(?:\.[0-9]{1,2})?")
COUNT = re.compile(r"([0-9]{1,9})[人口户名个岁]?")
MOBILE, LANDLINE = re.compile(r"1[2-9][0-9]{9}"), re.compile(r"(0[0-9]{2,3})-?([2-8][0-9]{6,7})")
ACCOUNT = re.compile(r"[0-9]{8,32}")
NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def text_of(cell: Cell) -> str:
    """A cell as clean text: half-width, no outer blanks or apostrophe, whole numbers without .0."""
    if cell is None or isinstance(cell, Bad):
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    words = str(cell)
    if words.isascii() and words.isprintable():
        return words.strip().lstrip("'`").strip()
    return _clean(words)


@lru_cache(maxsize=4096)
def _clean(words: str) -> str:
    """The words of a list come again and again down a column."""
    normal = unicodedata.normalize("NFKC", words)
    if not normal.isprintable():
        spaced = re.sub(r"[\r\n\t]", " ", normal)
        normal = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf"))
    return normal.strip().lstrip("'’‘`").strip()


def value_of(cell: Cell, column: Column, context: Context) -> Any:
    """The value of the column's kind, None for a blank cell; CellWrong says what is wrong."""
    if isinstance(cell, Bad):
        raise CellWrong(cell.code)
    text = text_of(cell)
    if text in BLANKS and not (column.kind == "code" and text in column.codes):
        if column.required:
            raise CellWrong("missing")
        return None
    return KINDS[column.kind](cell, text, column, context)


def _text(cell: Cell, text: str, column: Column, context: Context) -> str:
    if len(text) > column.longest:
        raise CellWrong("too_long", most=column.longest)
    return text


def _name(cell: Cell, text: str, column: Column, context: Context) -> str:
    name = re.sub(r"\s+", "", text) if not text.isascii() else text
    name = name.translate(DOTS)
    if not isinstance(cell, str) or re.search(r"[0-9=+@<>{}\[\]#$%^&*~]", name):
        raise CellWrong("name_shape")
    return _text(cell, name, column, context)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _id_number(cell: Cell, text: str, column: Column, context: Context) -> str:
    if _is_number(cell) or SCIENCE.fullmatch(text):
        raise CellWrong("id_number_cell")
    thin = "".join(text.split()).upper()
    if not (SHAPE.fullmatch(thin) or OLD_SHAPE.fullmatch(thin)):
        raise CellWrong("id_shape")
    if thin.startswith(DEMO_PREFIX) and not context.demo:
        raise CellWrong("id_demo")
    try:
        return parse(thin, on=context.on, demo=context.demo)
    except ResidentIdError:
        raise CellWrong("id_wrong") from None


def _date(cell: Cell, text: str, column: Column, context: Context) -> dt.date:
    if isinstance(cell, dt.datetime):
        return _likely(cell.date())
    if isinstance(cell, dt.date):
        return _likely(cell)
    thin = text.translate(NUMERALS) if "年" in text else text
    found = DAY.fullmatch(thin) or SOLID_DAY.fullmatch(thin)
    if found:
        try:
            return _likely(dt.date(*(int(part) for part in found.groups())))
        except ValueError:
            raise CellWrong("date_none") from None
    if SERIAL.fullmatch(thin):
        return _likely(EXCEL_DAY + dt.timedelta(days=int(float(thin))))
    raise CellWrong("date_shape")


def _likely(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellWrong("date_far")
    return day


def _month(cell: Cell, text: str, column: Column, context: Context) -> str:
    if isinstance(cell, dt.date):
        return f"{_likely(cell):%Y-%m}"
    if isinstance(cell, float) and not cell.is_integer():
        raise CellWrong("month_number_cell")
    found = MONTH.fullmatch(text.translate(NUMERALS) if "年" in text else text)
    if found is None:
        day = DAY.fullmatch(text) or SOLID_DAY.fullmatch(text)
        if day is None:
            raise CellWrong("month_shape")
        return f"{_date(text, text, column, context):%Y-%m}"
    year, month = int(found[1]), int(found[2])
    return f"{_likely(dt.date(year, month, 1)):%Y-%m}"


def _money(cell: Cell, text: str, column: Column, context: Context) -> int:
    """Whole fen."""
    if isinstance(cell, float):
        amount = Decimal(repr(round(cell, 6)))
        if amount != round(amount, 2):
            raise CellWrong("money_shape")
    else:
        thin = re.sub(r"^[¥￥]|元$|\s", "", text)
        if not MONEY.fullmatch(thin):
            raise CellWrong("money_shape")
        amount = _decimal(thin.replace(",", ""))
    if amount < 0:
        raise CellWrong("money_negative")
    fen = int((amount * 100).to_integral_value())
    if fen > MOST_FEN:
        raise CellWrong("money_large")
    return fen


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise CellWrong("money_shape") from None


def _count(cell: Cell, text: str, column: Column, context: Context) -> int:
    found = COUNT.fullmatch(text)
    if found is None:
        raise CellWrong("count_shape")
    return int(found[1])


def _phone(cell: Cell, text: str, column: Column, context: Context) -> str:
    thin = re.sub(r"[\s()]|^\+?86(?=1)", "", text)
    mobile = thin.replace("-", "")
    if MOBILE.fullmatch(mobile):
        return mobile
    landline = LANDLINE.fullmatch(thin)
    if landline is None:
        raise CellWrong("phone_shape")
    return f"{landline[1]}-{landline[2]}"


def _account(cell: Cell, text: str, column: Column, context: Context) -> str:
    if SCIENCE.fullmatch(text) or (_is_number(cell) and len(text) > 15):
        raise CellWrong("account_number_cell")
    thin = re.sub(r"[\s-]", "", text)
    if not ACCOUNT.fullmatch(thin):
        raise CellWrong("account_shape")
    return thin


def _code(cell: Cell, text: str, column: Column, context: Context) -> str:
    thin = _thin(text)
    for words, code in column.codes.items():
        if thin in (_thin(words), code):
            return code
    raise CellWrong("code_unknown", words=column.offered[:20])


@lru_cache(maxsize=4096)
def _thin(words: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words)).lower()


KINDS: Mapping[str, Callable[[Cell, str, Column, Context], Any]] = {
    "text": _text,
    "name": _name,
    "id": _id_number,
    "date": _date,
    "month": _month,
    "money": _money,
    "count": _count,
    "phone": _phone,
    "account": _account,
    "code": _code,
}
