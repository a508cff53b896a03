"""One size of bench/tables.py, in a process and a home of its own: `python -m bench.tables_one`."""

import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection
from xlsxwriter import Workbook

from bench.tables import peak_mb, timed
from doudi.accounts.queries import staff_by_account
from doudi.attachments.bulk import open_bulk
from doudi.clock.time import now, refresh
from doudi.exports.actions.ask_export import ask_export
from doudi.exports.actions.work_exports import work_exports
from doudi.people.actions.take_in_batch import take_in_batch
from doudi.people.actions.undo_batch import undo_batch
from doudi.people.actions.upload_import import upload_import
from doudi.people.actions.work_imports import work_imports
from doudi.people.models import Household, ImportBatch, Membership, Person
from tests.people import sheets

HEADINGS = ["姓名", "身份证号", "群体", "联系电话", "村（社区）", "证件或依据"]


class Told(dict[str, Any]):
    """Figures that are said as they come: a long run shows how far it is."""

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        print(f"  {key} {value}, peak {peak_mb()} MB", file=sys.stderr, flush=True)


class Bench:
    """The officer, and how long the worker's longest turn was."""

    def __init__(self, size: int, folder: Path) -> None:
        self.size, self.folder = size, folder
        self.officer = staff_by_account("hantai.officer")
        self.longest = 0.0

    def turns(self, work: Any) -> None:
        """Turn after turn, as the worker does."""
        while True:
            before = timed(lambda: setattr(self, "busy", work()))
            self.longest = max(self.longest, before)
            if not self.busy:
                return

    def checked(self, table: str, path: Path) -> ImportBatch:
        """The file, uploaded and checked."""
        with path.open("rb") as file:
            batch = upload_import(table, file, by=self.officer, at=now())
        self.turns(work_imports)
        batch.refresh_from_db()
        return batch

    def moved(self, order: Any, *told: Any, **by: Any) -> None:
        """Ordered by the officer, done by the worker."""
        order(*told, **by)
        self.turns(work_imports)

    def figures(self) -> dict[str, Any]:
        """Register in and out again, list in, ledger out, ledger in."""
        register, listed = self.folder / "register.xlsx", self.folder / "list.xlsx"
        sheets.register(str(register), self.size)
        group_list(listed, self.size)
        told = Told()
        told["check_s"] = timed(
            lambda: setattr(self, "first", self.checked("households", register))
        )
        assert (self.first.state, self.first.good) == ("checked", self.size), self.first.refused
        by = {"by": self.officer, "at": now()}
        told["take_in_s"] = timed(lambda: self.moved(take_in_batch, self.first.pk, **by))
        assert Person.objects.count() == self.size
        told["undo_s"] = timed(lambda: self.moved(undo_batch, self.first.pk, "wrong_file", **by))
        kinds = (Person, Household, Membership)
        told["clean"] = not any(kind._default_manager.exists() for kind in kinds)
        self.moved(take_in_batch, self.checked("groups", listed).pk, **by)
        export = ask_export("groups", "archive", True, **by)
        told["export_s"] = timed(lambda: self.turns(work_exports))
        export.refresh_from_db()
        out = self.folder / "ledger.xlsx"
        with open_bulk(export.stored_name) as file:
            out.write_bytes(file.read())
        told["again_s"] = timed(lambda: setattr(self, "again", self.checked("groups", out)))
        assert (self.again.state, self.again.bad, self.again.good) == ("checked", 0, 0)
        return told | {
            "known": self.again.known,
            "longest_turn_s": self.longest,
            "peak_mb": peak_mb(),
        }


def group_list(path: Path, size: int) -> None:
    """So many people with pneumoconiosis."""
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for n in range(size):
            name, number, phone = (sheets.member(n)[place] for place in (1, 2, 4))
            line = [name, number, "尘肺病患者", phone, sheets.PLACE, f"诊断{n}"]
            sheet.write_row(n + 1, 0, line)


if __name__ == "__main__":
    refresh()
    print(json.dumps(Bench(int(sys.argv[1]), Path(sys.argv[2])).figures()))
    connection.close()
