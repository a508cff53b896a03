"""What a line is paid for, in words: those of an extra are the city's own."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from doudi.benefits.kinds import kind_name, purpose_of
from doudi.policy.book import PackError
from doudi.policy.pack import load_pack
from tests.policy.build import PACK


def a_city_with(extras: str, folder: Path) -> Path:
    """Today's pack, in which the extras are called otherwise."""
    (folder / "catalog").mkdir()
    for path in PACK.folder.iterdir():
        if path.name != "catalog":
            (folder / path.name).symlink_to(path)
    for path in (PACK.folder / "catalog").iterdir():
        if path.name != "extras.yaml":
            (folder / "catalog" / path.name).symlink_to(path)
    (folder / "catalog" / "extras.yaml").write_text(extras, encoding="utf-8")
    return folder


def shown(kind: str, language: str) -> str:
    with override(language):
        return render_to_string("ui/components/payment_kind.html", {"kind": kind}).strip()


def test_another_city_names_its_own_extras_on_the_page_and_at_the_bank(tmp_path, settings):
    before = [kind_name("heating"), shown("heating", "zh-hans"), shown("heating", "en")]

    settings.DOUDI_PACK_DIR = a_city_with("heating: {zh: 柴火费, en: Firewood}", tmp_path)

    assert before == ["取暖补贴", "取暖补贴", "Winter heating"]
    assert [shown("heating", "zh-hans"), shown("heating", "en")] == ["柴火费", "Firewood"]
    assert purpose_of("2022-11", "heating") == "2022年11月柴火费"
    assert kind_name("price_link") == "其他补贴"  # this city has no such word


def test_an_extra_without_its_english_is_refused_with_the_pack(tmp_path):
    folder = a_city_with("heating: {zh: 柴火费}", tmp_path)

    with pytest.raises(PackError, match=r"extras\.yaml"):
        load_pack(folder)


@pytest.mark.parametrize(
    ("programme", "words"),
    [("single_person", "单人保（补发）"), ("unsupported_child", "事实无人抚养儿童补贴（补发）")],
)
def test_a_kind_that_was_cut_keeps_its_name(programme, words):
    kind = f"arrears.{programme}"[:20]

    assert (kind_name(kind), shown(kind, "zh-hans")) == (words, words)
