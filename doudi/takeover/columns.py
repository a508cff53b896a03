"""The table of running awards: one row a person, the money in the row of the head."""

from doudi.paper.workbook.columns import Column, Table

PROGRAMMES = {"低保": "dibao", "最低生活保障": "dibao", "特困": "tekun", "单人保": "single_person"}
AREAS = {"城市": "urban", "城镇": "urban", "农村": "rural"}
RELATIONS = {
    "本人": "self",
    "户主": "self",
    "配偶": "spouse",
    "夫妻": "spouse",
    "子女": "child",
    "父母": "parent",
    "孙子女": "grandchild",
    "祖父母": "grandparent",
    "兄弟姐妹": "sibling",
    "其他": "other",
}
YES = {"是": "yes", "否": "no"}
CARE = {"全自理": "0", "半护理": "1", "全护理": "2"}
CLASSES = {"甲": "a", "乙": "b", "丙": "c", "A": "a", "B": "b", "C": "c"}

TABLE = Table(
    "takeover",
    "在享待遇接收表",
    (
        Column("number", "户编号", required=True, longest=20, synonyms=("低保证号", "家庭编号")),
        Column("programme", "保障类别", "code", required=True, codes=PROGRAMMES),
        Column("area", "城乡", "code", required=True, codes=AREAS),
        Column("village", "村（社区）代码", required=True, longest=12),
        Column("name", "姓名", "name", required=True),
        Column("id_number", "身份证号", "id", required=True, synonyms=("公民身份号码",)),
        Column("relation", "与户主关系", "code", required=True, codes=RELATIONS),
        Column("covered", "是否保障", "code", codes=YES),
        Column("severe", "重残或重病", "code", codes=YES),
        Column("care", "自理能力", "code", codes=CARE),
        Column("phone", "联系电话", "phone"),
        Column("income", "家庭年核定收入", "money"),
        Column("base", "基本保障金", "money"),
        Column("top_up", "分类施保金", "money"),
        Column("total", "应发合计", "money"),
        Column("start", "首次享受月份", "month"),
        Column("holder", "户名", "name"),
        Column("bank", "开户行", longest=40),
        Column("account", "一卡通账号", "account"),
        Column("klass", "复核类别", "code", codes=CLASSES),
        Column("recheck", "下次复核日期", "date"),
    ),
)
