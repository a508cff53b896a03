"""A department's system delivers under its signature: once, in order, answered in JSON."""

import base64
import hashlib
import io
import json
import os
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from doudi.audit.actor import SYSTEM
from doudi.audit.models import Entry
from doudi.clock.time import now, real_now
from doudi.commands import deliver
from doudi.departments.actions.clear_taken import clear_taken
from doudi.departments.actions.look_into_folder import beside, look_into_folder
from doudi.departments.actions.receive_file import receive_signed
from doudi.departments.actions.work_uploads import work_uploads
from doudi.departments.models import Upload
from doudi.vault.keys import ring
from doudi.verification.actions.add_agency_key import add_agency_key
from doudi.verification.actions.take_delivery import message_of
from doudi.verification.file import contract
from doudi.verification.models import Delivery
from tests.factories.deliveries import g14

pytestmark = pytest.mark.django_db
KEY = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
ROAD = "/agency/api/deliver"  # no slash at its end: curl -T would add the name of the file
RECEIPTS = "/agency/api/deliveries/"


@pytest.fixture(autouse=True)
def key(lake) -> None:
    """The tax bureau's key lives."""
    add_agency_key("税务", KEY.public_key().public_bytes_raw().hex(), by=SYSTEM, at=now())


def manifest(content: bytes, **other) -> dict:
    told = {"item": "G14", "agency": "税务", "period": "2022-04", "sequence": 1, "rows": 100}
    told |= {"sha256": hashlib.sha256(content).hexdigest()} | other
    told.setdefault("signature", KEY.sign(message_of(told)).hex())
    return told


def post(content: bytes, told: dict | str | None = None, **other):
    if not isinstance(told, str):
        plain = json.dumps(told or manifest(content, **other)).encode()
        told = base64.b64encode(plain).decode()
    return Client(enforce_csrf_checks=True).post(
        ROAD, content, content_type="application/octet-stream", headers={"Doudi-Manifest": told}
    )


def settle() -> None:
    while work_uploads():
        continue


def test_a_delivery_is_received_checked_and_its_receipt_is_signed(lake):
    first = post(g14(收入额="三千"))
    settle()

    told = Client().get(first["Location"]).json()

    assert (first.status_code, first.json()["state"]) == (201, "waiting")
    assert (told["state"], told["rows_accepted"]) == ("taken", 99)
    assert told["faults"][0] | {"zh": "", "en": ""} == {
        "row": 2,
        "column": "收入额",
        "code": "money_shape",
        "zh": "",
        "en": "",
    }
    assert "三千" not in json.dumps(told, ensure_ascii=False)
    signed = {k: v for k, v in told.items() if k not in ("signature", "faults")}
    text = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    ring().signer().public_key().verify(bytes.fromhex(told["signature"]), text.encode())


def test_the_same_delivery_again_gives_the_same_receipt_at_any_time():
    first = post(g14())
    early = post(g14())
    settle()
    late = post(g14())

    assert (early.status_code, late.status_code) == (200, 200)
    assert {a.json()["receipt"] for a in (first, early, late)} == {first.json()["receipt"]}
    assert (Upload.objects.count(), Delivery.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="departments.received").count() == 1


OTHER = g14(99)
WRONG = [
    ({"signature": "00" * 64}, 403, "signature"),
    ({"agency": "公安"}, 403, "agency"),
    ({"item": "G03"}, 403, "agency"),
    ({"period": "2022-06"}, 422, "period_ahead"),
    ({"sequence": 0}, 409, "replay"),
    ({"sequence": 3}, 409, "gap"),
    ({"sha256": "0" * 64}, 422, "sha256"),
    ({"rows": "100"}, 400, "manifest"),
]


@pytest.mark.parametrize(("change", "status", "code"), WRONG)
def test_what_does_not_hold_is_refused_in_clear_words_and_leaves_nothing(change, status, code):
    answer = post(g14(), **change)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert error["zh"]
    assert error["en"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("header", ["", "no base64", base64.b64encode(b"[1]").decode()])
def test_a_header_that_is_no_manifest_is_refused(header):
    answer = post(g14(), header)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "manifest")


def test_an_empty_body_is_refused():
    answer = post(b"")

    assert (answer.status_code, Upload.objects.count()) == (422, 0)


def test_another_file_under_a_number_that_was_taken_is_a_replay_also_while_it_waits():
    post(g14())
    waiting = post(OTHER, rows=99)
    settle()
    taken = post(OTHER, rows=99)
    follows = post(OTHER, rows=99, sequence=2)

    assert [waiting.status_code, taken.status_code, follows.status_code] == [409, 409, 201]


def test_a_body_that_breaks_off_leaves_nothing_and_may_come_again():
    class Broken(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise ConnectionError
            return super().read(10)

    told = manifest(g14())
    with pytest.raises(ConnectionError):
        receive_signed(told, Broken(g14()), road="machine", at=now())

    assert not Upload.objects.exists()
    assert post(g14(), told).status_code == 201


def test_an_unknown_receipt_is_not_there():
    answer = Client().get(f"{RECEIPTS}00000000-0000-0000-0000-000000000000/")

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_who_guesses_at_signatures_is_slowed_down():
    answers = [post(b"x", "bad").status_code for _ in range(61)]

    assert answers.count(400) == 60
    assert answers[-1] == 429


def put(folder, name: str, content: bytes, **other) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    told = json.dumps(manifest(content, **other), ensure_ascii=False)
    beside(folder / name, ".manifest.json").write_text(told, encoding="utf-8")


def names(folder) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.is_file())


def test_a_folder_is_answered_where_it_stands(tmp_path, clock):
    folder = tmp_path / "drop"
    put(folder, "a.csv", g14(收入额="三千"))
    put(folder, "b.csv", g14(50), sequence=2, rows=60)
    put(folder, "c.csv", g14(60), sequence=4, rows=60)
    (folder / "half.csv").write_bytes(b"no manifest yet")
    (folder / "link.csv").symlink_to("/etc/hostname")
    (folder / "link.csv.manifest.json").symlink_to("/etc/hostname")
    clock.move_to(now() + timedelta(days=9000))  # files carry the machine's own time

    look_into_folder(folder, at=now())
    settle()
    told = dict(look_into_folder(folder, at=now()))
    again = dict(look_into_folder(folder, at=now()))

    assert told == {"a.csv": "taken", "b.csv": "refused", "c.csv": "refused"}
    assert again == {"b.csv": "refused", "c.csv": "refused"}
    taken = names(folder / "taken")
    assert [n.split("-", 2)[2] for n in taken] == [
        "a.csv",
        "a.csv.manifest.json",
        "a.csv.mend.xlsx",
        "a.csv.receipt.json",
    ]
    assert "清单写60行，文件有50行" in (folder / "b.csv.report.csv").read_text("utf-8-sig")
    assert "序号不连续，应为2" in (folder / "c.csv.waits.csv").read_text("utf-8-sig")
    assert not list(folder.glob("link.csv.*report*"))

    put(folder, "b.csv", g14(50), sequence=2, rows=50)
    put(folder, "d.csv", g14(70), sequence=3, rows=70)
    clock.move_to(now() + timedelta(days=1))
    for _look in range(2):
        look_into_folder(folder, at=now())
        settle()
    look_into_folder(folder, at=now())
    assert names(folder) == ["half.csv", "link.csv", "link.csv.manifest.json"]
    assert Delivery.objects.count() == 4


def age(folder, days: float) -> None:
    """The receipts were written so many days ago."""
    for path in folder.glob("*.receipt.json"):
        os.utime(path, (real_now().timestamp() - days * 86_400,) * 2)


def test_what_was_taken_lies_in_the_folder_for_its_days_and_the_receipt_stays(tmp_path, clock):
    folder = tmp_path / "drop"
    taken = folder / "police" / "taken"
    folder.mkdir()
    put(taken.parent, "a.csv", g14(收入额="三千"))
    clock.move_to(now() + timedelta(days=9000))
    for _look in range(2):
        look_into_folder(folder, at=now())
        settle()
    (taken / "link.csv.receipt.json").symlink_to("/etc/hostname")
    clock.move_to(real_now())
    days = contract("G14").taken_days

    age(taken, days - 0.01)
    early = (clear_taken(folder), len(names(taken)))
    age(taken, days + 0.01)
    late = clear_taken(folder)

    assert (early, late, clear_taken(folder)) == ((0, 5), 2, 0)
    left = [name.split("a.csv")[1] for name in names(taken) if "a.csv" in name]
    assert left == [".manifest.json", ".receipt.json"]
    assert Entry.objects.get(action="departments.taken_cleared").detail == {"files": 2}


def test_the_command_looks_once_and_says_by_its_exit_whether_all_went_in(tmp_path, clock):
    folder = tmp_path / "drop"
    put(folder, "a.csv", g14())
    clock.move_to(now() + timedelta(days=9000))
    out, err = io.StringIO(), io.StringIO()

    good = deliver.run(["--watch", str(folder), "--once"], out, err)
    put(folder, "b.csv", b"", sequence=2)
    clock.move_to(now() + timedelta(days=1))
    bad = deliver.run(["--watch", str(folder), "--once"], out, err)
    gone = deliver.run(["--watch", str(tmp_path / "no"), "--once"], out, err)

    assert (good, bad, gone) == (0, 1, 1)
    assert "a.csv: taken" in out.getvalue()
    assert "Not a directory" in err.getvalue()


def test_a_delivery_that_came_before_its_turn_may_come_again_under_its_receipt():
    post(g14(90), rows=100)  # goes back: it was cut off
    early = post(OTHER, rows=99, sequence=2)
    settle()
    before = Client().get(early["Location"]).json()
    post(g14())
    settle()

    again = post(OTHER, rows=99, sequence=2)
    settle()

    after = Client().get(again["Location"]).json()
    assert before["error"]["code"] == "gap"
    assert again.json()["receipt"] == early.json()["receipt"]
    assert (after["state"], after["rows_accepted"]) == ("taken", 99)
