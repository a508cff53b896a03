"""The codes of a declaration in residents' words."""

from django.utils.translation import gettext_lazy as _

RELATIONS = [
    ("self", _("本人")),
    ("spouse", _("配偶")),
    ("child", _("子女")),
    ("parent", _("父母")),
    ("grandchild", _("孙子女、外孙子女")),
    ("grandparent", _("祖父母、外祖父母")),
    ("sibling", _("兄弟姐妹")),
    ("other", _("其他共同生活的人")),
]
DISABILITIES = [
    ("visual", _("视力")),
    ("hearing", _("听力")),
    ("speech", _("言语")),
    ("physical", _("肢体")),
    ("intellectual", _("智力")),
    ("mental", _("精神")),
    ("multiple", _("多重")),
]
GRADES = [("1", _("一级")), ("2", _("二级")), ("3", _("三级")), ("4", _("四级"))]
STUDENTS = [
    ("none", _("不在读")),
    ("kindergarten", _("幼儿园")),
    ("compulsory", _("小学、初中")),
    ("high_school", _("高中")),
    ("vocational", _("中专、技校")),
    ("college", _("大专")),
    ("undergraduate", _("本科")),
    ("graduate", _("研究生")),
]
SUPPORTERS = [
    ("able", _("有，而且有能力")),
    ("unable", _("有，但没有能力")),
    ("none", _("没有")),
]
EXCLUSIONS = [
    ("religious", _("宗教教职人员，已脱离家庭三年以上")),
    ("imprisoned", _("正在服刑")),
    ("compulsory_rehab", _("正在强制隔离戒毒")),
    ("declared_missing", _("已宣告失踪")),
    ("lost_contact", _("失去联系")),
    ("lost_contact_decided", _("失去联系，已经认定")),
]
SPECIAL = [
    ("orphan", _("父母都不在了或者找不到的孩子（孤儿）")),
    ("unsupported_child", _("父母都管不了的孩子（事实无人抚养）")),
    ("pneumoconiosis", _("尘肺病人")),
    ("former_fisher", _("退捕渔民")),
    ("railway_militia", _("修铁路受伤的民兵")),
]
SELF_CARE = [
    ("eat", _("吃饭")),
    ("dress", _("穿衣")),
    ("bed", _("上下床")),
    ("toilet", _("上厕所")),
    ("walk", _("室内走动")),
    ("bath", _("洗澡")),
]
INCOMES = [
    ("wage", _("打工、上班的工资")),
    ("business", _("种地、养殖、做生意的净收入")),
    ("pension", _("退休金、养老金")),
    ("support", _("不同住的子女等给的钱")),
    ("property", _("房租、土地流转、利息")),
    ("basic_pension_central", _("城乡居民基础养老金（国家发的部分）")),
    ("disability_subsidy", _("残疾人两项补贴")),
    ("elder_allowance", _("高龄补贴")),
    ("transfer", _("其他政府补贴")),
    ("other", _("别的收入")),
]
OFTEN = 4
EXPENSES = [
    ("medical_own", _("看病自己付的钱")),
    ("tuition", _("学费")),
    ("boarding", _("住宿费")),
    ("rehabilitation_own", _("残疾康复自己付的钱")),
    ("work_cost", _("上班必需的花费（交通等）")),
]
VEHICLES = [
    ("motorcycle", _("摩托车")),
    ("e_bike", _("电动车")),
    ("disability", _("残疾人代步车")),
    ("tractor", _("拖拉机、农用车")),
    ("car", _("小汽车")),
    ("truck", _("货车")),
]
HOMES = [
    ("owned", _("自己的商品房、安置房")),
    ("rural_homestead", _("农村自建房")),
    ("rented", _("租的房")),
    ("derelict", _("危房、已不能住")),
]
CAUSES = [
    ("illness", _("生病")),
    ("disability", _("残疾")),
    ("study", _("上学")),
    ("disaster", _("灾害、意外")),
    ("no_labour", _("家里没有劳动力")),
    ("other", _("其他")),
]
EVENTS = [
    ("urgent", _("突然生病、出事、遭灾")),
    ("expenditure", _("看病、上学等花钱太多，日子过不下去")),
]
PHOTOS = {
    "household_book": _("户口本"),
    "permit": _("居住证"),
    "disability_card": _("残疾证"),
    "medical": _("病历、医药费票据"),
    "school": _("学费、住宿费缴费单"),
    "income": _("工资条、收入证明"),
    "other": _("其他材料"),
}
