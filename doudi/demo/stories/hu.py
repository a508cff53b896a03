"""胡某: two ill grandparents and a granddaughter at university, Shuanghe village, Bamiao town.

Above the rural line before the rigid expenses are taken off, below it afterwards (rules.md, Hu).
"""

from doudi.demo.declare import Json, declaration, member, money

TOWN = "610728104"
VILLAGE_NAME = "双河"
BORN = {
    "m1": ("1954-03-02", "male"),
    "m2": ("1956-08-15", "female"),
    "m3": ("2001-01-20", "female"),
}
PHONES = {"m1": "12900000011", "m2": "12900000012", "m3": "12900000013"}


def declare(region: str, hukou: str, numbers: dict[str, str]) -> Json:
    """What the family declares at its own village."""
    grandfather = member("m1", "self", "胡长贵", numbers["m1"], PHONES["m1"], illness="慢性病")
    grandmother = member("m2", "spouse", "唐秀云", numbers["m2"], PHONES["m2"], illness="慢性病")
    student = member("m3", "grandchild", "胡小燕", numbers["m3"], PHONES["m3"])
    grandfather |= {"income": [money("business", 13800)], "expenses": [money("medical_own", 4200)]}
    grandmother |= {"income": [money("business", 6000)], "expenses": [money("medical_own", 3000)]}
    student |= {"student": "undergraduate", "school": "演示学院"}
    student |= {"expenses": [money("tuition", 6000)]}
    return declaration(
        {
            "name": "胡长贵",
            "id_number": numbers["m1"],
            "phone": PHONES["m1"],
            "region": region,
            "address": "双河村三组",
            "registered_region": hukou,
            "area": "rural",
            "bank": {"bank": "演示农商银行", "account": "6210990000000000028", "holder": "胡长贵"},
        },
        [grandfather, grandmother, student],
        causes=["illness", "study"],
        reason="儿子儿媳外出十多年没有音信，两位老人长期看病，孙女在读大学。",
    )
