"""The tables that can be imported, as data: headings, other names for them, lists, examples."""

from collections.abc import Mapping

from doudi.paper.workbook.columns import Column, Table
from doudi.people.flow import GROUP_LIST, GROUPS, HOUSEHOLDS, IMPORTS

RELATIONS = {
    "户主": "self",
    "本人": "self",
    "配偶": "spouse",
    "妻子": "spouse",
    "妻": "spouse",
    "丈夫": "spouse",
    "子女": "child",
    "儿子": "child",
    "女儿": "child",
    "子": "child",
    "女": "child",
    "长子": "child",
    "次子": "child",
    "长女": "child",
    "次女": "child",
    "父母": "parent",
    "父亲": "parent",
    "母亲": "parent",
    "孙子女": "grandchild",
    "孙子": "grandchild",
    "孙女": "grandchild",
    "祖父母": "grandparent",
    "祖父": "grandparent",
    "祖母": "grandparent",
    "兄弟姐妹": "sibling",
    "兄弟": "sibling",
    "姐妹": "sibling",
    "儿媳": "other",
    "女婿": "other",
    "其他": "other",
}
AREAS = {"城市": "urban", "农村": "rural", "城镇": "urban", "乡村": "rural"}
DISABILITIES = {
    "视力": "visual",
    "听力": "hearing",
    "言语": "speech",
    "肢体": "physical",
    "智力": "intellectual",
    "精神": "mental",
    "多重": "multiple",
}
GRADES = {
    "一级": "1",
    "二级": "2",
    "三级": "3",
    "四级": "4",
}
YES = {"是": "yes", "否": "no", "有": "yes"}

TOWN = Column("town", "镇（街道）", synonyms=("乡镇", "镇", "街道", "镇办"), note="镇级可不填")
VILLAGE = Column(
    "village",
    "村（社区）",
    required=True,
    synonyms=("村", "村社区", "村居", "居住村", "社区"),
    note="写村名或12位代码",
    example="博望社区",
    width=16,
)
NAME = Column("name", "姓名", "name", required=True, note="与证件一致", example="张示例")
ID = Column(
    "id_number",
    "身份证号",
    "id",
    required=True,
    synonyms=("公民身份号码", "身份证号码", "证件号码", "居民身份证号"),
    note="18位，文本格式",
    example="110101199003074477",
    width=21,
)
PHONE = Column(
    "phone", "联系电话", "phone", synonyms=("电话", "手机", "手机号", "联系方式"), note="可不填"
)

TABLES: Mapping[str, Table] = {
    HOUSEHOLDS: Table(
        HOUSEHOLDS,
        IMPORTS[HOUSEHOLDS],
        (
            Column(
                "home",
                "户编号",
                synonyms=("户号", "家庭编号", "低保证号"),
                note="同一户写同一个编号；不填时从户主那行起算一户",
                example="1",
                longest=40,
            ),
            NAME,
            ID,
            Column(
                "relation",
                "与户主关系",
                "code",
                required=True,
                synonyms=("与申请人关系", "家庭关系", "关系"),
                codes=RELATIONS,
                note="从列表选；每户一名户主",
                example="户主",
            ),
            PHONE,
            TOWN,
            VILLAGE,
            Column("area", "城乡", "code", codes=AREAS, note="不填时按村（社区）", example="城市"),
            Column("address", "住址", synonyms=("家庭住址", "详细地址"), note="门牌或组", width=24),
            Column(
                "disability",
                "残疾类别",
                "code",
                synonyms=("残疾类型",),
                codes=DISABILITIES,
                note="没有不填",
            ),
            Column("grade", "残疾等级", "code", codes=GRADES, note="没有不填"),
            Column("illness", "重病", "code", synonyms=("是否重病",), codes=YES, note="是或否"),
        ),
    ),
    GROUP_LIST: Table(
        GROUP_LIST,
        IMPORTS[GROUP_LIST],
        (
            NAME,
            ID,
            Column(
                "group",
                "群体",
                "code",
                required=True,
                synonyms=("人员类别", "群体类别", "类别"),
                codes={words: code for code, words in GROUPS.items()},
                note="从列表选",
                example="尘肺病患者",
                width=20,
            ),
            PHONE,
            TOWN,
            VILLAGE,
            Column("basis", "证件或依据", synonyms=("证号", "依据"), note="可不填", width=24),
            Column("from_on", "列入日期", "date", synonyms=("认定日期",), note="不填为今日"),
        ),
    ),
}
