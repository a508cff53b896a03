"""The demonstration household Ren as every form shows it; assumed values, no real person."""

from typing import Any

Data = dict[str, Any]

CASE: Data = {"demo": True, "case_number": "DB61070200822050900013"}
OFFICE = "汉中市汉台区人民政府七里街道办事处"
TRACKING = "https://doudi.example/q/demo-0000-0000-0000"  # the applicant's alone
GENUINE = "https://doudi.example/q/paper-0000-0000"  # proves a paper, opens no case
CLAUSES = "《最低生活保障审核确认办法》（民发〔2021〕57号）"

LETTER: Data = CASE | {
    "office": OFFICE,
    "applicant": "任建明",
    "applied_on": "2022-05-09",
    "officer": "陈某",
    "phone": "0916-0000001",
    "supervision_phone": "0916-0000012、12345",
    "address": "七里街道便民服务中心3号窗口",
    "qr_text": TRACKING,
}
REMEDIES: Data = {
    "review_days": 60,
    "review_office": "汉台区人民政府",
    "court_months": 6,
    "court": "汉台区人民法院",
}

AUTHORISATION: Data = CASE | {
    "number": "SQ610702202205090001",
    "signers": [
        {
            "name": "任建明",
            "relation": "本人",
            "id_number": "610***********0014",
            "manner": "thumbprint",
            "signed_by": "任建明",
            "signed_on": "2022-05-09",
            "signed_at": "2022年5月9日 09:12",
            "evidence_sha256": "4f1c0d5e9a7b3826" * 4,
        },
        {
            "name": "周玉兰",
            "relation": "配偶",
            "id_number": "610***********002X",
            "manner": "stroke",
            "signed_by": "周玉兰",
            "stroke": [
                [[120, 60], [110, 180], [60, 300]],
                [[120, 60], [300, 60], [300, 290], [260, 270]],
                [[160, 120], [260, 120]],
                [[210, 90], [210, 170]],
                [[420, 80], [560, 80]],
                [[420, 170], [560, 170]],
                [[490, 80], [490, 270], [410, 280], [580, 270]],
                [[680, 70], [720, 120]],
                [[820, 60], [780, 120]],
                [[660, 150], [860, 140]],
                [[680, 210], [840, 205]],
                [[640, 285], [900, 270]],
            ],
            "signed_on": "2022-05-09",
            "signed_at": "2022年5月9日 09:15",
            "evidence_sha256": "b27e6690d1c3fa48" * 4,
        },
        {
            "name": "任小雪",
            "relation": "女儿",
            "id_number": "610***********0020",
            "manner": "guardian",
            "signed_by": "周玉兰",
            "guardian": "周玉兰、母亲",
            "signed_on": "2022-05-09",
            "signed_at": "2022年5月9日 09:16",
            "evidence_sha256": "09ad7c15ee4b8f32" * 4,
        },
    ],
    "authorised": "汉中市汉台区民政局",
    "valid_from": "2022-05-09",
    "valid_until": "2024-05-08",
    "witness": {"name": "李某", "duty": "博望社区社会救助协理员", "on": "2022-05-09"},
    "qr_text": GENUINE,
}

ACCEPTANCE: Data = LETTER | {
    "number": "汉台七里救助受〔2022〕15号",
    "clause": CLAUSES + "第十条",
    "matter": "社会救助（最低生活保障等，按核算结果确定）",
    "household_size": 3,
    "accepted_on": "2022-05-10",
    "due_on": "2022-05-31",
    "work_days": 15,
    "notice_days": 7,
    "issued_on": "2022-05-10",
    "delivery": {
        "manner": "direct",
        "receiver": "周玉兰（配偶）",
        "delivered_at": "2022年5月10日 10:30",
        "sender": "陈某",
    },
}

SUPPLEMENT: Data = LETTER | {
    "number": "汉台七里救助补〔2022〕6号",
    "clause": CLAUSES + "第十条",
    "items": [
        {
            "what": "任建明的残疾人证照片（内页）",
            "why": "核实残疾类别和等级",
            "where": "拍照上传；证件遗失的到汉台区残联补办",
        },
        {
            "what": "近12个月医疗费自付票据",
            "why": "计算可以扣减的刚性支出",
            "where": "就诊医院收费处或医保窗口打印",
        },
    ],
    "answer_by_on": "2022-05-19",
    "issued_on": "2022-05-09",
}

REJECTION: Data = (
    LETTER
    | REMEDIES
    | {
        "qr_text": GENUINE,
        "number": "汉台七里救助不受〔2022〕2号",
        "facts": "经查，你户已于2022年4月在略阳县徐家坪镇享受最低生活保障，"
        "同一家庭不能在两地重复享受。",
        "clause": CLAUSES + "第四条、第十条",
        "alternatives": [
            {
                "name": "低保关系转移",
                "how": "先向略阳县徐家坪镇申请停保，凭停保证明再到本街道申请。",
            },
            {"name": "急难型临时救助", "how": "遇到突发困难的，可以直接向本街道申请。"},
        ],
        "issued_on": "2022-05-10",
    }
)

NOTICE_SHEET: Data = {
    "demo": True,
    "town": "汉台区七里街道",
    "batch": "2022年第3批最低生活保障",
    "clause": CLAUSES + "第十九条",
    "from_on": "2022-05-18",
    "until_on": "2022-05-24",
    "days": 7,
    "cases": [
        {
            "sequence": "0001",
            "masked_name": "任*明",
            "village": "博望社区",
            "household_size": 3,
            "persons": 3,
            "programme": "城市最低生活保障（整户）",
            "monthly_fen": 167000,
        }
    ],
    "town_phone": "0916-0000001",
    "county_phone": "0916-0000012",
    "hotline": "12345",
    "office": OFFICE,
    "issued_on": "2022-05-18",
    "place": "博望社区公示栏",
    "qr_text": "https://doudi.example/notices/",
}

LIST_SHEET: Data = {
    "demo": True,
    "county_name": "汉台区",
    "town": "汉台区七里街道",
    "month": "2022年6月",
    "number": "R610702202206",
    "clause": CLAUSES + "第二十四条",
    "from_on": "2022-06-06",
    "until_on": "2022-06-09",
    "days": 3,
    "with_amounts": True,
    "lines": [
        {
            "masked_name": "任*明",
            "village": "博望社区",
            "household_size": 3,
            "persons": 3,
            "programme": "城市最低生活保障（整户）",
            "amount_fen": 167000,
        }
    ],
    "town_phone": "0916-0000001",
    "county_phone": "0916-0000012",
    "hotline": "12345",
    "office": OFFICE,
    "issued_on": "2022-06-06",
    "place": "博望社区公示栏",
    "qr_text": "https://doudi.example/notices/",
}

RESULT: Data = (
    LETTER
    | REMEDIES
    | {
        "qr_text": GENUINE,
        "number": "汉台七里救助确〔2022〕12号",
        "result": "granted",
        "programme": "最低生活保障",
        "clause": CLAUSES + "第二十一条、第二十三条",
        "household_size": 3,
        "persons": 3,
        "covered_names": "任建明、周玉兰、任小雪",
        "monthly_fen": 167000,
        "start_month": "2022-06",
        "payment": "惠民惠农“一卡通”，户名任建明，尾号0012",
        "formula": [
            "① 您家3口人，标准合计 655×3=1,965元；"
            "月收入2,319元，扣除医疗、上学必需支出1,500元，计入819元；",
            "② 补差 1,965−819=1,146元；",
            "③ 另加分类施保 327.50（重度残疾）+196.50（未成年）=524元。",
        ],
        "review_cycle": "每半年",
        "next_review": "2022-12",
        "issued_on": "2022-05-26",
    }
)

REFUSAL: Data = RESULT | {
    "number": "汉台七里救助不确〔2022〕3号",
    "result": "refused",
    "clause": CLAUSES + "第二十一条",
    "reasons": [
        {
            "fact": "核对发现登记在家庭成员名下的小型轿车1辆（2021年8月购买，市公安局车管所，"
            "截至2022年5月13日），不是残疾人代步或生产必需的车辆。",
            "clause": "《最低生活保障审核确认办法》第十四条和本市家庭财产规定："
            "拥有非必需机动车的，不符合家庭财产条件。",
        }
    ],
    "formula": [],
    "alternatives": [
        {"name": "低保边缘家庭认定", "how": "月人均收入不超过低保标准1.5倍的，可以向本街道申请。"},
        {"name": "支出型临时救助", "how": "医疗、教育自付较大的，带票据向本街道申请。"},
        {"name": "医疗救助、残疾人两项补贴", "how": "分别向医保部门、残联和民政部门申请。"},
    ],
}

ACCEPTANCE_EN: Data = {
    "language": "en",
    "clause": "Measures for Review and Confirmation of Dibao (MCA 2021 No. 57), article 10",
    "matter": "social assistance (the programme follows from the assessment)",
}

SUPPLEMENT_EN: Data = {
    "language": "en",
    "clause": "Measures for Review and Confirmation of Dibao (MCA 2021 No. 57), article 10",
    "items": [
        {
            "what": "photograph of 任建明's disability card (inside)",
            "why": "kind and grade of the disability",
            "where": "photograph it; a lost card is renewed at the disabled persons' federation",
        },
        {
            "what": "receipts for own medical cost of the last 12 months",
            "why": "they are taken off your income",
            "where": "printed at the hospital or the medical insurance window",
        },
    ],
}

REJECTION_EN: Data = {
    "language": "en",
    "clause": "Measures for Review and Confirmation of Dibao (MCA 2021 No. 57), articles 4 and 10",
    "facts": "Your household has received dibao in 略阳县徐家坪镇 since April 2022; "
    "one household cannot receive it in two places.",
    "alternatives": [
        {"name": "Transfer", "how": "end it in 徐家坪镇 first, then apply here."},
        {"name": "Emergency aid", "how": "apply at this office at once in an emergency."},
    ],
}

RESULT_EN: Data = {
    "language": "en",
    "programme": "subsistence allowance (dibao)",
    "clause": "Measures for Review and Confirmation of Dibao (MCA 2021 No. 57), articles 21 and 23",
    "payment": "one-card account of 任建明, ending 0012",
    "review_cycle": "every half year",
    "formula": [
        "① You are 3: 3 × 655 = CNY 1,965 by the standard. Monthly income 2,319 less 1,500 for "
        "medical care and school leaves 819 counted.",
        "② Difference: 1,965 − 819 = CNY 1,146.",
        "③ Top-ups: 327.50 (severe disability) + 196.50 (minor) = CNY 524.",
    ],
}

APPRAISAL: Data = CASE | {
    "office": OFFICE,
    "on": "2022-05-17",
    "place": "博望社区会议室",
    "host": "陈某",
    "recorder": "吴某",
    "counters": "王某、李某",
    "applicant": "任建明",
    "household_size": 3,
    "village": "博望社区",
    "matter": "社会救助",
    "invited": 15,
    "present": 13,
    "delegates": 9,
    "withdrew": 0,
    "withdrawals": "没有需要回避的人",
    "summary": "户主视力二级残疾，配偶打零工，女儿读高中；月收入2,319元，医疗、上学支出1,500元。",
    "questions": "问：有没有车？答：没有，核对无机动车登记。",
    "voting": 13,
    "agree": 12,
    "disagree": 1,
    "abstain": 0,
    "invalid": 0,
    "least": 15,
    "present_share": "三分之二",
    "pass_share": "三分之二",
    "outcome": "评议通过",
    "photos": "3张，已入档",
    "note": "一人认为其弟有能力帮助，已说明兄弟无法定赡养义务。",
    "qr_text": GENUINE,
}
