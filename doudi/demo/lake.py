"""The demonstration's departments deliver their 28 items, signed, through the real intake."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from doudi.audit.actor import SYSTEM
from doudi.demo import deliveries, residents, truths
from doudi.demo.residents import Listed, Residents
from doudi.demo.truths import Truths
from doudi.people.models import BenefitMark, Person
from doudi.people.queries import register
from doudi.regions.models import Level, Region
from doudi.vault.pseudonyms import of_lake
from doudi.verification.actions.add_agency_key import add_agency_key
from doudi.verification.actions.match_delivery import match_delivery
from doudi.verification.actions.take_delivery import message_of, take_delivery
from doudi.verification.catalog.items import agencies, item
from doudi.verification.engine.loaded import FileRefused
from doudi.verification.file import work_folder
from doudi.verification.register import read_contracts

PERIOD = "2022-05"
TWICE = 997  # one person in so many is paid by a second county as well
Tell = Callable[[str], None]


def build(scale: float, seed: int, tell: Tell, at: dt.datetime) -> None:
    """Residents around the register, their deliveries, and beside the database who was planted."""
    dice = np.random.default_rng(seed)
    listed = [
        Listed(p.id_number, p.name, p.household, p.region, bool(p.benefits)) for p in register()
    ]
    villages = Region.objects.filter(level=Level.VILLAGE).order_by("code")
    codes = list(villages.values_list("code", flat=True))
    listed.sort(key=lambda person: person.number)
    people = residents.build(listed, codes, round(residents.RESIDENTS * scale), dice)
    planted = truths.plant(people, scale, dice)
    doubled = _pay_twice(people)
    tell(f"{len(people)} residents")
    keys = _sign_keys(seed, at)
    rows = 0
    with work_folder() as folder:
        city = deliveries.City(folder, read_contracts(), people, planted)
        for file in deliveries.write(city):
            rows += _deliver(file, keys, at)
            file.path.unlink()
    _leave_for_readers(people, planted, doubled)
    tell(f"{rows} rows of 28 items taken in")


def _sign_keys(seed: int, at: dt.datetime) -> dict[str, Ed25519PrivateKey]:
    """A key for each department; the demonstration's own, good for nothing else."""
    keys = {}
    for agency in agencies():
        secret = hashlib.sha256(f"demo:{seed}:{agency}".encode()).digest()
        keys[agency] = Ed25519PrivateKey.from_private_bytes(secret)
        public = keys[agency].public_key().public_bytes_raw().hex()
        add_agency_key(agency, public, by=SYSTEM, at=at)
    return keys


def _deliver(file: deliveries.File, keys: dict[str, Ed25519PrivateKey], at: dt.datetime) -> int:
    """Through the same door as any department; rows that were taken in."""
    agency = item(file.item).agency
    with file.path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    manifest = {
        "item": file.item,
        "agency": agency,
        "period": PERIOD,
        "sequence": file.sequence,
        "rows": file.rows,
        "sha256": digest,
    }
    manifest["signature"] = keys[agency].sign(message_of(manifest)).hex()
    try:
        made, _loaded = take_delivery(file.path, manifest, by=SYSTEM, at=at)
    except FileRefused as refused:
        raise RuntimeError(f"{file.item}: {refused.code} {refused.values}") from refused
    match_delivery(made, by=SYSTEM, at=at)
    return made.rows_accepted


def _pay_twice(people: Residents) -> set[int]:
    """Some people in benefit hold a mark in a second county too."""
    places = np.flatnonzero(people.paid)[3::TWICE]
    numbers = [people.number[n].as_py() for n in places.tolist()]
    found = {p.id_number.open(): p for p in Person.objects.in_bulk(_ids(numbers)).values()}
    for number in numbers:
        mark = BenefitMark.objects.filter(person=found[number]).order_by("pk")[0]
        other = "610702" if mark.county != "610702" else "610728"
        BenefitMark.objects.create(
            person=found[number],
            programme=mark.programme,
            county=other,
            award_ref=found[number].pk,
            from_month=mark.from_month,
        )
    return {int(people.key[n]) for n in places}


def _ids(numbers: list[str]) -> list:
    wanted = set(numbers)
    return [p.person for p in register() if p.id_number in wanted]


def _leave_for_readers(people: Residents, planted: Truths, doubled: set[int]) -> None:
    """Who must be found, under pseudonyms: for the table of recall and precision."""
    hide = of_lake().hide
    signals = planted.people(people) | {"X5": doubled}
    told = {
        signal: hide(np.array(sorted(keys), dtype=np.int64)).tolist()
        for signal, keys in sorted(signals.items())
    }
    homes = [f"{people.village[_first(people, h)].as_py()}-{h}" for h in planted.eligible.tolist()]
    path = Path(settings.DOUDI_HOME) / "planted.json"
    path.write_text(json.dumps({"signals": told, "eligible_households": homes}), encoding="utf-8")


def _first(people: Residents, home: int) -> int:
    return int(np.searchsorted(people.home[people.listed :], home)) + people.listed
