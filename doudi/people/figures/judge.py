"""What the rows of a table come to: households and people, or the reasons against them (pure)."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from doudi.paper.workbook.columns import Fault, Row, Table

MOST_MEMBERS = 30
KNOWN = frozenset({"on_file", "in_group"})  # nothing is wrong: it is here already


@dataclass(frozen=True)
class OnFile:
    """Who is on file under a number: the name, whether in a living household, in which groups."""

    person: Any
    name: str
    at_home: bool
    groups: frozenset[str]


@dataclass(frozen=True)
class Places:
    """The villages inside the scope: plain name -> (code, plain name of the town)."""

    by_name: Mapping[str, Sequence[tuple[str, str]]]
    areas: Mapping[str, str]  # code -> urban | rural

    def find(self, words: str, town: str) -> tuple[str, str]:
        """The code and "", or "" and the code of the fault."""
        found = list(self.by_name.get(plain(words), ()))
        if len(found) > 1 and town:
            found = [pair for pair in found if plain(town) == pair[1]]
        if len(found) == 1:
            return found[0][0], ""
        return "", "place_doubtful" if found else "place_unknown"


@dataclass
class Judged:
    """A row with everything that is wrong with it, and the village it lies in."""

    row: Row
    village: str
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        """Whether the row is only here already."""
        return bool(self.faults) and all(fault.code in KNOWN for fault in self.faults)


@dataclass
class Home:
    """The rows of one household."""

    key: str
    rows: list[Judged]

    @property
    def is_good(self) -> bool:
        """Whether it can be taken in."""
        return not any(judged.faults for judged in self.rows)


def plain(words: str) -> str:
    """A place's name as two spellings of it are compared."""
    thin = "".join(unicodedata.normalize("NFKC", words).split())
    return thin.removesuffix("民委员会").removesuffix("委会")


def homes(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows of each household: one number, or from one head to the next."""
    home: list[Row] = []
    for row in rows:
        if home and not _belongs(row, home[-1]):
            yield home
            home = []
        home.append(row)
        if len(home) > MOST_MEMBERS * 2:
            yield home
            home = []
    if home:
        yield home


def _belongs(row: Row, last: Row) -> bool:
    key = row.values["home"]
    if key is not None or last.values["home"] is not None:
        return bool(key == last.values["home"])
    return bool(row.values["relation"] != "self")


class Judge:
    """Judges one piece of a table with what is known of it."""

    def __init__(self, table: Table, places: Places, on_file: Mapping[str, OnFile]) -> None:
        self.table, self.places, self.on_file = table, places, on_file

    def row(self, row: Row, is_twice: bool) -> Judged:
        """The row with its own faults: cells, place, number that came before, name on file."""
        judged = Judged(row, "", list(row.faults))
        words = row.values["village"]
        if words:
            judged.village, code = self.places.find(words, row.values.get("town") or "")
            if code:
                self._add(judged, "village", code)
        number = row.values["id_number"]
        if number and is_twice:
            self._add(judged, "id_number", "twice_before")
        known = self.on_file.get(number or "")
        if known and row.values["name"] and known.name != row.values["name"]:
            self._add(judged, "name", "name_differs")
        return judged

    def home(self, key: str, rows: list[Judged], is_scattered: bool) -> Home:
        """The household with what is wrong between its rows."""
        home = Home(key, rows)
        if is_scattered:
            self._add(rows[0], "home", "home_scattered")
        self._heads(rows)
        if len({judged.village for judged in rows if judged.village}) > 1:
            self._add(rows[-1], "village", "home_places")
        for judged in rows:
            known = self.on_file.get(judged.row.values["id_number"] or "")
            if known and known.at_home:
                self._add(judged, "id_number", "on_file")
        if not home.is_good:
            for judged in rows:
                if not judged.faults:
                    self._add(judged, "", "home_faulty")
        return home

    def _heads(self, rows: list[Judged]) -> None:
        heads = sum(judged.row.values["relation"] == "self" for judged in rows)
        told = all(judged.row.values["relation"] for judged in rows)
        if heads > 1:
            self._add(rows[0], "relation", "home_two_heads")
        elif not heads and told:
            self._add(rows[0], "relation", "home_headless")
        if len(rows) > MOST_MEMBERS:
            self._add(rows[0], "home", "home_large")

    def member(self, judged: Judged) -> Judged:
        """A row of a group's list: whoever is in the group already is named."""
        values = judged.row.values
        known = self.on_file.get(values["id_number"] or "")
        if known and values["group"] in known.groups:
            self._add(judged, "group", "in_group")
        return judged

    def _add(self, judged: Judged, key: str, code: str) -> None:
        if key:
            judged.faults.append(judged.row.fault(self.table.column(key), code))
        else:
            judged.faults.append(judged.row.whole(code))


def health_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Disability and illness as a person keeps them."""
    kind, grade = values.get("disability"), values.get("grade")
    disability = {"kind": kind, "grade": int(grade)} if kind and grade else None
    return {"disability": disability, "serious_illness": values.get("illness") == "yes"}


def day_of(values: Mapping[str, Any], today: dt.date) -> dt.date:
    """From which day on: the one given, else today."""
    day = values.get("from_on") or today
    return min(day, today)
