"""The demonstration city at any size without a database: register, deliveries, planted truths."""

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from doudi.demo import deliveries, residents, truths
from doudi.demo.items import ITEMS
from doudi.demo.residents import Listed, Residents
from doudi.demo.truths import Truths
from doudi.kernel.resident_id import check_digit
from doudi.vault.pseudonyms import Pseudonyms
from doudi.verification.engine.compare import Tables
from doudi.verification.engine.contract import Contract
from doudi.verification.engine.matching import Known

SCOPE = 490_000
HIDE = Pseudonyms(b"bench".ljust(32, b"7")).hide
PACK = Path(__file__).resolve().parent.parent / "doudi/packs/hanzhong"
SINCE = dt.date(2022, 5, 1)
BATCH = 50_000


@dataclass
class City:
    """Everybody, who is planted, and where the files lie."""

    folder: Path
    people: Residents
    truths: Truths
    contracts: dict[str, Contract]

    @property
    def keys(self) -> np.ndarray:
        """Pseudonyms in the order of the people."""
        return HIDE(self.people.key)


def villages() -> list[str]:
    """Codes of the pack's villages."""
    with (PACK / "regions.csv").open(encoding="utf-8") as file:
        return [row["code"] for row in csv.DictReader(file) if row["level"] == "village"]


def _listed(many: int, codes: list[str], dice: np.random.Generator) -> Iterator[Listed]:
    """People of the register: two a household, every second household in benefit."""
    ages = dice.integers(20 * 365, 88 * 365, many)
    day = np.datetime64("2022-06-01") - ages
    serial: dict[str, int] = {}
    for n in range(many):
        born = str(day[n]).replace("-", "")
        serial[born] = serial.get(born, -1) + 1
        body = f"610799{born}{serial[born]:03d}"
        home = n // 2
        village = codes[home % len(codes)]
        name = "任" + chr(0x5EFA + n % 700) + chr(0x660E + n % 311)
        yield Listed(body + check_digit(body), name, f"h{home}", village, home % 2 == 0)


def build(folder: Path, agreed: dict[str, Contract], scale: float, seed: int = 7) -> City:
    """Everybody and the planted truths; deterministic by seed."""
    dice = np.random.default_rng(seed)
    codes = villages()
    listed = list(_listed(round(SCOPE * scale), codes, dice))
    people = residents.build(listed, codes, round(residents.RESIDENTS * scale), dice)
    return City(folder, people, truths.plant(people, scale, dice), agreed)


def write(city: City, *, as_csv: bool) -> Iterator[deliveries.File]:
    """The deliveries, one after the other."""
    yield from deliveries.write(
        deliveries.City(city.folder, city.contracts, city.people, city.truths, as_csv)
    )


def register(city: City, matched: list[dict] | None = None) -> None:
    """The opened register as a run reads it, with some people paid twice."""
    people, keys = city.people, city.keys
    born = people.born[: people.listed].tolist()
    tables = Tables(city.folder)
    for first in range(0, people.listed, BATCH):
        part = range(first, min(first + BATCH, people.listed))
        tables.who([_who(city, n, int(keys[n]), born[n]) for n in part])
        tables.paid(
            {"person_key": int(keys[n]), "county": "610702", "programme": "dibao"}
            for n in part
            if people.paid[n]
        )
    tables.paid(
        {"person_key": int(keys[n]), "county": "610728", "programme": "dibao"}
        for n in twice(city).tolist()
    )
    tables.matched(matched or [])
    tables.close()


def twice(city: City) -> np.ndarray:
    """People in benefit whom a second county pays too."""
    return np.flatnonzero(city.people.paid)[3::997]


def _who(city: City, n: int, key: int, born: dt.date) -> dict:
    paid = bool(city.people.paid[n])
    return {
        "person_key": key,
        "household": f"h{city.people.home[n]}",
        "town": city.people.village[n].as_py()[:9],
        "born": born,
        "paid": paid,
        "paid_since": SINCE if paid else None,
        "paid_month": f"{SINCE:%Y-%m}" if paid else None,
    }


def wrong_rows(city: City) -> dict[int, int]:
    """The rows of G22 whose number was typed wrong: row number -> place of the person."""
    places = city.truths.places
    ordinary = round(ITEMS["G22"][0] * len(city.people) / residents.RESIDENTS)
    first = ordinary + len(places["illness"]) + 1
    return {first + n: place for n, place in enumerate(places["typed_wrong"].tolist())}


def known(city: City) -> Iterator[Known]:
    """The register as matching reads it."""
    people, keys = city.people, city.keys
    born = people.born[: people.listed].tolist()
    for n in range(people.listed):
        name, county = people.name[n].as_py(), people.number[n].as_py()[:6]
        town = people.village[n].as_py()[:9]
        yield Known(int(keys[n]), str(n), town, name, born[n], county)
