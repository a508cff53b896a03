"""Every form, filled and blank; what may and what may never reach a paper."""

import re
from pathlib import Path

import pytest

from doudi.kernel.errors import NotFound
from doudi.kernel.money import capital_yuan
from doudi.paper.fields import allowed, missing_fields
from doudi.paper.forms import FORMS, PUBLIC, find_form
from doudi.paper.samples import REFUSAL
from doudi.paper.typst import PACKS, PaperError, qr_svg, render
from tests.paper.prints import blank, filled, paper

PAGES = dict.fromkeys(("F05", "F07-2", "F09", "F10", "F16", "F17", "F24"), 2) | {"F01": 3}
BLANK_PAGES = PAGES | {"F16": 1}
NOBODY = {"F06", "F10", "F11", "F16", "F18", "F19", "F27"}  # their examples are about other people
A4, ACROSS = (595, 842), (842, 595)
# Signed by people alone: what residents write, what a meeting keeps, the cover of a file.
UNSEALED = {"F01", "F02", "F03", "F08-2", "F08-3", "F08-4", "F19", "F24"}
ENGLISH = [code for code, form in FORMS.items() if "en" in form.languages]


@pytest.mark.parametrize("code", FORMS)
def test_a_filled_form_prints_on_its_pages_with_readable_text(code: str) -> None:
    printed = filled(code)

    name = "任*明" if code in ("F12", "F12-2") else "任建明"

    assert printed.pages == PAGES.get(code, 1)
    assert "\ufffd" not in printed.text
    assert name in printed.text or code in NOBODY


@pytest.mark.parametrize("code", FORMS)
def test_a_blank_form_keeps_its_pages_and_names_nobody(code: str) -> None:
    printed = blank(code)

    pages = BLANK_PAGES.get(code, 1)

    assert printed.pages == pages
    assert "任建" not in printed.text
    assert "七里" not in printed.text
    assert "1,670" not in printed.text
    assert f"第1页共{pages}页" in printed.text


@pytest.mark.parametrize("code", [code for code in FORMS if code.startswith("F")])
def test_an_offices_form_is_a4_empty_and_filled_with_its_place_for_the_seal(code: str) -> None:
    papers = (blank(code), filled(code))

    assert {size for printed in papers for size in printed.sizes} == {
        ACROSS if code == "F16" else A4
    }
    assert ["章" in printed.text for printed in papers] == [code not in UNSEALED] * 2


@pytest.mark.parametrize("code", FORMS)
def test_the_demonstration_marks_every_page_and_a_real_paper_none(code: str) -> None:
    marked, real = filled(code), blank(code)

    assert marked.text.count("演示数据") >= 2 * marked.pages
    assert "演示数据" not in real.text


@pytest.mark.parametrize("code", ENGLISH)
def test_an_english_variant_speaks_english(code: str) -> None:
    form = FORMS[code]

    printed = paper(code, {**form.sample, **form.sample_en})

    assert "Proofofdelivery" in printed.text
    assert "Page1of1" in printed.text
    assert re.search("(May|November)2022", printed.text)
    assert not re.search("[你您]", printed.text)


def test_a_form_without_english_stays_chinese() -> None:
    data = {**FORMS["F09"].sample, "language": "en"}

    printed = paper("F09", data)

    assert "第1页共2页" in printed.text


def test_every_letter_of_a_case_has_its_english() -> None:
    letters = {"F04-1", "F04-2", "F04-3", "F13", "F14", "F28"}

    assert letters == set(ENGLISH)


def test_a_roll_sums_every_page_and_the_whole_in_capitals() -> None:
    data = FORMS["F16"].sample

    text = filled("F16").text

    assert [page["households"] for page in data["pages"]] == [15, 1]
    assert data["totals"]["amount_fen"] == 167_000 + 15 * 367_050
    assert text.count("本页小计") == 2
    assert capital_yuan(data["totals"]["amount_fen"]) in text


def test_the_result_shows_the_amount_in_figures_and_capitals_and_its_three_lines() -> None:
    sample = dict(FORMS["F13"].sample)

    text = paper("F13", sample).text

    assert "1,670.00" in text
    assert "壹仟陆佰柒拾元整" in text
    assert all(line.replace(" ", "") in text for line in sample["formula"])
    assert "自收到本文书之日起60日内向汉台区人民政府申请行政复议" in text


def test_a_refusal_names_facts_clauses_other_aid_and_remedies_and_no_amount() -> None:
    data = dict(REFUSAL)

    text = paper("F13", data).text

    assert "不予确认告知书" in text
    assert data["reasons"][0]["fact"] in text
    assert data["reasons"][0]["clause"] in text
    assert all(row["name"] in text for row in data["alternatives"])
    assert "行政复议" in text
    assert "壹仟陆佰柒拾元整" not in text


def test_the_review_sheet_prints_review_and_confirmation_by_two_people() -> None:
    opinions = FORMS["F09"].sample["opinions"]

    text = paper("F09", dict(FORMS["F09"].sample)).text

    assert f"审核负责人：{opinions['review']['head']}" in text
    assert f"确认负责人：{opinions['confirm']['head']}" in text
    assert "标准655.00元×3人−核算收入819.00元＋分类施保524.00元＝月保障金1,670.00元" in text


def test_a_public_notice_masks_names_and_takes_nothing_it_does_not_list() -> None:
    secrets = {
        "id_number": "610799197402110014",
        "phone": "12900000001",
        "illness": "尘肺病",
        "account": "6210990000000000012",
    }
    row = {**FORMS["F12"].sample["cases"][0], **secrets, "masked_name": "欧阳建明"}

    text = paper("F12", {**FORMS["F12"].sample, **secrets, "cases": [row]}).text

    assert "欧阳*明" in text
    assert "欧阳建明" not in text
    assert not any(secret in text for secret in secrets.values())


def test_an_authorisation_prints_the_text_that_was_signed() -> None:
    sample = dict(FORMS["F02"].sample)
    in_force = (PACKS / "hanzhong" / "texts" / "authorisation.zh.md").read_text("utf-8")
    clauses = [line[3:] for line in in_force.splitlines() if line[:1].isdigit()]

    now = paper("F02", sample).text
    older = paper("F02", {**sample, "text": ["旧文本第一条。"], "text_version": "2021-3"}).text

    assert all(clause.replace(" ", "") in now for clause in clauses)
    assert "文本版本：2021-3" in older
    assert "旧文本第一条。" in older
    assert clauses[0] not in older


def test_only_listed_fields_are_handed_to_a_template() -> None:
    row = {"masked_name": "任*明", "id_number": "610799197402110014"}
    data = {"town": {"a": 1}, "cases": [row, "词"], "illness": "尘肺病", "demo": True}

    handed = allowed(FORMS["F12"], data)

    assert handed == {"town": None, "cases": [{"masked_name": "任*明"}], "demo": True}


def test_a_public_notice_of_many_cases_runs_over_pages_with_its_heading_repeated() -> None:
    row = FORMS["F12"].sample["cases"][0]
    rows = [{**row, "sequence": f"{n:04d}"} for n in range(1, 61)]

    printed = paper("F12", {**FORMS["F12"].sample, "cases": rows})

    assert printed.pages > 1
    assert printed.text.count("救助类别") == printed.text.count("申请人")
    assert printed.text.count("救助类别") > 1
    assert "0060任*明" in printed.text


def test_a_large_family_adds_rows_to_the_review_sheet() -> None:
    member = FORMS["F09"].sample["members"][0]
    family = [{**member, "name": f"任家{n:02d}"} for n in range(12)]

    text = paper("F09", {**FORMS["F09"].sample, "members": family}).text

    assert all(one["name"] in text for one in family)


def test_the_same_data_give_the_same_bytes() -> None:
    data = dict(FORMS["F13"].sample)

    first, second = render("F13", data, pack="hanzhong"), render("F13", data, pack="hanzhong")

    assert first == second
    assert b"CreationDate" not in first


def test_a_pack_may_be_named_by_its_folder() -> None:
    folder = PACKS / "hanzhong"

    by_folder = render("F12", FORMS["F12"].sample, pack=folder)

    assert by_folder == render("f12", FORMS["F12"].sample, pack="hanzhong")


def test_an_unknown_form_and_a_pack_without_forms_are_refused(tmp_path: Path) -> None:
    data = {"blank": True}

    with pytest.raises(NotFound):
        find_form("F99")

    with pytest.raises(PaperError):
        render("F12", data, pack=tmp_path)


@pytest.mark.parametrize("code", FORMS)
def test_the_sample_fills_every_required_field(code: str) -> None:
    form = FORMS[code]

    missing = missing_fields(form, form.sample)

    assert missing == []


def test_missing_fields_are_named_in_the_order_of_the_form() -> None:
    form = FORMS["F04-1"]
    data = {**form.sample, "office": "", "due_on": None}

    missing = missing_fields(form, data)

    assert missing == ["office", "due_on"]


def test_every_form_has_its_template_in_the_pack() -> None:
    folder = PACKS / "hanzhong" / "forms"

    templates = {path.stem for path in folder.glob("[!_]*.typ")}

    assert templates == {form.template for form in (FORMS | PUBLIC).values()}


def test_a_code_too_long_to_scan_is_refused() -> None:
    address = "https://doudi.example/q/" + "a" * 200

    with pytest.raises(PaperError):
        qr_svg(address)
