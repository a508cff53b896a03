"""F28 待遇变动申诉处理决定书: what was appealed against, what came of it, the way to the court."""

from doudi.paper.fields import Form, may, need
from doudi.paper.letter_fields import HEAD
from doudi.paper.samples import LETTER, Data

SAMPLE: Data = {k: v for k, v in LETTER.items() if k not in ("applied_on", "qr_text")} | {
    "office": "汉中市汉台区民政局",
    "number": "A610702008220001-诉20220620",
    "award_number": "A610702008220001",
    "programme": "最低生活保障",
    "kind": "adjust",
    "against_on": "2022-06-18",
    "from_month": "2022-07",
    "before_fen": 167_000,
    "after_fen": 114_600,
    "facts": "周玉兰2022年5月起在某某厂就业，收入增加。",
    "said": "我爱人只干了半个月就病了，没有再去，工资单是试用期的。",
    "filed_on": "2022-06-20",
    "limit_on": "2022-08-17",
    "late": False,
    "outcome": "upheld",
    "reasons": "经向用人单位核实，周玉兰5月19日已离职，6月以后没有工资，原核定收入有误。",
    "clause": "《社会救助暂行办法》（国务院令第649号）第六十五条",
    "court": "汉台区人民法院",
    "court_days": 15,
    "officer": "何主任",
    "issued_on": "2022-07-05",
    "delivery": {"manner": "village", "receiver": "任建明", "sender": "李某（协理员）"},
}
ENGLISH: Data = {
    "language": "en",
    "programme": "dibao (minimum living guarantee)",
    "facts": "周玉兰 has worked at a factory since May 2022; the income rose.",
    "said": "My wife worked for half a month, fell ill and never went back.",
    "reasons": "The employer says that 周玉兰 left on 19 May and had no wage from June on. "
    "The income was worked out wrongly.",
    "clause": "Interim Measures for Social Assistance (State Council No. 649), art. 65",
}

APPEAL_LETTER = Form(
    "F28",
    "f28",
    "待遇变动申诉处理决定书",
    "Decision on an appeal against a change",
    HEAD
    | {
        "award_number": need("待遇编号"),
        "programme": need("救助类别"),
        "kind": need("adjust 减发 | person_out 个人停发 | taper | suspend | stop | recovery 追回"),
        "against_on": need("原决定的日期"),
        "from_month": may("原决定的生效年月；追回的为空"),
        "before_fen": need("原月保障金额；追回的为追回金额"),
        "after_fen": may("变动后的月保障金额；追回的为空"),
        "facts": need("原决定的事实和理由"),
        "said": need("申诉人的意见"),
        "filed_on": need("提出日期"),
        "limit_on": need("申诉期限"),
        "late": may("真：逾期提出"),
        "outcome": need("upheld 申诉成立 | dismissed 维持原决定"),
        "reasons": need("核实情况和理由"),
        "clause": need("依据"),
        "court": need("有管辖权的法院"),
        "court_days": need("起诉的天数，现为15"),
    },
    SAMPLE,
    ENGLISH,
)
