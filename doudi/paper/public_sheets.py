"""Papers that name nobody: leaflet, poster, the month, the hash list of an evidence pack."""

from doudi.paper.fields import CASE_NUMBER, Form, may, need

OFFICE = {
    "office": need("发放机关，例如“汉台区七里街道”；没有镇时为市民政局"),
    "phone": need("咨询电话"),
    "hotline": need("服务热线"),
    "as_of_on": need("政策数字截至的日期"),
}
SAMPLE = {
    "office": "汉台区七里街道",
    "phone": "0916-0000001",
    "hotline": "12345",
    "as_of_on": "2025-11-01",
}

LEAFLET = Form(
    "P1",
    "leaflet",
    "政策明白纸",
    "Policy leaflet",
    OFFICE
    | {
        "title": need("标题"),
        "lead": need("一句话"),
        "who": may("谁可以申请，一条一句"),
        "much": may("能得到多少，一条一句"),
        "papers": may("要准备什么，一条一句"),
        "days": need("办结工作日数"),
        "notice_days": need("公示天数"),
        "sources": may("依据和数字的出处，一条一句"),
        "unverified": may("真：有的数字未经当地核实"),
        "cards": may("总览：每种情形一行", title="标题", lead="一句话", who="谁", much="多少"),
    },
    SAMPLE
    | {
        "title": "生病花钱多",
        "lead": "家里有人生大病，自己付的医药费压得喘不过气。",
        "who": ["自付的医药费先从收入里扣，扣后人均低于低保标准的，可以进低保。"],
        "much": ["重病的人每月另加标准的50%。"],
        "papers": ["病历、票据拍照就行，有就带"],
        "days": 15,
        "notice_days": 7,
        "sources": ["《最低生活保障审核确认办法》第13条"],
        "qr_text": "https://doudi.example/know/illness/",
    },
    {"language": "en", "title": "High medical bills"},
)

POSTER = Form(
    "P2",
    "poster",
    "三码海报",
    "Poster of the three codes",
    OFFICE,
    SAMPLE
    | {"qr_texts": [f"https://doudi.example/{path}/" for path in ("know", "apply", "track")]},
    {"language": "en"},
)

MONTH_SHEET = Form(
    "P3",
    "month",
    "月报",
    "The month in numbers",
    {
        "place": need("单位，例如“汉台区七里街道”"),
        "month": need("月份，例如 2022-05"),
        "as_of_on": need("截止日"),
        "tables": need("表，一张一项", title="标题", head="表头，一格一项", rows="各行，一格一项"),
        "definitions": may("怎么数，一条一句"),
    },
    {
        "place": "汉台区七里街道",
        "month": "2022-05",
        "as_of_on": "2022-05-31",
        "tables": [
            {"title": "办件", "head": ["", "本月", "上月"], "rows": [["收件", "12", "9"]]},
            {"title": "用时", "head": ["环节", "平均", "走完"], "rows": [["待审核", "2.5", "4"]]},
        ],
        "definitions": ["收件：每个办件算一次"],
    },
    {"language": "en"},
)

HASH_LIST = Form(
    "P4",
    "evidence",
    "证据包校验清单",
    "Hash list of an evidence pack",
    CASE_NUMBER
    | {
        "made_at": need("导出时间，已写好的文字"),
        "made_by": need("导出人"),
        "why": need("用途"),
        "files": need("包里的文件", path="文件", size="字节", sha256="校验值"),
        "heads": need(
            "审计链的每一段",
            chain="链",
            first="起",
            last="止",
            hash="止点的校验值",
            at="外存链头的签发时间；空：还没有外存",
            signature="外存链头的签名",
        ),
        "key": may("验签公钥的校验值"),
    },
    {
        "demo": True,
        "case_number": "DB61070200822050900013",
        "made_at": "2022年6月8日 10:20",
        "made_by": "审计员",
        "why": "专项审计取证单第3号",
        "files": [
            {"path": "case.json", "size": 210, "sha256": "4f1c" * 16},
            {"path": "journal.json", "size": 48210, "sha256": "b27e" * 16},
            {"path": "replay.json", "size": 9310, "sha256": "0a9d" * 16},
        ],
        "heads": [
            {
                "chain": "610702",
                "first": 1203,
                "last": 1266,
                "hash": "77ab" * 16,
                "at": "2022-06-08 10:10",
                "signature": "c01d" * 32,
            },
            {"chain": "610702", "first": 1270, "last": 1270, "hash": "19fe" * 16},
        ],
        "key": "e3b0" * 16,
    },
    {"language": "en"},
)
