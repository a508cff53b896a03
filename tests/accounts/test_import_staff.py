"""The staff sheet: nasty cells, all or nothing, every reason in its row."""

import io

import pytest
import xlsxwriter
from openpyxl import load_workbook

from doudi.accounts.actions.import_staff import import_staff
from doudi.accounts.figures.staff_sheet import HEADINGS
from doudi.accounts.models import Post, Staff
from doudi.accounts.queries import staff_template
from doudi.audit.actor import SYSTEM
from doudi.clock.time import now
from doudi.kernel.errors import Invalid

GOOD = [
    "qili.new",
    "赵新人",
    "13912345678",
    "110101199003074477",
    "镇（街道）经办人",
    "汉台区七里街道",
    "",
]


def _sheet(*rows: list[object], headings: tuple[str, ...] = HEADINGS) -> io.BytesIO:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
    out.seek(0)
    return out


def _with(**cells: object) -> list[object]:
    names = {"account": 0, "name": 1, "phone": 2, "number": 3, "role": 4, "region": 5, "since": 6}
    row: list[object] = list(GOOD)
    for name, value in cells.items():
        row[names[name]] = value
    return row


@pytest.mark.django_db
def test_a_good_sheet_brings_everybody_in_with_post_and_link(admin):
    second = _with(account="qili.two", number="", role="town_head", region="610702008000")

    report = import_staff(_sheet(GOOD, second), by=admin, at=now())

    assert report.is_taken
    assert [account for account, _token in report.invitations] == ["qili.new", "qili.two"]
    posts = Post.objects.filter(staff__account__startswith="qili.")
    assert {(p.role, p.region_id) for p in posts} == {
        ("town_clerk", "610702008000"),
        ("town_head", "610702008000"),
    }


@pytest.mark.django_db
def test_one_bad_row_keeps_everybody_out(admin):
    report = import_staff(_sheet(GOOD, _with(account="x")), by=admin, at=now())

    assert not report.is_taken
    assert [problem.number for problem in report.problems] == [3]
    assert not Staff.objects.filter(account="qili.new").exists()


@pytest.mark.django_db
def test_full_width_digits_blanks_and_apostrophes_are_cleaned(admin):
    row = _with(
        account=" Qili.New ",
        name="赵新人\u200b ",
        phone="１３９１２３４５６７８",
        number="'110101199003074477 ",
    )

    import_staff(_sheet(row), by=admin, at=now())

    staff = Staff.objects.get(account="qili.new")
    assert (staff.name, staff.phone.open()) == ("赵新人", "13912345678")
    assert staff.id_number.open() == "110101199003074477"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"number": 110101199003074477}, "数字格式"),
        ({"number": "110101199003074478"}, "校验位"),
        ({"phone": "139"}, "手机号"),
        ({"role": "镇长"}, "没有这个岗位"),
        ({"region": "火星镇"}, "没有这个区划"),
        ({"region": "619999999999"}, "没有这个区划"),
        ({"region": "610702000000"}, "这一级"),
        ({"since": "明天"}, "起始日期"),
        ({"since": "2022-02-30"}, "起始日期"),
        ({"name": ""}, "姓名"),
        ({"account": "admin"}, "已有人使用"),
    ],
)
def test_each_fault_is_named_in_its_row(admin, cells, reason):
    report = import_staff(_sheet(_with(**cells)), by=admin, at=now())

    assert report.problems[0].number == 2
    assert reason in " ".join(report.problems[0].reasons)


@pytest.mark.django_db
def test_a_row_with_three_faults_names_all_three(admin):
    report = import_staff(_sheet(_with(account="!", phone="1", role="?")), by=admin, at=now())

    assert len(report.problems[0].reasons) == 3


@pytest.mark.django_db
def test_the_same_account_or_number_twice_in_the_sheet_is_refused(admin):
    same_number = _with(account="qili.two")
    same_account = _with(number="")

    report = import_staff(_sheet(GOOD, same_number, same_account), by=admin, at=now())

    assert [(p.number, "重复" in p.reasons[-1]) for p in report.problems] == [(3, True), (4, True)]


@pytest.mark.django_db
def test_an_incompatible_fault_found_late_undoes_the_whole_import(admin):
    import_staff(_sheet(GOOD), by=admin, at=now())

    report = import_staff(_sheet(_with(account="three", number=""), GOOD), by=admin, at=now())

    assert report.problems
    assert not Staff.objects.filter(account="three").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("since", ["2022-06-01", "2022.6.1", "2022/6/1", "20220601"])
def test_dates_are_read_as_offices_write_them(admin, since):
    import_staff(_sheet(_with(since=since)), by=admin, at=now())

    assert Post.objects.get(staff__account="qili.new").from_on.isoformat() == "2022-06-01"


@pytest.mark.django_db
def test_only_checking_adds_nobody(admin):
    report = import_staff(_sheet(GOOD), by=admin, at=now(), only_check=True)

    assert (report.read, report.problems) == (1, [])
    assert not Staff.objects.filter(account="qili.new").exists()


@pytest.mark.django_db
def test_a_county_administrator_imports_nobody_for_another_county(admin, clerk):
    report = import_staff(_sheet(GOOD), by=clerk, at=now())

    assert "管理范围" in " ".join(report.problems[0].reasons)


@pytest.mark.django_db
def test_the_template_offers_roles_and_towns_and_reads_back_as_empty(city):
    content = staff_template()

    lists = load_workbook(io.BytesIO(content))["列表"]
    assert "汉台区七里街道" in {cell.value for cell in lists["G"]}
    assert "镇（街道）经办人" in {cell.value for cell in lists["F"]}
    with pytest.raises(Invalid, match="没有人员"):
        import_staff(io.BytesIO(content), by=SYSTEM, at=now())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空"),
        (b"hello", "表头"),
        (b"PK\x03\x04broken", "打不开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不是表格"),
    ],
    ids=["empty", "text", "broken zip", "broken xls"],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(admin, content, told):
    with pytest.raises(Invalid, match=told):
        import_staff(io.BytesIO(content), by=admin, at=now())


@pytest.mark.django_db
def test_a_sheet_without_our_headings_is_refused(admin):
    with pytest.raises(Invalid, match="表头"):
        import_staff(_sheet(GOOD, headings=("a", "b")), by=admin, at=now())


@pytest.mark.django_db
def test_a_sheet_without_people_is_refused(admin):
    with pytest.raises(Invalid, match="没有人员"):
        import_staff(_sheet(), by=admin, at=now())
