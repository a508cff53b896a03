"""The signals X1–X6 and W1–W8 as SQL over the items' rows; W6 has no delivery to read.

Each tells (signal, person_key, value) with the source row. `who` is the register: one row a
person with household, born, paid and paid_since. Thresholds: pack signals/comparison.yaml.
"""

STOPS = ("X1", "X2", "X3", "X4", "X5")  # what could lead to a change of money, by a person
AWAY = "('服刑', '强制隔离戒毒', '失踪')"
NO_SOURCE = ("W6",)

# signal, items it reads, value, condition; `r` is a row of the item.
ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("X1", "G04", "r.状态", "w.paid and r.状态 in ('死亡', '注销')"),
    ("X1", "G23", "r.证明类型", "w.paid and r.证明类型 = '死亡'"),
    ("X2", "G03", "r.登记日期", "w.paid and r.状态 = '正常' and r.登记日期 >= w.paid_since"),
    ("X2", "G11", "r.日期", "w.paid and r.日期 >= w.paid_since"),
    ("X2", "G16", "r.登记日期", "w.paid and r.登记日期 >= w.paid_since"),
    ("X2", "G18", "r.成立日期", "w.paid and r.状态 = '存续' and r.成立日期 >= w.paid_since"),
    ("X3", "G06", "r.月待遇", "w.paid and r.起始日期 >= w.paid_since"),
    (
        "X3",
        "G14",
        "r.收入额",
        "w.paid and r.收入额 >= $wage_month_fen and r.所属期 >= strftime(w.paid_since, '%Y-%m')",
    ),
    (
        "X4",
        "G04",
        "r.状态",
        "w.paid and r.状态 in ('服刑', '强制隔离戒毒', '参军', '迁出')"
        " and r.起始日期 <= $on and (r.截止日期 is null or r.截止日期 > $on)",
    ),
    ("X6", "G20", "r.状态", "w.paid and r.状态 in ('毕业', '退学')"),
    (
        "W2",
        "G24",
        "r.残疾等级",
        "r.状态 = '有效' and r.发证日期 > $on - $new_days"
        " and (r.残疾等级 in ('1', '2') or r.残疾等级 = '3' and r.残疾类别 in ('智力', '精神'))",
    ),
    (
        "W3",
        "G22",
        "r.登记类别",
        "r.登记类别 in ('重大疾病', '尘肺') and r.登记日期 > $on - $new_days",
    ),
    (
        "W5",
        "G20",
        "r.学段",
        "w.paid and r.状态 = '在读' and r.学段 in ('高中', '中职', '大专', '本科')"
        " and r.年级 in ('一年级', '高一', '大一')",
    ),
    ("W7", "G26", "r.户类型", "not w.paid and r.户类型 <> '脱贫户' and r.消除日期 is null"),
)

SUMMED = {
    # own medical cost of twelve months over the threshold: every bill is a source
    "W1": """
        select 'W1', r.person_key, sum(r."个人自付") over (partition by r.person_key)::varchar,
               'G10', r.delivery, r.row_no
        from G10 r where r.出院日期 > $on - 365
        qualify sum(r."个人自付") over (partition by r.person_key) > $medical_own_fen
    """,
    # registered as unemployed for three months, and no income told since
    "W4": """
        select 'W4', r.person_key, r."登记日期"::varchar, 'G07', r.delivery, r.row_no
        from G07 r
        where r.登记日期 <= $on - to_months($idle_months) and not exists (
            from G14 t where t.person_key = r.person_key and t.收入额 > 0
            and t.所属期 >= strftime($on - to_months($idle_months), '%Y-%m'))
    """,
    # a child whose grown household member has been away for six months
    "W8": f"""
        select 'W8', c.person_key, r."状态", 'G04', r.delivery, r.row_no
        from G04 r join who w using (person_key) join who c on c.household = w.household
        where r.状态 in {AWAY} and r.起始日期 <= $on - to_months($away_months)
          and (r.截止日期 is null or r.截止日期 > $on)
          and c.born > $on - to_months(216) and w.born <= $on - to_months(216)
    """,  # noqa: S608
}

INTERNAL = {
    # paid twice: in two counties, or under two programmes that exclude each other
    "X5": """
        select 'X5', person_key,
               string_agg(county || ' ' || programme, '；' order by county, programme),
               'M', '', 0
        from paid group by person_key having count(*) > 1
    """,
    "X6": """
        select 'X6', person_key, (date_diff('year', born, day))::varchar, 'M', '', 0
        from (select *, date_trunc('month', $on + to_months(1)) as day from who)
        where paid and date_diff('month', born, day) in (216, 720, 840)
    """,
}

# What is known of a person: fact, item, value in fen or a count, condition.
FACTS: tuple[tuple[str, str, str, str], ...] = (
    ("wage_year_fen", "G14", "r.收入额", "r.所得项目 = '工资薪金' and r.所属期 > $year_ago"),
    (
        "other_income_year_fen",
        "G14",
        "r.收入额",
        "r.所得项目 <> '工资薪金' and r.所属期 > $year_ago",
    ),
    ("sales_year_fen", "G15", "r.销售额", "r.所属期 > $year_ago"),
    ("pension_month_fen", "G06", "r.月待遇", "true"),
    ("unemployment_month_fen", "G07", "r.月失业金", "r.月失业金 is not null"),
    ("post_month_fen", "G08", "r.月工资", "r.月工资 is not null"),
    ("fund_fen", "G13", "r.余额", "r.余额 is not null"),
    ("vehicles", "G03", "1", "r.状态 = '正常'"),
    ("homes", "G16", "1", "true"),
    ("companies", "G18", "1", "r.状态 = '存续'"),
    ("medical_own_year_fen", "G10", "r.个人自付", "r.出院日期 > $on - 365"),
    ("veteran_month_fen", "G28", "r.月标准", "r.月标准 is not null"),
)
