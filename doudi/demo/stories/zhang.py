"""张某: cancer, applies from the hospital bed; Longtou town, Chenggu county (rules.md, Zhang)."""

import datetime as dt

from doudi.clock.time import CHINA
from doudi.demo.declare import Json, declaration, member, money
from doudi.urgent.actions.propose import Proposal
from doudi.urgent.actions.raise_help import Told

TOWN = "610722101"
VILLAGE_NAME = ""
BORN = {
    "m1": ("1968-11-05", "male"),
    "m2": ("1970-04-09", "female"),
    "m3": ("1999-12-30", "female"),
}
PHONES = {"m1": "12900000021", "m2": "12900000022", "m3": "12900000023"}

NIGHT = dt.datetime(2022, 3, 15, 22, 40, tzinfo=CHINA)
VISIT = dt.datetime(2022, 3, 16, 9, 30, tzinfo=CHINA)
PAPERS = dt.datetime(2022, 3, 28, 10, 0, tzinfo=CHINA)
SEEN = "在县医院肿瘤科住院，确诊恶性肿瘤，押金欠费；妻子务农，女儿打工，家中积蓄已用完。"


def told() -> Told:
    """What his daughter sends from the ward at night."""
    return Told(
        kind="illness",
        region=TOWN,
        phone=PHONES["m1"],
        name="张德福",
        what="查出癌症住院，押金交不上，家里钱花光了。",
        spot="县医院肿瘤科3床",
        persons=3,
        needed_fen=8_600_000,
    )


def proposal(numbers: dict[str, str]) -> Proposal:
    """6,000 yuan: more than the formula suggests, with the reason; so the county signs."""
    return Proposal(
        amount_fen=600_000,
        manner="account",
        payee_name="张德福",
        payee_id_number=numbers["m1"],
        bank="演示农商银行",
        account="6210990000000000036",
        reason="住院押金缺口大，全家积蓄用完，按一事一议先行救助6000元。",
    )


def declare(region: str, hukou: str, numbers: dict[str, str]) -> Json:
    """What he and his daughter type on the phone at night."""
    patient = member("m1", "self", "张德福", numbers["m1"], PHONES["m1"], serious_illness=True)
    patient |= {"illness": "恶性肿瘤", "expenses": [money("medical_own", 86000)]}
    wife = member("m2", "spouse", "李桂兰", numbers["m2"], PHONES["m2"])
    daughter = member("m3", "child", "张晓梅", numbers["m3"], PHONES["m3"], employed=True)
    wife |= {"income": [money("business", 6000)]}
    daughter |= {"income": [money("wage", 42000)]}
    return declaration(
        {
            "name": "张德福",
            "id_number": numbers["m1"],
            "phone": PHONES["m1"],
            "region": region,
            "address": "二组",
            "registered_region": hukou,
            "area": "rural",
            "bank": {"bank": "演示农商银行", "account": "6210990000000000036", "holder": "张德福"},
        },
        [patient, wife, daughter],
        event={
            "kind": "urgent",
            "cause": "突发重大疾病住院",
            "on": "2022-03-15",
            "persons": 3,
            "months": 1,
            "own_cost_yuan": "86000.00",
            "last_same_cause_on": None,
        },
        reason="住院治疗，积蓄已用完。",
    )
