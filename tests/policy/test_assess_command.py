"""`doudi assess`: files of every kind, with bad cases among good ones."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from doudi.commands.assess import run
from tests.policy.build import ROOT, household


def _run(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(list(argv), out, err)
    return code, out.getvalue(), err.getvalue()


def _file(folder: Path, text: str | bytes) -> str:
    path = folder / "cases.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return str(path)


def test_rens_file_gives_his_amount_as_json() -> None:
    code, out, err = _run(str(ROOT / "docs/examples/ren.json"), "--json", "--explain")

    answer = json.loads(out)
    dibao = next(f for f in answer["findings"] if f["programme"] == "dibao")
    assert (code, err) == (0, "")
    assert answer["recommended"] == "dibao"
    assert dibao["monthly_yuan"] == "1670.00"
    assert dibao["steps"]


def test_the_readable_answer_names_every_programme_and_source() -> None:
    code, out, _ = _run(str(ROOT / "docs/examples/ren.json"), "--explain")

    assert code == 0
    assert "最低生活保障：符合  1,670.00 元" in out
    assert "未经本地核实" in out


def test_a_bad_case_leaves_the_others_assessed(tmp_path: Path) -> None:
    good, bad = household({"name": "好"}), household({"name": "坏"}) | {"area": "moon"}

    code, out, err = _run(_file(tmp_path, json.dumps([good, bad, good])), "--json")

    results = json.loads(out)
    assert code == 1
    assert [r["case"] for r in results] == ["好", "坏", "好"]
    assert results[1]["error"]["path"] == "area"
    assert results[2]["recommended"] == "dibao"
    assert err.startswith("坏: area: ")


def test_json_lines_are_read_and_a_broken_line_named(tmp_path: Path) -> None:
    line = json.dumps(household({}))
    twice = line.replace('"area"', '"on": "2022-06-01", "area"', 1)

    code, out, _ = _run(_file(tmp_path, f"{line}\n\n{line[:-9]}\n{twice}\n{line}\n"), "--json")

    results = json.loads(out)
    assert code == 1
    assert [r.get("error", {}).get("path") for r in results] == [None, "", "on", None]


def test_another_day_can_be_asked_for(tmp_path: Path) -> None:
    file = _file(tmp_path, json.dumps(household({"income": {"wage": "7900"}})))

    before = json.loads(_run(file, "--json")[1])
    after = json.loads(_run(file, "--json", "--on", "2025-10-01")[1])

    assert before["recommended"] == "borderline"
    assert (after["on"], after["recommended"]) == ("2025-10-01", "dibao")


@pytest.mark.parametrize(
    ("change", "path"),
    [({"on": "2021-09-30"}, "on"), ({"region": "110101001"}, "region"), ({"\ud800\n": 1}, "\\ud8")],
)
def test_days_and_places_without_law_are_named(
    tmp_path: Path, change: dict[str, Any], path: str
) -> None:
    file = _file(tmp_path, json.dumps(household({}) | change))

    code, out, err = _run(file, "--json")

    error = json.loads(out)["error"]
    assert code == 1
    assert error["path"].startswith(path)
    assert err.encode("utf-8").count(b"\n") == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"{",
        b"not json",
        b"[1, 2",
        b'{"a": 1}}',
        b"\xff\xfe{}",
        "汉".encode("gbk"),
        b"[" * 100_000,
        b"1" * 5_000,
    ],
)
def test_a_file_that_cannot_be_read_gives_one_sentence(tmp_path: Path, content: bytes) -> None:
    code, out, err = _run(_file(tmp_path, content), "--json")

    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert err.startswith("doudi assess: ")


@pytest.mark.parametrize("name", ["nowhere.json", ".", "a\x00b"])
def test_a_missing_file_gives_one_sentence(tmp_path: Path, name: str) -> None:
    code, _, err = _run(f"{tmp_path}/{name}")

    assert code == 1
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "content", [b"[]", b"null", b"3", b"[[]]", b'["x"]', b"NaN", b"\xef\xbb\xbf{}"]
)
def test_json_without_households_never_crashes(tmp_path: Path, content: bytes) -> None:
    code, out, _ = _run(_file(tmp_path, content), "--json")

    assert code == (0 if content == b"[]" else 1)
    assert json.loads(out) == [] or "error" in out


@pytest.mark.parametrize(
    "argv", [[], ["--on", "20220601", "x"], ["--on", "2022-02-30", "x"], ["x", "--what"]]
)
def test_wrong_usage_exits_with_two(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        run(argv, io.StringIO(), io.StringIO())

    assert leaving.value.code == 2


def test_it_reads_standard_input_without_loading_django() -> None:
    text = (ROOT / "docs/examples/ren.json").read_bytes()
    program = (
        "import sys; from doudi.commands.assess import run; "
        "code = run(['-', '--json'], sys.stdout, sys.stderr); "
        "assert 'django' not in sys.modules; sys.exit(code)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], input=text, capture_output=True, cwd=ROOT
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["recommended"] == "dibao"
