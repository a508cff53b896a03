"""张某: cancer, applies from the hospital bed; Longtou town, Chenggu county (rules.md, Zhang)."""

from doudi.demo.declare import Json, declaration, member, money

TOWN = "610722101"
VILLAGE_NAME = ""
BORN = {
    "m1": ("1968-11-05", "male"),
    "m2": ("1970-04-09", "female"),
    "m3": ("1999-12-30", "female"),
}
PHONES = {"m1": "12900000021", "m2": "12900000022", "m3": "12900000023"}


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
        reason="住院治疗,积蓄已用完。",
    )
