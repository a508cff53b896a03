"""The bank's files and the books from the command line, and a bank in a process of its own."""

import io
import json
import shutil
import subprocess
import sys

import pytest
import yaml

from doudi.benefits.channels.over_http import BankOverHttp
from doudi.benefits.file import content
from doudi.benefits.models import Attempt, BankFile, Payment
from doudi.commands import bank
from doudi.demo.bank import Book
from doudi.outbox.deliver import deliver_all
from doudi.policy.wording import programme_name
from doudi.vault.signing import is_signed
from tests.benefits.month import MONTH, county, hands, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def roll(city):
    county(0.0001)
    return released(hands())


def told(run, *words):
    """The exit and what was printed."""
    out, err = io.StringIO(), io.StringIO()
    return run([*words, "--json"], out, err), out.getvalue() or err.getvalue()


def test_a_file_is_written_with_its_signature_and_hash(roll, tmp_path):
    code, text = told(bank.run_file, roll.number, "--folder", str(tmp_path))

    said = json.loads(text)
    written = (tmp_path / f"{roll.number}.txt").read_text()
    signature = (tmp_path / f"{roll.number}.txt.sig").read_text().strip()
    assert (code, said["sha256"]) == (0, roll.file_sha256)
    assert is_signed(written, signature)
    assert told(bank.run_file, "R0")[0] == 1


def test_a_bank_that_reads_other_columns_gets_them_without_a_change_of_the_program(
    roll, tmp_path, settings
):
    data = yaml.safe_load((settings.DOUDI_PACK_DIR / "catalog" / "bank.yaml").read_text("utf-8"))
    columns = ["number", "account", "holder", "amount", "purpose", "id_number", "reference"]
    data["layouts"]["other"] = data["layouts"]["local"] | {"line": columns, "separator": ","}
    pack = tmp_path / "pack"
    shutil.copytree(settings.DOUDI_PACK_DIR, pack, ignore=shutil.ignore_patterns("texts"))
    (pack / "catalog" / "bank.yaml").write_text(yaml.safe_dump(data), "utf-8")
    settings.DOUDI_PACK_DIR = pack
    file = BankFile.objects.get()
    file.layout = "other"

    text, orders = content(file)

    cells = text.splitlines()[1].split(",")
    one = Attempt.objects.get(end_to_end_id=cells[6]).payment
    assert cells[5] == one.person.id_number.open()
    assert cells[4] == f"2022年6月{programme_name(one.kind)}"
    assert len(orders) == len(text.splitlines()) - 1


def test_an_answer_is_booked_once_and_what_does_not_fit_is_named(roll, tmp_path, settings):
    settings.DOUDI_BANK_URL = ""
    deliver_all()
    BankFile.objects.get()
    one = Attempt.objects.select_related("payment").first()
    fen = one.payment.amount_fen
    path = tmp_path / "answer.txt"
    yuan = f"{fen // 100}.{fen % 100:02d}"
    path.write_text(f"A1|2|0\n{one.end_to_end_id}|失败|{yuan}|销户\nDDSTRANGE|成功|1.00|\n")

    code, text = told(bank.run_result, str(path))
    again = json.loads(told(bank.run_result, str(path))[1])

    said = json.loads(text)
    assert (code, said["booked"], [g["reference"] for g in said["gaps"]]) == (1, 1, ["DDSTRANGE"])
    assert (again["booked"], again["again"]) == (0, True)
    assert Payment.objects.get(pk=one.payment_id).result_reason == "销户"


def test_a_month_that_agrees_on_three_sides_says_so(roll):
    deliver_all()

    code, text = told(bank.run_reconcile, "--month", MONTH, "--county", "610702")

    row = json.loads(text)[0]
    assert (code, row["gaps"]) == (0, [])
    assert row["entitled"] == row["listed"] == row["ledger_paid"] == row["bank_paid"]


def test_a_bank_in_its_own_process_keeps_what_it_acknowledged_through_a_kill(roll, tmp_path):
    book = tmp_path / "book"
    words = [sys.executable, "-m", "doudi.commands.main", "bank-simulator", "--port", "0"]
    process = subprocess.Popen([*words, "--book", str(book)], stdout=subprocess.PIPE, text=True)
    address = process.stdout.readline().split()[-1]
    way = BankOverHttp(address)
    number = f"N{roll.number}"

    way.send(number, f"{number}|1|1.00\nDD1|6210|甲|1.00|x\n", [])
    known, results = way.received(number), way.results(["DD1", "DD2"])
    process.kill()
    process.wait()
    process.stdout.close()
    kept = Book(book)
    kept.load()

    assert (known, {r.end_to_end_id: r.paid for r in results}) == (True, {"DD1": True})
    assert [e.reference for e in kept.entries] == ["DD1"]
