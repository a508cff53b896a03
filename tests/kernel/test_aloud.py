"""A Chinese text as it is said: numbers in words, characters in the reading they have there."""

import pytest

from doudi.kernel.aloud import said, said_number, syllables

READINGS = {"供养": "gong1 yang3"}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "零"),
        ("10", "十"),
        ("12", "十二"),
        ("20", "二十"),
        ("105", "一百零五"),
        ("110", "一百一十"),
        ("1,670", "一千六百七十"),
        ("6,000", "六千"),
        ("10,010", "一万零一十"),
        ("20,305", "二万零三百零五"),
        ("100,000", "十万"),
        ("2,000,050", "二百万零五十"),
        ("1.5", "一点五"),
        ("327.50", "三百二十七点五零"),
    ],
)
def test_a_number_is_said_as_people_say_it(number, words):
    assert said_number(number) == words


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("每月1,670元", "每月一千六百七十元"),
        ("另加50%", "另加百分之五十"),
        ("2套住房，2个人，12个月", "两套住房，两个人，十二个月"),
        ("1.2套", "一点二套"),
    ],
)
def test_amounts_shares_and_pairs_stand_in_words(text, heard):
    assert said(text) == heard


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("银行行不行", "yin2 hang2 xing2 bu4 xing2"),
        ("重病，重新", "zhong4 bing4, chong2 xin1"),
        ("还有，还钱", "hai2 you3, huan2 qian2"),
        ("特困供养", "te4 kun4 gong1 yang3"),
        ("儿女长大，长期", "er2 nv3 zhang3 da4, chang2 qi1"),
        ("不要，不来，要不", "bu2 yao4, bu4 lai2, yao4 bu4"),
        ("一页，一张，一级，第一", "yi2 ye4, yi4 zhang1, yi1 ji2, di4 yi1"),
        ("十一月，1.5倍", "shi2 yi1 yue4, yi1 dian3 wu3 bei4"),
        ("医药费", "yi1 yao4 fei4"),
        ("镇（街道）。", "zhen4, jie1 dao4."),
    ],
)
def test_characters_with_several_readings_have_the_one_of_their_phrase(text, heard):
    assert syllables(text, {**READINGS, "还钱": "huan2 qian2"}) == heard
