"""One ledger as a workbook: a generator that works piece by piece, then seals the file.

Clause: PIPL 51 (sealed, expiring)
Move:   waiting -> working -> ready      Right: called by the timetable      Says: nothing
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from doudi.accounts.queries import posts_of
from doudi.attachments.bulk import folder, keep_bulk
from doudi.clock.time import now, real_now, today
from doudi.exports import month, queries
from doudi.exports.catalog import EVERY, Ledger
from doudi.exports.flow import PURPOSES, READY, WORKING
from doudi.exports.models import Export
from doudi.paper.workbook.writing import Heading, LedgerBook, Mark, Top

KEPT = dt.timedelta(days=3)


def make_export(export_id: UUID) -> Iterator[None]:
    """Makes one export to its end."""
    export = Export.objects.select_related("staff").get(pk=export_id)
    ledger = EVERY[export.ledger]
    total = queries.count(ledger, export.staff, export.asked)
    _set(export, state=WORKING, begun_at=real_now(), total=total, done=0)
    yield
    book = LedgerBook(_top(export, ledger), _headings(ledger), _mark(export), folder("work"))
    sums = Sums(ledger, book)
    for lines in queries.pieces(ledger, export.staff, export.asked):
        for line in lines:
            sums.add(line, export.whole)
        _set(export, done=sums.number)
        yield
    sums.close()
    with book.close() as file:
        kept = keep_bulk(file)
    _set(
        export,
        state=READY,
        done=sums.number,
        total=sums.number,
        ready_at=now(),
        expires_at=now() + KEPT,
        stored_name=kept.name,
        size=kept.size,
        sha256=kept.sha256,
    )


def _set(export: Export, **values: Any) -> None:
    for name, value in values.items():
        setattr(export, name, value)
    export.save(update_fields=list(values))


def _headings(ledger: Ledger) -> list[Heading]:
    figures = ("count", "money")
    return [
        Heading(c.words, c.kind if c.kind in figures else "text", c.width, c.group)
        for c in ledger.columns
    ]


def _top(export: Export, ledger: Ledger) -> Top:
    places = "、".join(sorted({post.region.name for post in posts_of(export.staff)}))
    day = f"{today():%Y年%-m月%-d日}"
    masked = "" if export.whole else "　个人信息已掩码"
    title = month.title(export.staff, export.asked) if export.asked else ledger.title
    return Top(title, f"填报单位：{places}", f"{ledger.unit}　截至{day}{masked}")


def _mark(export: Export) -> Mark:
    words = PURPOSES[export.purpose].words
    return Mark(export.staff.name, f"{now():%Y-%m-%d %H:%M}", words, export.number)


class Sums:
    """Writes lines with a running number, a subtotal after each village and the total."""

    def __init__(self, ledger: Ledger, book: LedgerBook) -> None:
        self.ledger, self.book = ledger, book
        self.number = 0
        self.village = ""
        self.rows = 0
        self.here = dict.fromkeys(ledger.sums, 0)
        self.all = dict.fromkeys(ledger.sums, 0)

    def add(self, line: queries.Line, whole: bool) -> None:
        """One line; before the first of another village the subtotal of the last."""
        if line.village != self.village and self.rows:
            self._subtotal()
        self.village = line.village
        self.number += 1
        self.rows += 1
        row = [self.number, *line.values]
        for place in self.ledger.sums:
            self.here[place] += row[place] or 0
            self.all[place] += row[place] or 0
        self.book.add(row if whole else queries.masked(self.ledger, row))

    def _subtotal(self) -> None:
        self.book.add_sum("小计", self._figures(self.here, self.rows))
        self.here = dict.fromkeys(self.ledger.sums, 0)
        self.rows = 0

    def close(self) -> None:
        """The last subtotal and the total."""
        if self.village and self.rows:
            self._subtotal()
        self.book.add_sum("合计", self._figures(self.all, self.number))

    def _figures(self, sums: dict[int, int], rows: int) -> list[Any]:
        """The words stand first, how many rows beside them."""
        figures: list[Any] = [sums.get(n) for n in range(len(self.ledger.columns))]
        figures[1] = f"{rows}行"
        return figures
