"""Reads JSON strictly: every refusal names the path and says in a sentence what is wrong."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from doudi.kernel.money import MoneyError, parse_yuan
from doudi.kernel.sentences import Sentence

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST = dt.date(1880, 1, 1)
LATEST = dt.date(2199, 12, 31)


class FactError(ValueError):
    """`path` like `members[0].income[1].yuan`, and what is wrong there."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path or '（整条）'}: {message}")
        self.path = path
        self.message = message


class Doubled(dict[str, Any]):
    """An object of the file in which `key` stands twice."""

    key: str


def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """For `object_pairs_hook` of json.loads: keeps in mind when a key stands twice."""
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    doubled = Doubled(plain)
    names = [name for name, _ in pairs]
    doubled.key = next(name for name in names if names.count(name) > 1)
    return doubled


class Reader:
    """A value at a path; each method returns it checked or raises FactError."""

    def __init__(self, thing: Any, path: str) -> None:
        self.thing = thing
        self.path = path

    @property
    def empty(self) -> bool:
        """Whether it is null."""
        return self.thing is None

    def object(self, *keys: str, optional: tuple[str, ...] = ()) -> dict[str, "Reader"]:
        """An object with exactly these keys; an absent optional one reads as null."""
        if not isinstance(self.thing, dict):
            raise FactError(self.path, "这里应是一个对象 {…}")
        if isinstance(self.thing, Doubled):
            raise FactError(self._under(self.thing.key), "同一个字段写了两次")
        for key in self.thing:
            if key not in keys:
                raise FactError(self._under(key), "不认识的字段")
        for key in keys:
            if key not in self.thing and key not in optional:
                raise FactError(self._under(key), "缺少这个字段")
        return {key: Reader(self.thing.get(key), self._under(key)) for key in keys}

    def items(self, most: int) -> list["Reader"]:
        """A list of at most so many."""
        if not isinstance(self.thing, list):
            raise FactError(self.path, "这里应是一个列表 […]")
        if len(self.thing) > most:
            raise FactError(self.path, Sentence("最多{most}项", most=most))
        return [Reader(item, f"{self.path}[{n}]") for n, item in enumerate(self.thing)]

    def text(self, longest: int) -> str:
        """A text without control characters."""
        if not isinstance(self.thing, str):
            raise FactError(self.path, "这里应是文字")
        if not 1 <= len(self.thing) <= longest:
            raise FactError(self.path, Sentence("应有1到{longest}个字", longest=longest))
        if any(ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF for c in self.thing):
            raise FactError(self.path, "含有不可见的控制字符")
        return self.thing

    def note(self) -> None:
        """A text, or an object of texts: something that is only counted."""
        if not isinstance(self.thing, dict):
            self.text(200)
            return
        for key, reader in self.object(*self.thing).items():
            Reader(key, self.path).text(50)
            reader.text(200)

    def word(self, words: Sequence[str]) -> str:
        """One of a code list."""
        if not isinstance(self.thing, str) or self.thing not in words:
            raise FactError(self.path, Sentence("只能是 {words} 之一", words=words))
        return self.thing

    def digits(self, lengths: tuple[int, ...]) -> str:
        """Plain digits of one of the lengths."""
        sizes = "/".join(map(str, lengths))
        plain = isinstance(self.thing, str) and re.fullmatch(r"[0-9]+", self.thing)
        if not plain or len(self.thing) not in lengths:
            raise FactError(self.path, Sentence("应是{sizes}位数字的区划代码", sizes=sizes))
        return str(self.thing)

    def whole(self, lowest: int, highest: int) -> int:
        """A whole number between two bounds; true and false are no numbers."""
        if isinstance(self.thing, bool) or not isinstance(self.thing, int):
            raise FactError(self.path, "这里应是整数")
        if not lowest <= self.thing <= highest:
            raise FactError(
                self.path, Sentence("应在{lowest}到{highest}之间", lowest=lowest, highest=highest)
            )
        return self.thing

    def truth(self) -> bool:
        """true or false."""
        if not isinstance(self.thing, bool):
            raise FactError(self.path, "只能是 true 或 false")
        return self.thing

    def yuan(self) -> int:
        """Fen from a decimal string in yuan."""
        if not isinstance(self.thing, str):
            raise FactError(self.path, '金额要写成文字，例如 "1670.00"，不能用数字')
        try:
            return parse_yuan(self.thing)
        except MoneyError as error:
            raise FactError(self.path, str(error)) from None

    def date(self) -> dt.date:
        """A day like 2022-06-01."""
        if not isinstance(self.thing, str) or not DATE.fullmatch(self.thing):
            raise FactError(self.path, "日期要写成 2022-06-01 的样子")
        try:
            day = dt.date.fromisoformat(self.thing)
        except ValueError:
            raise FactError(self.path, "没有这一天") from None
        if not EARLIEST <= day <= LATEST:
            raise FactError(self.path, "日期太早或太晚")
        return day

    def _under(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key
