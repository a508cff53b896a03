"""Workbooks as offices and attackers send them: each kind made here, small, with its answer.

An answer is a refusal of the file, a fault in the row, or what is read in spite of it.
"""

import datetime as dt
import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
import xlwt

from doudi.paper.workbook.columns import Column, Table

ID = "610799197402110014"
OLD_ID = "610799740211001"
TABLE = Table(
    "people",
    "人员",
    (
        Column("home", "户编号"),
        Column("name", "姓名", "name", required=True, synonyms=("户主姓名",)),
        Column("id", "身份证号", "id", required=True, synonyms=("公民身份号码",)),
        Column("phone", "联系电话", "phone"),
        Column("born", "起始日期", "date"),
        Column("month", "起发月份", "month"),
        Column("money", "月保障金额", "money"),
        Column("account", "银行账号", "account"),
        Column("kind", "类别", "code", codes={"低保": "dibao", "特困": "tekun"}),
        Column("note", "备注", longest=50),
    ),
)
HEADINGS = tuple(column.heading for column in TABLE.columns)
GOOD = (
    "H1",
    "任建明",
    ID,
    "13900000001",
    "2022-05-09",
    "2022-06",
    1670,
    "6217000012345678",
    "低保",
)
READ = {
    "home": "H1",
    "name": "任建明",
    "id": ID,
    "phone": "13900000001",
    "born": dt.date(2022, 5, 9),
    "month": "2022-06",
    "money": 167000,
    "account": "6217000012345678",
    "kind": "dibao",
    "note": None,
}


@dataclass(frozen=True)
class Nasty:
    """One kind: what it is, the file, and the answer."""

    words: str
    content: Callable[[], bytes]
    refused: str = ""
    fault: str = ""
    read: dict[str, Any] = field(default_factory=dict)
    rows: int = 1
    real: bool = False  # read as on a real database, where demonstration numbers are refused


def row(**cells: Any) -> list[Any]:
    """The good row with other cells."""
    values = dict(zip([c.key for c in TABLE.columns], GOOD, strict=False))
    return [(values | cells).get(c.key, "") for c in TABLE.columns]


def xlsx(
    *rows: Any,
    headings: Any = HEADINGS,
    above: int = 0,
    options: Any = None,
    then: Callable[[Any, Any], None] | None = None,
) -> bytes:
    """A workbook by xlsxwriter: headings, rows, and what `then` adds to book and sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **(options or {})}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(above, 0, headings)
        for number, cells in enumerate(rows or [GOOD], start=above + 1):
            for place, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    day = book.add_format({"num_format": "yyyy-mm-dd"})
                    sheet.write_datetime(number, place, cell, day)
                elif cell != "":
                    write = sheet.write_string if isinstance(cell, str) else sheet.write
                    write(number, place, cell)
        if then:
            then(book, sheet)
    return out.getvalue()


def parts(content: bytes, **changed: Any) -> bytes:
    """The same zip with parts replaced: by name with "/" as "__", None takes one away."""
    wanted = {name.replace("__", "/").replace("_dot_", "."): v for name, v in changed.items()}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, value in wanted.items():
            if value is not None:
                new.writestr(name, value)
    return out.getvalue()


SHEET = "xl__worksheets__sheet1_dot_xml"
TEXTS = "xl__sharedStrings_dot_xml"
OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHUT = "</sheetData></worksheet>"


def inline(text: str, place: str) -> str:
    """A cell with its own text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def heading_xml() -> str:
    """The headings as the first row."""
    cells = [inline(h, f"{chr(65 + n)}1") for n, h in enumerate(HEADINGS)]
    return f'<row r="1">{"".join(cells)}</row>'


def own_sheet(body: str, start: str = OPEN) -> bytes:
    """A workbook whose sheet is written by hand."""
    return parts(xlsx(), **{SHEET: start + body + SHUT})


def csv(*rows: Any, encoding: str = "utf-8", mark: str = ",", raw: bytes = b"") -> bytes:
    """Lines joined by the mark."""
    lines = [HEADINGS, *(rows or [GOOD])]
    text = "\r\n".join(mark.join(str(cell) for cell in line) for line in lines) + "\r\n"
    return text.encode(encoding) + raw


def xls(*rows: Any, far: bool = False) -> bytes:
    """The old format, with a title merged over the headings."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    sheet.write_merge(0, 0, 0, 8, "低保花名册")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, cells in enumerate([HEADINGS, *(rows or [GOOD])], start=1):
        for place, cell in enumerate(cells):
            style = {"style": day} if isinstance(cell, dt.date) else {}
            sheet.write(number, place, cell, **style)
    if far:
        sheet.write(65535, 255, "远")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(*names: str, body: bytes = b"x") -> bytes:
    """A zip with these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, body)
    return out.getvalue()


def bomb() -> bytes:
    """A sheet of 700 MB in some hundred kB, told honestly by the header."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if "sheet1" not in name:
                new.writestr(name, old.read(name))
        info = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
        info.compress_type = zipfile.ZIP_DEFLATED
        with new.open(info, "w") as part:
            for _ in range(12):
                part.write(b" " * 1_000_000)
    content = out.getvalue()
    return _header(content, 700_000_000)


def lying() -> bytes:
    """A sheet of 12 MB whose header speaks of 900 bytes."""
    body = OPEN + heading_xml() + "<row>" * 0 + " " * 12_000_000 + SHUT
    return _header(parts(xlsx(), **{SHEET: body}), 900)


def _header(content: bytes, size: int) -> bytes:
    """Another unpacked size for the sheet, in both of its headers."""
    name = b"xl/worksheets/sheet1.xml"
    data = bytearray(content)
    for magic, at, offset in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        place = data.find(magic)
        while place >= 0:
            if data[place + offset : place + offset + len(name)] == name:
                data[place + at : place + at + 4] = struct.pack("<I", size)
            place = data.find(magic, place + 1)
    return bytes(data)


def damaged() -> bytes:
    """One byte of the packed sheet turned over."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    data = bytearray(out.getvalue())
    data[data.find(b"<sheetData>") + 30] ^= 1
    return bytes(data)


def locked_zip() -> bytes:
    """The mark of an encrypted part in every header."""
    data = bytearray(xlsx())
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(magic)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(magic, place + 1)
    return bytes(data)


def ole(stream: str) -> bytes:
    """The beginning of an OLE file with the name of a stream in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le")


def laughs(part: str) -> bytes:
    """Entities that grow to a billion, in a part."""
    grow = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE x [<!ENTITY a0 "哈">{grow}]>'
    body = "<sst><si><t>&a9;</t></si></sst>" if part == TEXTS else OPEN + "&a9;" + SHUT
    return parts(xlsx(), **{part: "<?xml version='1.0'?>" + dtd + body})


def outside() -> bytes:
    """An entity that names a file of this machine."""
    dtd = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return parts(xlsx(), **{TEXTS: f"{dtd}<sst><si><t>&e;</t></si></sst>"})


def merged_headings(book: Any, sheet: Any) -> None:
    """A heading over two columns, with the names in the line below."""
    sheet.merge_range(0, 0, 1, 0, "户编号")
    sheet.merge_range(0, 1, 0, 2, "户主")
    sheet.write_row(1, 1, ["姓名", "身份证号"])
    sheet.merge_range(0, 3, 1, 3, "月保障金额")
    sheet.write_row(2, 0, ["H1", "任建明", ID, 1670])


def hide(book: Any, sheet: Any) -> None:
    """Nothing is left to see."""
    book.add_worksheet("空").activate()
    book.worksheets()[1].set_first_sheet()
    sheet.hide()


def all_hidden() -> bytes:
    """Every sheet's state says hidden."""
    with zipfile.ZipFile(io.BytesIO(xlsx())) as book:
        told = book.read("xl/workbook.xml").decode()
    told = told.replace('<sheet name="名单"', '<sheet name="名单" state="veryHidden"')
    return parts(xlsx(), xl__workbook_dot_xml=told)


def two_sheets() -> bytes:
    """The table stands on the second sheet, behind a cover."""

    def cover(book: Any, sheet: Any) -> None:
        table = book.add_worksheet("花名册")
        table.write_row(0, 0, HEADINGS)
        table.write_row(1, 0, GOOD)

    return xlsx(["关于填报的通知"], headings=["封面"], then=cover)


def prefixed() -> bytes:
    """Every element with a prefix, as some programs write them."""
    cells = [inline(str(v), f"{chr(65 + n)}2") for n, v in enumerate(GOOD)]
    body = heading_xml() + f'<row r="2">{"".join(cells)}</row>'
    for name in ("row", "c", "is", "t"):
        body = body.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>")
        body = body.replace(f"</{name}>", f"</x:{name}>")
    start = '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return parts(xlsx(), **{SHEET: f"{start}<x:sheetData>{body}</x:sheetData></x:worksheet>"})


def with_cell(place: str, xml: str) -> bytes:
    """The good row by hand, with one cell as given."""
    cells = {f"{chr(65 + n)}2": inline(str(v), f"{chr(65 + n)}2") for n, v in enumerate(GOOD)}
    cells[place] = xml
    return own_sheet(heading_xml() + f'<row r="2">{"".join(cells.values())}</row>')


def shuffled() -> bytes:
    """The columns from the last to the first."""
    return xlsx(row()[::-1], headings=HEADINGS[::-1])


def merged_down(book: Any, sheet: Any) -> None:
    """One household number over two members."""
    sheet.merge_range(1, 0, 2, 0, "H7")


KINDS: dict[str, Nasty] = {
    # sent back whole
    "empty": Nasty("空文件", lambda: b"", "empty"),
    "blank": Nasty("只有空白的文件", lambda: b" \r\n\r\n", "empty"),
    "huge": Nasty("超过大小的文件", lambda: b"PK" + b"\0" * 3_000_000, "too_large"),
    "pdf": Nasty("PDF改名为.xlsx", lambda: b"%PDF-1.7\n", "kind"),
    "photo": Nasty("照片改名为.xlsx", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 99, "kind"),
    "program": Nasty("程序改名为.xlsx", lambda: b"MZ" + b"\0" * 99, "kind"),
    "word": Nasty(
        "Word文档改名为.xlsx", lambda: zipped("[Content_Types].xml", "word/document.xml"), "kind"
    ),
    "doc": Nasty("旧Word文档改名为.xls", lambda: ole("WordDocument"), "kind"),
    "zip": Nasty("压缩包", lambda: zipped("a.xlsx", "b.xlsx"), "archive"),
    "rar": Nasty("RAR压缩包", lambda: b"Rar!\x1a\x07\x00", "archive"),
    "gzip": Nasty("GZ压缩包", lambda: gzip.compress(csv()), "archive"),
    "html": Nasty("网页改名为.xls", lambda: b"<html><table><tr><td>", "web_page"),
    "xml2003": Nasty("XML表格2003", lambda: b'<?xml version="1.0"?><Workbook>', "web_page"),
    "ods": Nasty("ODS表格", lambda: zipped("mimetype", "content.xml"), "other_table"),
    "xlsb": Nasty(
        "二进制表格.xlsb", lambda: zipped("[Content_Types].xml", "xl/workbook.bin"), "other_table"
    ),
    "locked": Nasty("带打开密码的.xlsx", lambda: ole("EncryptedPackage"), "password"),
    "locked_parts": Nasty("部件加密的.xlsx", locked_zip, "password"),
    "macro": Nasty("带宏的表格", lambda: parts(xlsx(), xl__vbaProject_dot_bin=b"x"), "macro"),
    "cut": Nasty("没有传完整的.xlsx", lambda: xlsx()[:-300], "broken"),
    "damaged": Nasty("内容损坏的.xlsx", damaged, "broken"),
    "bomb": Nasty("解开有700MB的.xlsx", bomb, "unpacked"),
    "lying": Nasty("谎报大小的.xlsx", lying, "broken"),
    "many_parts": Nasty(
        "部件过多的.xlsx",
        lambda: parts(xlsx(), **{f"x{n}": b"" for n in range(2001)}),
        "broken",
    ),
    "laughs": Nasty("实体炸弹（工作表）", lambda: laughs(SHEET), "entities"),
    "laughs_texts": Nasty("实体炸弹（共享文字）", lambda: laughs(TEXTS), "entities"),
    "outside": Nasty("引用外部文件的实体", outside, "entities"),
    "bad_xml": Nasty("标签不成对的工作表", lambda: own_sheet("<row><c></row>"), "broken"),
    "no_part": Nasty("缺工作表部件", lambda: parts(xlsx(), **{SHEET: None}), "no_sheet"),
    "hidden": Nasty("工作表全部隐藏", all_hidden, "no_sheet"),
    "letter": Nasty("没有表头的表格", lambda: xlsx(["甲", "乙"], headings=["丙"]), "no_headings"),
    "lacking": Nasty("缺一列", lambda: xlsx(headings=["户编号", "姓名"]), "heading_missing"),
    "doubled": Nasty(
        "同名的两列", lambda: xlsx(headings=["姓名", "身份证号", "姓名"]), "heading_doubled"
    ),
    "bare": Nasty("只有表头", lambda: csv().splitlines(keepends=True)[0], "no_rows"),
    "too_many": Nasty("行数过多", lambda: csv(*[GOOD] * 2100), "too_many_rows"),
    "many_merges": Nasty(
        "合并单元格过多",
        lambda: parts(
            xlsx(),
            **{
                SHEET: OPEN
                + heading_xml()
                + "</sheetData><mergeCells>"
                + "".join(f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(2, 4500, 2))
                + "</mergeCells></worksheet>"
            },
        ),
        "too_many_merges",
    ),
    "disordered": Nasty(
        "行号倒退的工作表", lambda: own_sheet('<row r="5"/><row r="2"/>'), "broken"
    ),
    "zero_bytes": Nasty("CSV里有空字节", lambda: csv(raw=b"a\0b"), "zero_bytes"),
    "mixed": Nasty(
        "CSV里混用两种编码", lambda: csv() + "乙".encode("gb18030") + b"\xff\xff", "encoding"
    ),
    "quote": Nasty("CSV引号不成对", lambda: csv(raw='H2,"任'.encode()), "quotes"),
    "old_cut": Nasty("损坏的.xls", lambda: xls()[:512] + b"\xff" * 900 + xls()[1412:], "broken"),
    "old_far": Nasty("自称有1600万格的.xls", lambda: xls(far=True), "unpacked"),
    # the row is named
    "id_number": Nasty(
        "身份证号成了数字", lambda: xlsx(row(id=610799197402110014)), fault="id_number_cell"
    ),
    "id_science": Nasty(
        "身份证号成了6.1E+17", lambda: csv(row(id="6.10799E+17")), fault="id_number_cell"
    ),
    "id_old_number": Nasty(
        "旧.xls里身份证号成了数字", lambda: xls(row(id=6.10799e17)), fault="id_number_cell"
    ),
    "id_digit": Nasty("校验位不对", lambda: xlsx(row(id=ID[:-1] + "0")), fault="id_wrong"),
    "id_short": Nasty("身份证号少一位", lambda: xlsx(row(id=ID[:-1])), fault="id_shape"),
    "id_demo": Nasty("正式系统里的演示号码", xlsx, fault="id_demo", real=True),
    "account_number": Nasty(
        "银行账号成了数字",
        lambda: xlsx(row(account=6217000012345678912)),
        fault="account_number_cell",
    ),
    "cell_error": Nasty(
        "单元格是#REF!",
        lambda: with_cell("G2", '<c r="G2" t="e"><v>#REF!</v></c>'),
        fault="cell_error",
    ),
    "formula_bare": Nasty(
        "公式没有结果", lambda: with_cell("G2", '<c r="G2"><f>1+1</f></c>'), fault="formula_empty"
    ),
    "month_number": Nasty(
        "月份写成2022.1的数字", lambda: xlsx(row(month=2022.1)), fault="month_number_cell"
    ),
    "no_day": Nasty("2月30日", lambda: xlsx(row(born="2022-02-30")), fault="date_none"),
    "words_day": Nasty("日期写成“去年”", lambda: xlsx(row(born="去年")), fault="date_shape"),
    "words_money": Nasty("金额写成大写", lambda: xlsx(row(money="壹仟元整")), fault="money_shape"),
    "thirds": Nasty("金额有三位小数", lambda: xlsx(row(money=16.705)), fault="money_shape"),
    "negative": Nasty("金额是负数", lambda: xlsx(row(money=-5)), fault="money_negative"),
    "strange_code": Nasty("不在列表里的类别", lambda: xlsx(row(kind="五保")), fault="code_unknown"),
    "no_name": Nasty("没有姓名", lambda: xlsx(row(name="")), fault="missing"),
    "formula_name": Nasty(
        "姓名是一条公式文字", lambda: csv(row(name="=cmd|' /C calc'!A0")), fault="name_shape"
    ),
    "endless": Nasty("一格里有几万字", lambda: xlsx(row(note="长" * 30_000)), fault="too_long"),
    # read as it was meant
    "plain": Nasty("正常的.xlsx", xlsx, read=READ),
    "old": Nasty("旧.xls，有合并标题", xls, read=READ),
    "et": Nasty("WPS的.et", lambda: xls(row(born=dt.date(2022, 5, 9))), read=READ),
    "utf8_mark": Nasty("带BOM的UTF-8 CSV", lambda: csv(encoding="utf-8-sig"), read=READ),
    "gb18030": Nasty(
        "GB18030 CSV，有生僻字",
        lambda: csv(row(name="任䶮𬌗"), encoding="gb18030"),
        read=READ | {"name": "任䶮𬌗"},
    ),
    "utf16": Nasty("UTF-16，制表符分隔", lambda: csv(encoding="utf-16", mark="\t"), read=READ),
    "semicolons": Nasty("分号分隔的CSV", lambda: csv(mark=";"), read=READ),
    "wide": Nasty(
        "全角数字",
        lambda: xlsx(
            row(id="６１０７９９１９７４０２１１００１４", phone="１３９０００００００１")
        ),
        read=READ,
    ),
    "apostrophe": Nasty("身份证号前有撇号", lambda: xlsx(row(id=f"'{ID} ")), read=READ),
    "unseen": Nasty("看不见的字符", lambda: xlsx(row(name="任\u200b建明\u00a0")), read=READ),
    "fifteen": Nasty("15位旧号码", lambda: xlsx(row(id=OLD_ID)), read={"id": "610799197402110014"}),
    "dots": Nasty(
        "姓名里各种间隔号", lambda: xlsx(row(name="阿依•古丽")), read={"name": "阿依·古丽"}
    ),
    "order": Nasty("列的顺序不同", shuffled, read=READ),
    "synonyms": Nasty(
        "表头的别的叫法",
        lambda: xlsx(GOOD, headings=["户编号", "户主姓名", "公民身份号码（必填*）", *HEADINGS[3:]]),
        read=READ,
    ),
    "title": Nasty("表头上面有标题和单位", lambda: xlsx(above=4), read=READ),
    "two_lines": Nasty(
        "两层合并的表头",
        lambda: xlsx([""], headings=[], then=merged_headings),
        read={"home": "H1", "id": ID, "money": 167000},
    ),
    "merged": Nasty(
        "户编号合并了几行",
        lambda: xlsx(row(home=""), row(home=""), then=merged_down),
        read={"home": "H7"},
        rows=2,
    ),
    "totals": Nasty(
        "小计、合计、空行和表尾",
        lambda: xlsx(
            GOOD, ["小计", "", "", "", "", "", 1670], [], GOOD, ["合 计"], ["制表人：李某"]
        ),
        read=READ,
        rows=2,
    ),
    "again": Nasty("表头重复打印", lambda: xlsx(GOOD, HEADINGS, GOOD), read=READ, rows=2),
    "concealed": Nasty(
        "隐藏的行和列",
        lambda: xlsx(
            then=lambda book, sheet: (
                sheet.set_row(1, None, None, {"hidden": True}),
                sheet.set_column(2, 2, None, None, {"hidden": True}),
            )
        ),
        read=READ,
    ),
    "second": Nasty("名单在第二张工作表", two_sheets, read=READ),
    "dotted_day": Nasty("日期写成2022.5.9", lambda: xlsx(row(born="2022.5.9")), read=READ),
    "slashed_day": Nasty("日期写成2022/05/09", lambda: xlsx(row(born="2022/05/09")), read=READ),
    "solid_day": Nasty("日期写成20220509", lambda: xlsx(row(born=20220509)), read=READ),
    "chinese_day": Nasty(
        "日期写成二〇二二年五月九日", lambda: xlsx(row(born="二〇二二年五月九日")), read=READ
    ),
    "serial_day": Nasty("日期成了44690", lambda: xlsx(row(born=44690)), read=READ),
    "real_day": Nasty("日期格式的单元格", lambda: xlsx(row(born=dt.date(2022, 5, 9))), read=READ),
    "day_1904": Nasty(
        "1904年起算的日期",
        lambda: xlsx(row(born=dt.date(2022, 5, 9)), options={"date_1904": True}),
        read=READ,
    ),
    "written_month": Nasty("月份写成2022年6月", lambda: xlsx(row(month="2022年6月")), read=READ),
    "spelled_money": Nasty(
        "金额写成￥1,670.00元", lambda: xlsx(row(money="￥1,670.00元")), read=READ
    ),
    "formula": Nasty(
        "公式有结果",
        lambda: with_cell("G2", '<c r="G2"><f>1600+70</f><v>1670</v></c>'),
        read=READ,
    ),
    "rich": Nasty(
        "一格里几种字体和拼音",
        lambda: with_cell(
            "B2",
            '<c r="B2" t="inlineStr"><is><r><t>任</t></r><r><t>建明</t></r>'
            '<rPh sb="0" eb="1"><t>REN</t></rPh></is></c>',
        ),
        read=READ,
    ),
    "prefixed": Nasty("标签带前缀的工作表", prefixed, read=READ),
    "far": Nasty(
        "最末一格有字的.xlsx",
        lambda: own_sheet(
            heading_xml()
            + '<row r="2">'
            + "".join(inline(str(v), f"{chr(65 + n)}2") for n, v in enumerate(GOOD))
            + f'</row><row r="1048576">{inline("远", "XFD1048576")}</row>'
        ),
        read=READ,
    ),
}
