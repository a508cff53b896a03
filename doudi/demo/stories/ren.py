"""任某某: lives in Bowang, Qili sub-district, with hukou in Lueyang; 1,670.00 yuan from June 2022.

The article names neither income nor top-ups: what stands here is assumed so that the rules of
rules.md lead to its amount (worked example Ren).
"""

from doudi.demo.declare import Json, declaration, member, money

TOWN = "610702008"
VILLAGE_NAME = "博望"
HUKOU_VILLAGE_NAME = "猫儿沟"
BORN = {
    "m1": ("1974-02-11", "male"),
    "m2": ("1977-06-18", "female"),
    "m3": ("2005-03-10", "female"),
}
PHONES = {"m1": "12900000001", "m2": "12900000002"}


def declare(region: str, hukou: str, numbers: dict[str, str]) -> Json:
    """What the family declares; `region` is Bowang, `hukou` the village in Lueyang."""
    self_, wife, daughter = (
        member("m1", "self", "任建明", numbers["m1"], PHONES["m1"]),
        member("m2", "spouse", "周玉兰", numbers["m2"], PHONES["m2"], employed=True),
        member("m3", "child", "任小雪", numbers["m3"], student="high_school"),
    )
    self_ |= {"disability": {"kind": "visual", "grade": 2}}
    wife |= {"illness": "慢性病", "income": [money("wage", 27828)]}
    wife |= {"expenses": [money("medical_own", 9600)]}
    daughter |= {"school": "演示第一中学", "expenses": [money("tuition", 8400)]}
    return declaration(
        {
            "name": "任建明",
            "id_number": numbers["m1"],
            "phone": PHONES["m1"],
            "region": region,
            "address": "博望社区安置小区3号楼2单元501室",
            "registered_region": hukou,
            "registered_address": "略阳县徐家坪镇猫儿沟村",
            "area": "urban",
            "permit": {
                "issued": "2019-08-01",
                "last_endorsed": "2021-08-02",
                "registered_region": hukou[:9],
            },
            "bank": {"bank": "演示农商银行", "account": "6210990000000000012", "holder": "任建明"},
        },
        [self_, wife, daughter],
        property={
            "money_yuan": "3000.00",
            "vehicles": [],
            "homes": [{"kind": "rented", "square_metres": "62"}],
            "companies": [],
            "machines": [],
        },
        causes=["disability", "illness", "study"],
        reason="本人视力二级残疾，基本不能劳动；妻子打零工并长期看病，女儿在读高中。",
    )
