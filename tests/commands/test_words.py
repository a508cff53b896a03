"""The `doudi` command: one word, one file; good 0, refused 1 with a sentence, wrong usage 2."""

import io
import json

import pytest
from django.db import connection, transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.clock.demo_mark import mark_demo
from doudi.clock.time import now
from doudi.commands import audit, check, demo, roll, serve
from doudi.commands.main import WORDS, main
from tests.factories.cases import office


def run(word, *argv):
    out, err = io.StringIO(), io.StringIO()
    code = word.run(list(argv), out, err)
    return code, out.getvalue(), err.getvalue()


def test_without_a_word_the_usage_lists_every_word():
    out = io.StringIO()

    code = main([], out, io.StringIO())

    assert code == 2
    assert all(word in out.getvalue() for word in WORDS)


def test_an_unknown_word_is_wrong_usage():
    err = io.StringIO()

    code = main(["fly"], io.StringIO(), err)

    assert code == 2
    assert "no word 'fly'" in err.getvalue()


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_word_has_help(word, capsys):
    code = main([word, "--help"], io.StringIO(), io.StringIO())

    assert code == 0
    assert "usage: doudi" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_database_with_staff_is_never_turned_into_a_demonstration(city):
    office()

    code, _, err = run(demo)

    assert code == 1
    assert "real data" in err


@pytest.mark.django_db
def test_the_clock_of_a_real_database_is_not_moved_by_the_environment(settings):
    settings.DOUDI_CLOCK = "2030-01-01T00:00"

    refusal = serve._set_clock()

    assert "demonstration only" in refusal


@pytest.mark.django_db
def test_the_environment_moves_a_demonstrations_clock_forward_only(settings):
    mark_demo(7, "0", now())
    settings.DOUDI_CLOCK = "2022-05-20T08:00"

    refusal = serve._set_clock()
    settings.DOUDI_CLOCK = "2022-05-10T08:00"
    serve._set_clock()

    assert refusal == ""
    assert now().date().isoformat() == "2022-05-20"


@pytest.mark.django_db
def test_a_roll_of_no_county_is_refused_with_a_sentence(city):
    code, out, err = run(roll, "--month", "2022-06", "--county", "999999")

    assert (code, out) == (1, "")
    assert "no county" in err


@pytest.mark.django_db
def test_a_county_without_awards_has_an_empty_roll(city):
    code, out, _ = run(roll, "--month", "2022-06", "--county", "610702", "--json")

    assert code == 0
    assert json.loads(out)[0]["yuan"] == "0.00"


@pytest.mark.django_db
def test_check_names_what_stands_against_going_live(city, settings, tmp_path):
    settings.DOUDI_HOME, settings.DOUDI_ANCHORS = tmp_path, tmp_path / "anchors"

    code, out, _ = run(check, "--json")

    found = json.loads(out)
    assert code == 1
    assert "anchors" in found["anchors"]
    assert found["keys"] == ""


@pytest.mark.django_db(transaction=True)
def test_audit_verify_counts_the_entries_of_a_sqlite_file(settings, tmp_path):
    settings.DOUDI_ANCHORS = tmp_path
    if connection.vendor != "sqlite":
        pytest.skip("the suite's PostgreSQL is asked by tests/crash")
    with transaction.atomic():
        write("test.done", actor=SYSTEM, subject="x")
    settings.DATABASES["default"]["NAME"] = str(connection.settings_dict["NAME"])

    code, out, _ = run(audit, "verify", "--json")

    assert (code, json.loads(out)["entries"]) == (0, 1)
