"""F14 调整、停发、渐退告知书: what a benefit was, what it becomes, and how to be heard before."""

from doudi.paper.fields import Form, may, need
from doudi.paper.letter_fields import ALTERNATIVES, HEAD, REMEDIES
from doudi.paper.samples import CLAUSES, GENUINE, LETTER, Data
from doudi.paper.samples import REMEDIES as WAYS

SAMPLE: Data = (
    {k: v for k, v in LETTER.items() if k != "applied_on"}
    | WAYS
    | {
        "is_proposed": True,
        "qr_text": GENUINE,
        "number": "汉台七里救助调〔2022〕7号",
        "change": "taper",
        "programme": "最低生活保障",
        "clause": CLAUSES + "第三十二条、第三十三条",
        "before_fen": 167_000,
        "after_fen": 167_000,
        "effective_month": "2022-12",
        "taper_from_month": "2022-12",
        "taper_until_month": "2023-05",
        "facts": [
            "任小雪2022年11月起在汉中某某机械厂就业，月工资1,900.00元（市人社局，截至2022年11月30日）。",
            "全家月人均收入1,103.00元，超过城市低保标准655.00元，未超过标准的2倍。",
        ],
        "formula": ["渐退期内按原金额1,670.00元发放，期满后不再发放。"],
        "hearing_until_on": "2022-12-09",
        "alternatives": [
            {"name": "低保边缘家庭认定", "how": "渐退期满前可以向本街道申请，不用重新交材料。"}
        ],
        "delivery": {"manner": "village", "receiver": "任建明", "sender": "李某（协理员）"},
        "issued_on": "2022-11-25",
    }
)
ENGLISH: Data = {
    "language": "en",
    "programme": "subsistence allowance (dibao)",
    "clause": "Measures for Review and Confirmation of Dibao (MCA 2021 No. 57), articles 32 and 33",
    "facts": [
        "任小雪 has worked at a machine factory in Hanzhong since November 2022 for CNY 1,900.00 "
        "a month (Bureau of Human Resources, as of 30 November 2022).",
        "Income per head is CNY 1,103.00 a month: above the urban standard of 655.00, "
        "not above twice the standard.",
    ],
    "formula": ["Paid as before, CNY 1,670.00, while the exit lasts; nothing after it."],
    "alternatives": [
        {"name": "Borderline household", "how": "apply here before the exit ends; no new papers."}
    ],
}

CHANGE_LETTER = Form(
    "F14",
    "f14",
    "调整（停发、渐退）告知书",
    "Notice of a change of assistance",
    HEAD
    | REMEDIES
    | {
        "change": need("raise 增发 | lower 减发 | taper 渐退 | pause 暂停 | stop 停发"),
        "programme": need("救助类别"),
        "clause": need("依据"),
        "before_fen": need("原月保障金额"),
        "after_fen": need("新月保障金额，停发时为0"),
        "effective_month": need("生效年月"),
        "taper_from_month": may("渐退期起"),
        "taper_until_month": may("渐退期止"),
        "facts": need("查到的事实，一条一句，写明来源和截至日"),
        "formula": may("计算过程，一条一句"),
        "hearing_until_on": may("陈述申辩期截止日；增发等不听取的为空"),
        "is_proposed": may("真：还没有决定，先听取意见"),
        "alternatives": ALTERNATIVES,
    },
    SAMPLE,
    ENGLISH,
)
