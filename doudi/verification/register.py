"""The register opened for a run, under pseudonyms, and the run itself on the chosen engine."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from doudi.kernel.money import plain_yuan
from doudi.kernel.periods import Month
from doudi.kernel.resident_id import check_digit, normalise
from doudi.people.queries import Registered, register
from doudi.vault.pseudonyms import of_lake
from doudi.verification.catalog.items import codes
from doudi.verification.engine.by_name import engine
from doudi.verification.engine.contract import Contract
from doudi.verification.file import contract, rows_path, run_folder, unmatched_path, visible
from doudi.verification.models import Delivery, Match, Run
from doudi.verification.sources.base import Returned

ENGINES = {"duckdb": "duck", "spark": "spark"}
KEPT = ("who.parquet", "paid.parquet", "matched.parquet", "facts.parquet", "evidence.parquet")
BATCH = 20_000


@dataclass(frozen=True)
class Answer:
    """What a run found, its hash, and how many source rows each fact has."""

    found: list[Any]
    sha256: str
    facts: dict[str, int]


def parts_of(used: Mapping[str, Sequence[Delivery]]) -> dict[str, list[tuple[str, Path]]]:
    """The files of some deliveries, by item, oldest first."""
    return {
        code: [(str(row.pk), rows_path(code, row.pk)) for row in rows]
        for code, rows in used.items()
    }


def compare(run: Run, parts: dict[str, list[tuple[str, Path]]], folder: Path) -> Answer:
    """Runs the engine over the opened register of `folder`; facts and evidence lie there then."""
    engines, evidence = engine("compare"), engine("evidence")
    on = dt.date.fromisoformat(f"{run.month}-01")
    definitions = engines.Definitions(
        run.asked["definitions"], run.asked["limits"], on, run.asked.get("rests", {})
    )
    agreed = read_contracts()
    base = engine(ENGINES[run.engine]).Base(folder)
    made = engines.Comparison(base, parts, agreed, folder, definitions)
    try:
        found = made.run()
        facts = made.facts(folder / "facts.parquet")
    finally:
        made.close()
    one_machine = engine("duck").Base(folder)
    one_machine.file("who", folder / "who.parquet")
    evidence.write(one_machine, parts, agreed, folder / "evidence.parquet")
    one_machine.close()
    return Answer(found, engines.answer_hash(found), facts)


def read_contracts() -> dict[str, Contract]:
    """The contracts of all items."""
    return {code: contract(code) for code in codes()}


def put_run_away(folder: Path, target: Path) -> None:
    """What a run read and made, kept so that it can be made again."""
    intake = engine("intake")
    target.mkdir(parents=True)
    for name in KEPT:
        intake.sync(folder / name)
        (folder / name).replace(target / name)
    intake.sync(target)


def open_register(folder: Path, used: Mapping[str, Sequence[Delivery]]) -> tuple[int, int]:
    """Writes the register for the engine, without ID numbers (P14); persons and households."""
    tables = engine("compare").tables(folder)
    people, homes = 0, set[str]()
    whose: dict[UUID, int] = {}
    for batch in _batches(register()):
        keys = hidden([person.id_number for person in batch])
        tables.who([_who(person, key) for person, key in zip(batch, keys, strict=True)])
        tables.paid(
            {"person_key": key, "county": county, "programme": programme}
            for person, key in zip(batch, keys, strict=True)
            for county, programme, _since in person.benefits
        )
        people += len(batch)
        homes |= {person.household for person in batch}
        whose |= {person.person: key for person, key in zip(batch, keys, strict=True)}
    tables.matched(_matched(used, whose))
    tables.close()
    return people, len(homes)


def hidden(numbers: Sequence[str]) -> list[int]:
    """Pseudonyms of valid ID numbers."""
    keys = np.array([int(number[:17]) for number in numbers], dtype=np.int64)
    return of_lake().hide(keys).tolist() if numbers else []


def shown(keys: Sequence[int]) -> list[str]:
    """The ID numbers behind pseudonyms: only to look them up on the register."""
    bodies = of_lake().show(np.array(keys, dtype=np.int64)).tolist() if keys else []
    return [f"{body:017d}{check_digit(f'{body:017d}')}" for body in bodies]


def _who(person: Registered, key: int) -> dict[str, Any]:
    since = min((month for *_other, month in person.benefits), default="")
    return {
        "person_key": key,
        "household": person.household,
        "town": person.region[:9],
        "born": person.born,
        "paid": bool(since),
        "paid_since": dt.date.fromisoformat(f"{since}-01") if since else None,
        "paid_month": since or None,
    }


def _matched(used: Mapping[str, Sequence[Delivery]], whose: Mapping[Any, int]) -> list[dict]:
    """Rows that count for a person though their number is wrong: accepted matches."""
    deliveries = [row.pk for rows in used.values() for row in rows]
    accepted = Match.objects.filter(state="accepted", delivery_id__in=deliveries)
    return [
        {"delivery": str(delivery), "row_no": row_no, "person_key": whose[person]}
        for delivery, row_no, person in accepted.values_list("delivery_id", "row_no", "person_id")
        if person in whose
    ]


def _batches(people: Any) -> Any:
    piece: list[Registered] = []
    for person in people:
        piece.append(person)
        if len(piece) == BATCH:
            yield piece
            piece = []
    if piece:
        yield piece


def is_delivered(code: str) -> bool:
    """Whether anything of an item lies in the lake."""
    return Delivery.objects.filter(item=code, state="accepted").exists()


def delivered_rows(code: str, id_numbers: Sequence[str]) -> dict[str, Returned] | None:
    """An item's rows about people by ID number, amounts in yuan; None where nothing came yet."""
    used = visible([code])
    if not used:
        return None
    keys = dict(zip(hidden([normalise(n) for n in id_numbers]), id_numbers, strict=True))
    rows: dict[str, list[dict[str, Any]]] = {number: [] for number in id_numbers}
    about = contract(code)
    for row in engine("evidence").of_lake(parts_of(used), {code: about}, list(keys)):
        rows[keys[row["person_key"]]].append(_told(row, about))
    as_of = Month.parse(used[code][-1].period).last_day
    return {number: Returned(tuple(found), as_of) for number, found in rows.items()}


def _told(row: Mapping[str, Any], about: Contract) -> dict[str, str]:
    """A row as a report shows it, with the place it comes from."""
    return _plain(row["told"], about) | {"来源": f"{row['delivery']} · {row['row_no']}"}


def evidence_of(run: Run, id_numbers: Sequence[str]) -> list[dict[str, Any]]:
    """Every row of every item about people of a run: item, delivery, row number, what it told."""
    keys = hidden(id_numbers)
    rows = engine("evidence").of_run(run_folder(run.pk) / "evidence.parquet", keys)
    whose = dict(zip(keys, id_numbers, strict=True))
    return [row | {"id_number": whose[row.pop("person_key")]} for row in rows]


def rows_of_run(run: Run, id_numbers: Sequence[str]) -> dict[tuple[str, int], dict[str, str]]:
    """What a run's rows about people told, by delivery and row number, amounts in yuan.

    Nothing once the run's keeping time is over.
    """
    if run.removed_at or not (run_folder(run.pk) / "evidence.parquet").exists():
        return {}
    return {
        (row["delivery"], row["row_no"]): _plain(row["told"], contract(row["item"]))
        for row in evidence_of(run, id_numbers)
    }


def _plain(told: Mapping[str, Any], about: Contract) -> dict[str, str]:
    """A row's filled columns in the contract's order, amounts in yuan."""
    return {
        c.heading: plain_yuan(told[c.heading]) if c.kind == "money" else str(told[c.heading])
        for c in about.told
        if told.get(c.heading) not in (None, "")
    }


def unmatched_row(delivery: Delivery, row_no: int) -> dict[str, Any]:
    """What a row with a wrong number tells of whom it means, and its columns; {} once removed."""
    path = unmatched_path(delivery.item, delivery.pk)
    if not path.exists():
        return {}
    about = contract(delivery.item)
    found = engine("matching").lost_row(path, row_no)
    return found and {**found, "told": _plain(found, about)}
