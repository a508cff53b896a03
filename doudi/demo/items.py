"""What an ordinary row of each item says: nothing that a signal asks about (all but hukou, G01).

The rows of a column are made from their ordinal numbers, so a piece needs no other piece.
"""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from doudi.demo.residents import Array

Make = Callable[[Array], pa.Array]  # from the rows' ordinal numbers to a column of text


def word(*words: str) -> Make:
    """One of some words in turn."""
    return lambda n: pa.array(words).take(pa.array(n % len(words)))


def serial(prefix: str) -> Make:
    """A name of its own for each row."""
    return lambda n: pc.binary_join_element_wise(
        pa.scalar(prefix), pa.array(n).cast(pa.string()), ""
    )


def money(low: int, high: int) -> Make:
    """Whole yuan that look drawn, the same for the same row."""
    return lambda n: pa.array((n * 2654435761 >> 7) % (high - low) + low).cast(pa.string())


def day(first: str, count: int) -> Make:
    """A day among so many from the first."""
    known = pa.array(np.datetime_as_string(np.datetime64(first) + np.arange(count)))
    return lambda n: known.take(pa.array(n * 131 % count))


MONTHS = pa.array([f"{y}-{m:02d}" for y in (2021, 2022) for m in range(1, 13)][5:16])


def month(n: Array) -> pa.Array:
    """A month from 2021-06 to 2022-04, another one in each round over the residents."""
    return MONTHS.take(pa.array((n // 1000 + n // 3_000_000) % len(MONTHS)))


# item: (rows in the whole city, columns); a column that is not named stays empty.
ITEMS: dict[str, tuple[int, dict[str, Make]]] = {
    "G02": (
        150_000,
        {
            "证号": serial("证"),
            "地址": word("演示住址"),
            "发证日期": day("2018-01-01", 1000),
            "状态": word("有效", "过期"),
        },
    ),
    "G03": (
        900_000,
        {
            "号牌": serial("陕"),
            "车辆类型": word("小型轿车", "摩托车"),
            "品牌": word("演示牌"),
            "登记日期": day("2010-01-01", 3500),
            "状态": word("正常", "注销"),
        },
    ),
    "G04": (400_000, {"状态": word("在册"), "起始日期": day("2000-01-01", 6000)}),
    "G05": (
        600_000,
        {
            "单位": serial("单位"),
            "缴费基数": money(3500, 9000),
            "缴费月数": word("3", "12", "60"),
            "状态": word("参保缴费"),
        },
    ),
    "G06": (
        700_000,
        {
            "待遇类型": word("居民养老"),
            "月待遇": money(120, 260),
            "其中中央基础养老金": word("93"),
            "起始日期": day("2012-01-01", 3000),
        },
    ),
    "G07": (
        60_000,
        {"登记日期": day("2022-03-05", 80), "月失业金": money(1300, 1500), "月数": word("3", "6")},
    ),
    "G08": (
        150_000,
        {
            "单位": serial("单位"),
            "岗位": word("保洁", "护林"),
            "月工资": money(600, 900),
            "合同起止": word("2021-01-01至2023-12-31"),
        },
    ),
    "G09": (3_100_000, {"险种": word("居民", "职工"), "资助类型": word(""), "年度": word("2022")}),
    "G10": (
        3_600_000,
        {
            "医院": word(*(f"演示医院{n}" for n in range(37))),
            "出院日期": day("2021-06-05", 350),
            "总费用": money(900, 6000),
            "统筹支付": money(100, 800),
            "个人自付": money(20, 800),
        },
    ),
    "G11": (
        200_000,
        {
            "合同号": serial("合同"),
            "面积": word("89.50", "120"),
            "用途": word("住宅"),
            "价格": money(200_000, 600_000),
            "日期": day("2012-01-01", 3000),
        },
    ),
    "G12": (
        100_000,
        {
            "保障类型": word("公租房", "租赁补贴"),
            "金额": money(100, 400),
            "日期": day("2020-01-01", 500),
        },
    ),
    "G13": (
        300_000,
        {"单位": serial("单位"), "缴存基数": money(3500, 9000), "余额": money(2000, 60_000)},
    ),
    "G14": (
        4_500_000,
        {
            "扣缴单位": serial("单位"),
            "所得项目": word("劳务报酬"),
            "收入额": money(10, 900),
            "税款": word("0"),
            "所属期": month,
        },
    ),
    "G15": (
        1_200_000,
        {
            "纳税人": serial("店"),
            "销售额": money(500, 30_000),
            "税额": word("0", "15"),
            "所属期": month,
        },
    ),
    "G16": (
        1_500_000,
        {
            "单元号": serial("单元"),
            "坐落": word("演示坐落"),
            "用途": word("住宅"),
            "面积": word("89.50", "120"),
            "份额": word("单独所有"),
            "登记日期": day("2008-01-01", 4500),
        },
    ),
    "G17": (
        400_000,
        {
            "单元号": serial("单元"),
            "转移类型": word("买卖"),
            "价格": money(200_000, 600_000),
            "日期": day("2012-01-01", 3000),
        },
    ),
    "G18": (
        300_000,
        {
            "名称": serial("演示店"),
            "类型": word("个体工商户"),
            "角色": word("经营者"),
            "状态": word("注销"),
            "注册资本": word(""),
            "成立日期": day("2012-01-01", 3000),
        },
    ),
    "G19": (
        150_000,
        {
            "企业": serial("演示公司"),
            "出资额": money(1000, 50_000),
            "职务": word("监事"),
            "日期": day("2012-01-01", 3000),
        },
    ),
    "G20": (
        600_000,
        {
            "学校": word("演示小学", "演示初中"),
            "学段": word("小学", "初中"),
            "年级": word("三年级", "初二"),
            "状态": word("在读"),
            "是否寄宿": word("否", "是"),
        },
    ),
    "G21": (
        300_000,
        {
            "资助项目": word("营养餐"),
            "金额": money(100, 800),
            "学费标准": word("0"),
            "住宿费标准": word("0"),
        },
    ),
    "G22": (
        60_000,
        {
            "登记类别": word("其他职业病"),
            "登记日期": day("2015-01-01", 2400),
            "是否工伤": word("否"),
        },
    ),
    "G23": (40_000, {"证明类型": word("出生"), "日期": day("2015-01-01", 2400)}),
    "G24": (
        110_000,
        {
            "残疾类别": word("肢体", "视力"),
            "残疾等级": word("3", "4"),
            "发证日期": day("2015-01-01", 2400),
            "状态": word("有效"),
        },
    ),
    "G25": (
        60_000,
        {
            "项目": word("辅具"),
            "金额": money(100, 900),
            "补贴": money(50, 90),
            "个人自付": money(10, 90),
        },
    ),
    "G26": (
        60_000,
        {"户类型": word("脱贫户"), "风险": word(""), "纳入日期": day("2016-01-01", 800)},
    ),
    "G27": (
        2_400_000,
        {"项目": word("耕地地力保护", "粮补"), "面积": word("2.5", "4"), "金额": money(60, 400)},
    ),
    "G28": (
        60_000,
        {"类别": word("在乡老兵"), "月标准": money(500, 900), "起始日期": day("2012-01-01", 3000)},
    ),
}
