"""`doudi init` and `doudi staff`: links out, clear refusals, nothing half done."""

import io
import re

import pytest

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import invitation_by_token, roles_of
from doudi.clock.demo_mark import mark_demo
from doudi.clock.time import now
from doudi.commands import init, staff
from doudi.regions.models import Region
from tests.accounts.test_import_staff import GOOD, _sheet, _with

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/invite/([\w-]+)/")


def _run(command, *argv):
    out, err = io.StringIO(), io.StringIO()
    code = command.run(list(argv), out, err)
    return code, out.getvalue(), err.getvalue()


def test_init_makes_the_regions_and_one_security_administrator_with_a_link():
    code, out, _err = _run(init, "--account", "boss", "--address", "https://doudi.example")

    token = LINK.search(out).group(1)
    person = invitation_by_token(token, now()).staff
    assert code == 0
    assert "https://doudi.example/invite/" in out
    assert roles_of(person) == {Role.SECURITY_ADMIN}
    assert Region.objects.filter(level="town").count() == 177


def test_init_a_second_time_is_refused_and_adds_nobody():
    _run(init)

    code, out, err = _run(init, "--account", "second")

    assert (code, out) == (1, "")
    assert "in use" in err
    assert Staff.objects.count() == 1


def test_init_refuses_a_demonstration():
    mark_demo(7, "0.01", now())

    code, _out, err = _run(init)

    assert code == 1
    assert "demonstration" in err
    assert not Staff.objects.exists()


def test_init_with_a_bad_account_says_so():
    code, _out, err = _run(init, "--account", "!")

    assert code == 1
    assert "账号" in err


def test_staff_add_prints_a_link_that_lets_the_person_in(admin):
    code, out, _err = _run(
        staff, "add", "lijb", "李经办", "--role", "town_clerk", "--region", "610702008"
    )

    assert code == 0
    assert invitation_by_token(LINK.search(out).group(1), now()).staff.account == "lijb"


@pytest.mark.parametrize(("region", "says"), [("610702", "这一级"), ("610799", "没有这个区划")])
def test_staff_add_in_a_wrong_place_is_refused(admin, region, says):
    argv = ["add", "lijb", "李经办", "--role", "town_clerk", "--region", region]

    code, _out, err = _run(staff, *argv)

    assert code == 1
    assert says in err
    assert not Staff.objects.filter(account="lijb").exists()


def test_staff_import_names_the_bad_rows_and_adds_nobody(admin, tmp_path):
    file = tmp_path / "staff.xlsx"
    file.write_bytes(_sheet(GOOD, _with(account="two", number="", role="?")).getvalue())

    code, _out, err = _run(staff, "import", str(file))

    assert code == 1
    assert "row 3 two" in err
    assert Staff.objects.count() == 1


def test_staff_import_prints_one_link_a_person(admin, tmp_path):
    file = tmp_path / "staff.xlsx"
    file.write_bytes(_sheet(GOOD).getvalue())

    code, out, _err = _run(staff, "import", str(file))

    assert code == 0
    assert len(LINK.findall(out)) == 1


def test_staff_import_of_a_missing_file_is_one_sentence(admin, tmp_path):
    code, _out, err = _run(staff, "import", str(tmp_path / "none.xlsx"))

    assert code == 1
    assert "No such file" in err


def test_the_template_is_written(city, tmp_path):
    file = tmp_path / "empty.xlsx"

    code, _out, _err = _run(staff, "template", str(file))

    assert code == 0
    assert file.read_bytes().startswith(b"PK")


def test_wrong_usage_ends_with_two():
    with pytest.raises(SystemExit) as leaving:
        _run(staff, "add", "lijb")

    assert leaving.value.code == 2
