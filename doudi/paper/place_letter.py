"""协查函: the letter to the place of the household registration, with its reply slip."""

from doudi.paper.fields import CASE_NUMBER, Form, may, need

PLACE_LETTER = Form(
    "F26",
    "f26",
    "户籍地协查函",
    "Request to the place of registration",
    CASE_NUMBER
    | {
        "office": need("发函的机关"),
        "number": need("协查函编号"),
        "to": need("收函的镇（街道）或民政部门"),
        "asked_on": need("发函日期"),
        "due_on": need("请在哪天前答复"),
        "address": may("户籍地址"),
        "persons": need(
            "每名成员一行",
            name="姓名",
            relation="与申请人关系",
            id_number="身份证号，给户籍地以外的人看的遮盖后再传入",
        ),
        "questions": need("请查的事项，一项一句"),
        "text": may("另外请查"),
        "officer": need("承办人"),
        "phone": need("承办电话"),
    },
    {
        "demo": True,
        "case_number": "DB61070200822050900013",
        "office": "汉中市汉台区人民政府七里街道办事处",
        "number": "XC61070200822050900013-1",
        "to": "略阳县徐家坪镇人民政府",
        "asked_on": "2022-05-10",
        "due_on": "2022-05-17",
        "address": "略阳县徐家坪镇猫儿沟村",
        "persons": [
            {"name": "任建明", "relation": "本人", "id_number": "610***********0014"},
            {"name": "周玉兰", "relation": "配偶", "id_number": "610***********002X"},
        ],
        "questions": ["在户籍地享受救助或补贴", "在户籍地有房屋"],
        "text": "老屋是不是还能住人？",
        "officer": "陈某",
        "phone": "0916-0000001",
    },
)
