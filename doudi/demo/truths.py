"""Planted truths: who must be found, by which signal, and the rows that tell of it.

Whoever is planted has no ordinary rows but hukou and insurance, so that nothing else tells of him.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from doudi.demo.residents import Array, Residents, as_day

Row = dict[str, str]
SHARE = 800  # so many of each kind in the whole city

# kind: (signal, item, row); the row's person is one in benefit, unless the kind says otherwise.
PLANTS: dict[str, tuple[str, str, Row]] = {
    "death_police": ("X1", "G04", {"状态": "死亡", "起始日期": "2022-05-03"}),
    "death_health": ("X1", "G23", {"证明类型": "死亡", "日期": "2022-05-05"}),
    "vehicle": ("X2", "G03", {"号牌": "陕F99999", "登记日期": "2022-05-02", "状态": "正常"}),
    "home": ("X2", "G16", {"单元号": "新", "登记日期": "2022-05-03"}),
    "contract": ("X2", "G11", {"合同号": "新", "日期": "2022-05-03"}),
    "company": ("X2", "G18", {"名称": "新店", "成立日期": "2022-05-04", "状态": "存续"}),
    "pension": ("X3", "G06", {"待遇类型": "职工养老", "月待遇": "1800", "起始日期": "2022-05-01"}),
    "wage": ("X3", "G14", {"所得项目": "工资薪金", "收入额": "3200.00", "所属期": "2022-05"}),
    "prison": ("X4", "G04", {"状态": "服刑", "起始日期": "2022-05-10"}),
    "school_left": (
        "X6",
        "G20",
        {"学校": "演示中学", "学段": "高中", "年级": "高三", "状态": "毕业"},
    ),
    "bill": ("W1", "G10", {"医院": "市中心医院", "总费用": "20000", "个人自付": "9000"}),
    "bill_corrected_up": ("W1", "G10", {"医院": "县医院", "总费用": "20000", "个人自付": "900"}),
    "bill_corrected_down": ("", "G10", {"医院": "县医院", "总费用": "20000", "个人自付": "9000"}),
    "disability": (
        "W2",
        "G24",
        {"残疾类别": "肢体", "残疾等级": "1", "发证日期": "2022-05-05", "状态": "有效"},
    ),
    "illness": ("W3", "G22", {"登记类别": "尘肺", "登记日期": "2022-05-05", "是否工伤": "否"}),
    "unemployed": ("W4", "G07", {"登记日期": "2022-01-10"}),
    "student": (
        "W5",
        "G20",
        {"学校": "演示中学", "学段": "高中", "年级": "高一", "状态": "在读", "是否寄宿": "是"},
    ),
    "monitored": ("W7", "G26", {"户类型": "边缘易致贫户", "纳入日期": "2022-04-01"}),
    "typed_wrong": ("W3", "G22", {"登记类别": "尘肺", "登记日期": "2022-05-06", "是否工伤": "否"}),
    # Names the children of his household, not himself.
    "parent_away": ("", "G04", {"状态": "失踪", "起始日期": "2021-08-01"}),
}
AWAY = "parent_away"
UNPAID = frozenset({"monitored"})
SLIPS = ("digit", "swapped", "check", "missing", "digit_and_name")


@dataclass
class Truths:
    """Who is planted: places in Residents by kind, and households that never asked."""

    places: dict[str, Array] = field(default_factory=dict)
    eligible: Array = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # homes
    above_line: Array = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    with_car: Array = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    slip_of: dict[int, str] = field(default_factory=dict)  # place -> kind of typing error

    def silent(self, city: Residents) -> Array:
        """Whether a person has planted rows only."""
        quiet = np.zeros(len(city), dtype=bool)
        for places in self.places.values():
            quiet[places] = True
        homes = np.concatenate([self.eligible, self.above_line, self.with_car])
        return quiet | np.isin(city.home, homes)

    def people(self, city: Residents) -> dict[str, set[int]]:
        """Keys that each signal must name, and no others; X6 and W8 name more than the row's."""
        found: dict[str, set[int]] = {}
        for kind, (signal, _item, _row) in PLANTS.items():
            if signal:
                found.setdefault(signal, set()).update(city.key[self.places[kind]].tolist())
        found["X6"] |= _turning(city)
        home, key = city.home[: city.listed], city.key[: city.listed]
        left = np.isin(home, home[self.places[AWAY]]) & _children(city)
        return found | {"W8": set(key[left].tolist())}


def plant(city: Residents, scale: float, dice: np.random.Generator) -> Truths:
    """Draws who is what; each person once."""
    truths = Truths()
    many = max(4, round(SHARE * scale))
    grown = city.born[: city.listed] < np.datetime64("1990-01-01")
    paid = dice.permutation(np.flatnonzero(city.paid & grown))
    unpaid = dice.permutation(np.flatnonzero(~city.paid & grown))
    many = min(many, len(paid) // (2 * len(PLANTS)))
    for place, kind in enumerate(kind for kind in PLANTS if kind != AWAY):
        pool = unpaid if kind in UNPAID else paid
        first = 0 if kind in UNPAID else place * many
        truths.places[kind] = np.sort(pool[first : first + many])
    truths.places[AWAY] = _away(city, truths, grown)[:many]
    for n, place in enumerate(truths.places["typed_wrong"].tolist()):
        truths.slip_of[place] = SLIPS[n % len(SLIPS)]
    _families(city, truths, max(6, round(1500 * scale)), dice)
    return truths


def _children(city: Residents) -> Array:
    """Who on the register is not yet eighteen."""
    children: Array = city.born[: city.listed] > np.datetime64("2004-06-01")
    return children


def _away(city: Residents, truths: Truths, grown: Array) -> Array:
    """One grown person, planted as nothing else, of each household on the register with a child."""
    home, free = city.home[: city.listed], grown.copy()
    for places in truths.places.values():
        free[places] = False
    candidates = np.flatnonzero(free & np.isin(home, home[_children(city)]))
    _homes, first = np.unique(home[candidates], return_index=True)
    return candidates[first]


def _families(city: Residents, truths: Truths, many: int, dice: np.random.Generator) -> None:
    """Households of nobody on the register: entitled ones, and two kinds that are not."""
    homes = dice.permutation(np.unique(city.home[city.listed :]))[: 3 * many]
    truths.eligible, truths.above_line, truths.with_car = np.array_split(np.sort(homes), 3)


def _turning(city: Residents) -> set[int]:
    """People in benefit who turn 18, 60 or 70 in July 2022, counted by year and month."""
    key = city.key[: city.listed][city.paid]
    months = [f"{2022 - years}07" for years in (18, 60, 70)]
    return set(key[np.isin(key // 10**5 % 10**6, np.array(months, dtype=np.int64))].tolist())


def rows(city: Residents, truths: Truths, item: str) -> Iterator[Row]:
    """The planted rows of an item in its first delivery, without the number."""
    for kind, (_signal, its_item, row) in PLANTS.items():
        if its_item == item:
            for n, place in enumerate(truths.places[kind].tolist()):
                yield _whose(city, truths, kind, place) | _bill(row, n)
    if item in ("G14", "G24", "G03"):
        yield from _family_rows(city, truths, item)


def _bill(row: Row, n: int) -> Row:
    if "医院" not in row:
        return row
    return row | {"出院日期": str(dt.date(2022, 3, 1) + dt.timedelta(n % 60))}


def _family_rows(city: Residents, truths: Truths, item: str) -> Iterator[Row]:
    """Small wages for the entitled, just too much for others, and a car for the third."""
    sizes = np.bincount(city.home)
    for homes, yuan in ((truths.eligible, 1800), (truths.with_car, 1800), (truths.above_line, 0)):
        chosen = np.isin(city.home, homes)
        for place in np.flatnonzero(chosen & city.first).tolist():
            own = _whose(city, truths, "", place)
            wage = yuan or 655 * 12 * int(sizes[city.home[place]]) + 200
            if item == "G14":
                yield own | {"所得项目": "工资薪金", "收入额": str(wage), "所属期": "2022-04"}
            elif item == "G24" and yuan and homes is truths.eligible:
                yield own | {
                    "残疾类别": "肢体",
                    "残疾等级": "2",
                    "发证日期": "2018-05-05",
                    "状态": "有效",
                }
            elif item == "G03" and homes is truths.with_car:
                yield own | {"号牌": f"陕F{place}", "车辆类型": "小型轿车", "状态": "正常"}


def corrections(city: Residents, truths: Truths) -> list[Row]:
    """The second delivery of medical bills: the same keys, other sums."""
    found = []
    for kind, own in (("bill_corrected_up", "9000"), ("bill_corrected_down", "900")):
        row = PLANTS[kind][2] | {"个人自付": own}
        for n, place in enumerate(truths.places[kind].tolist()):
            found.append(_whose(city, truths, kind, place) | _bill(row, n))
    return found


def _whose(city: Residents, truths: Truths, kind: str, place: int) -> Row:
    number, name = city.number[place].as_py(), city.name[place].as_py()
    told = {"姓名": name, "出生日期": str(as_day(city.born[place])), "县区代码": number[:6]}
    if kind == "typed_wrong":
        slip = truths.slip_of[place]
        number = slipped(number, slip)
        told |= {"姓名": name[:-1] + "某"} if slip == "digit_and_name" else {}
    return told | {"证件号码": number}


def slipped(number: str, kind: str) -> str:
    """A number as a hurried hand types it."""
    if kind == "missing":
        return ""
    if kind == "check":
        return number[:17] + ("0" if number[17] != "0" else "1")
    if kind == "swapped":
        for place in range(13, 16):
            if number[place] != number[place + 1]:
                return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    digit = str((int(number[15]) + 1) % 10)
    return number[:15] + digit + number[16:]
