"""One size of bench/province.py, in a process and a home of its own."""

import csv
import datetime as dt
import io
import json
import sys
from typing import Any

import django

django.setup()

from bench.tables import peak_mb
from bench.whole_one import spent
from doudi.accounts.queries import staff_by_account
from doudi.attachments.bulk import open_bulk
from doudi.benefits.models import Award, AwardPerson
from doudi.clock.time import now, refresh
from doudi.kernel.resident_id import check_digit
from doudi.people.models import Person
from doudi.province.actions.send_out import send_out
from doudi.province.actions.take_holdings import take_holdings
from doudi.province.actions.take_receipt import take_receipt
from doudi.province.catalog import template

COUNTY, MONTH, VILLAGE = "610702", "2022-05", "610702008001"
AMOUNT = "月保障金额"


def awards(many: int) -> None:
    """So many households of one county in benefit, as rows."""
    days = [dt.date(1940, 1, 1) + dt.timedelta(n // 30) for n in range(many)]
    bodies = [f"610799{day:%Y%m%d}{n % 30:03d}" for n, day in enumerate(days)]
    people = [
        Person(
            id_number=body + check_digit(body),
            name=f"演示户主{n}",
            sex="male",
            born_on=days[n],
            created_at=now(),
        )
        for n, body in enumerate(bodies)
    ]
    Person.objects.bulk_create(people, batch_size=1000)
    made = [
        Award(
            number=f"A{n:010d}",
            programme="dibao",
            area="urban",
            household_id=person.pk,
            county=COUNTY,
            town=VILLAGE[:9],
            village=VILLAGE,
            payee=person,
            payee_name=person.name,
            monthly_fen=50_000,
            base_fen=50_000,
            household_size=1,
            start_month="2022-04",
            opened_at=now(),
        )
        for n, person in enumerate(people)
    ]
    Award.objects.bulk_create(made, batch_size=1000)
    AwardPerson.objects.bulk_create(
        [AwardPerson(award=a, person=a.payee, from_month="2022-04") for a in made], batch_size=1000
    )


def _table(rows: list[dict[str, str]]) -> io.BytesIO:
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return io.BytesIO(out.getvalue().encode("gb18030"))


def main(many: int) -> dict[str, Any]:
    """What each part took."""
    city = staff_by_account("city")
    by: dict[str, Any] = {"by": city, "at": now()}
    awards(many)
    before = peak_mb()
    out, sent = spent(lambda: send_out(COUNTY, MONTH, "report", **by))
    with open_bulk(sent.stored_name) as file:
        content = file.read()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    about = template()
    answers = [{str(about.receipt["key"]): row[about.key]} for row in rows]
    accepted: Any = about.receipt["accepted"]
    said = {str(about.receipt["result"]): accepted[0], str(about.receipt["reason"]): ""}
    receipt, _ = spent(lambda: take_receipt(sent, _table([a | said for a in answers]), **by))
    other = [row | ({AMOUNT: "1.00"} if n % 10 == 0 else {}) for n, row in enumerate(rows)]

    def holdings(told: list[dict[str, str]]) -> Any:
        return take_holdings(COUNTY, MONTH, "check", _table(told), **by)

    same, first = spent(lambda: holdings(rows))
    differs, second = spent(lambda: holdings(other))
    return {
        "out": out,
        "file": round(len(content) / 1e6, 1),
        "receipt": receipt,
        "same": same,
        "differs": differs,
        "told": f"{first.differences.count()}, {second.differences.count()}",
        "peak": f"{before} / {peak_mb()}",
    }


if __name__ == "__main__":
    refresh()
    print(json.dumps(main(int(sys.argv[1])), ensure_ascii=False))
