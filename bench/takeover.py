"""Takeover of a city's register: read, checked, explained, written and journalled; peak memory.

BENCH_TAKEOVER sets how many persons (default 100,000), in an Excel file of its own making, into a
database of its own (SQLite, or what DOUDI_DATABASE_URL names). Wall and CPU seconds of one process.
"""

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BANDS = (450, 350, 250)
VILLAGES = ("610702008001", "610728104201", "610722101201", "610727105201")


def run() -> dict[str, Any]:
    """The figures of one run; the work is done in a process of its own, so that the peak is its."""
    persons = int(os.environ.get("BENCH_TAKEOVER", "100000"))
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        environment = os.environ | {"DOUDI_HOME": name, "BENCH_TAKEOVER": str(persons)}
        environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
        words = [sys.executable, "-m", "bench.takeover_work", str(home / "old.xlsx")]
        done = subprocess.run(
            words, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def make_file(path: Path, persons: int) -> None:
    """Households of one to four persons, urban and rural, with an account and an income."""
    dice, number, rows = random.Random(7), 0, []
    while len(rows) < persons:
        number += 1
        rows += _household(dice, number, len(rows))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for part, text in PARTS.items():
            packed.writestr(part, text)
        packed.writestr("xl/worksheets/sheet1.xml", _sheet(rows[:persons]))


def _household(dice: random.Random, number: int, order: int) -> list[list[str]]:
    village = dice.choice(VILLAGES)
    rural = village != VILLAGES[0]
    size = dice.choices((1, 2, 3, 4), (45, 30, 17, 8))[0]
    base = dice.choice(BANDS) * size if rural else 655 * size - 155
    area, income = ("农村" if rural else "城市"), 1860
    rows = []
    for n in range(size):
        born = f"{dice.randint(1935, 2003)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}"
        body = f"{order // 600 % 900 + 610000:06d}{born}{(order + n) % 1000:03d}"
        money = [str(income), f"{base}.00", "0", f"{base}.00"] if n == 0 else ["", "", "", ""]
        account = [f"62109900{order:011d}", "农商银行"] if n == 0 else ["", ""]
        rows.append(
            [f"H{number:08d}", "低保", area, village, "演示某某", body + _check(body)]
            + ["本人" if n == 0 else "其他", *money, *account]
        )
    return rows


def _check(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


HEADINGS = ["户编号", "保障类别", "城乡", "村（社区）代码", "姓名", "身份证号", "与户主关系"]
HEADINGS += ["家庭年核定收入", "基本保障金", "分类施保金", "应发合计", "一卡通账号", "开户行"]
XMLNS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
    f'Id="rId1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {XMLNS} xmlns:r="{DOCUMENT}"><sheets>'
    '<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
}


def _sheet(rows: list[list[str]]) -> str:
    out = io.StringIO()
    out.write(f"<worksheet {XMLNS}><sheetData>")
    for number, row in enumerate([HEADINGS, *rows], 1):
        out.write(f'<row r="{number}">')
        for place, value in enumerate(row):
            if value:
                cell = f"{chr(65 + place)}{number}"
                out.write(f'<c r="{cell}" t="inlineStr"><is><t>{value}</t></is></c>')
        out.write("</row>")
    out.write("</sheetData></worksheet>")
    return out.getvalue()
