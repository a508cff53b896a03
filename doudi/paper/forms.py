"""The registry of print forms: which form takes which data. Field names end in `_fen` for money
(whole fen), `_on` or `month` for dates (ISO text); everything else is text as it is to be read."""

from doudi.kernel.errors import NotFound
from doudi.paper import samples
from doudi.paper.appeal_letter import APPEAL_LETTER
from doudi.paper.archive_sheet import ARCHIVE_SHEET, BALLOT
from doudi.paper.change_letter import CHANGE_LETTER
from doudi.paper.fields import CASE_NUMBER, Form, may, need
from doudi.paper.layouts import LISTED, listed_form
from doudi.paper.letter_fields import ALTERNATIVES, HANGS, LETTER, POSTED, REMEDIES
from doudi.paper.place_letter import PLACE_LETTER
from doudi.paper.public_sheets import HASH_LIST, LEAFLET, MONTH_SHEET, POSTER
from doudi.paper.review_sheet import REVIEW_SHEET
from doudi.paper.roll_sheet import ROLL_SHEET

AUTHORISATION = Form(
    "F02",
    "authorisation",
    "诚信承诺与家庭经济状况核对授权书",
    "Promise of truth and authorisation to verify",
    CASE_NUMBER
    | {
        "number": need("授权书编号"),
        "signers": need(
            "每名授权人一行",
            name="姓名",
            relation="与申请人关系",
            id_number="身份证号，给家庭以外的人看的遮盖后再传入",
            manner="code | stroke | witness | thumbprint | guardian",
            signed_by="签名人姓名",
            stroke="手写笔画：[[ [x,y], … ], …]，x 0–1000，y 0–350",
            guardian="监护人代签时：姓名、关系",
            signed_on="签名日期",
            signed_at="签名时间，已写好的文字",
            evidence_sha256="凭据摘要",
        ),
        "authorised": need("被授权的民政部门"),
        "scope": may("授权核对的内容，一项一行；空则印通用的二十项"),
        "valid_from": need("授权自"),
        "valid_until": need("授权至"),
        "witness": may("见证人", name="姓名", duty="单位职务", on="日期"),
        "text": may("所签文本，一条一句；空则印政策包现行文本（texts/authorisation.zh.md）"),
        "text_version": may("所签文本的版本；空则印现行版本"),
    },
    samples.AUTHORISATION,
)

ACCEPTANCE = Form(
    "F04-1",
    "acceptance_notice",
    "受理通知书",
    "Notice of acceptance",
    LETTER
    | {
        "clause": need("受理依据"),
        "matter": need("申请事项"),
        "household_size": need("家庭人数"),
        "accepted_on": need("受理日期"),
        "due_on": need("承诺办结日期"),
        "work_days": need("承诺的工作日数"),
        "notice_days": need("公示天数"),
    },
    samples.ACCEPTANCE,
    samples.ACCEPTANCE_EN,
)

APPRAISAL = Form(
    "F08",
    "f08",
    "民主评议记录",
    "Record of the appraisal",
    CASE_NUMBER
    | {
        "office": need("主持评议的机关"),
        "on": need("评议日期"),
        "place": need("地点"),
        "host": need("主持人"),
        "recorder": may("记录人"),
        "counters": need("唱票、计票人"),
        "applicant": need("申请人"),
        "household_size": need("家庭人口"),
        "village": need("村（社区）"),
        "matter": need("申请事项"),
        "invited": need("应到人数"),
        "present": need("实到人数"),
        "delegates": may("实到中的居民代表人数"),
        "withdrew": need("回避人数"),
        "withdrawals": may("回避人员及原因"),
        "summary": may("申请户情况介绍摘要"),
        "questions": may("提问和答复"),
        "voting": need("参加投票人数"),
        "agree": need("同意"),
        "disagree": need("不同意"),
        "abstain": need("弃权"),
        "invalid": need("废票"),
        "least": need("最少人数"),
        "present_share": need("到会比例"),
        "pass_share": need("同意比例"),
        "outcome": need("评议结果"),
        "note": may("不同意见和理由"),
        "photos": may("照片"),
    },
    samples.APPRAISAL,
)

SUPPLEMENT = Form(
    "F04-2",
    "supplement_notice",
    "一次性补正告知书",
    "Request for missing papers",
    LETTER
    | {
        "clause": need("补正依据"),
        "items": need("缺少的材料", what="缺什么", why="为什么需要", where="到哪里办"),
        "answer_by_on": need("补交截止日"),
    },
    samples.SUPPLEMENT,
    samples.SUPPLEMENT_EN,
)

REJECTION = Form(
    "F04-3",
    "rejection_notice",
    "不予受理告知书",
    "Notice of non-acceptance",
    LETTER
    | REMEDIES
    | {
        "facts": need("查明的事实"),
        "clause": need("依据的条款"),
        "alternatives": ALTERNATIVES,
    },
    samples.REJECTION,
    samples.REJECTION_EN,
)

NOTICE_SHEET = Form(
    "F12",
    "f12",
    "公示单",
    "Public notice",
    {
        "town": need("乡镇（街道）名称"),
        "batch": may("批次，例如“2022年第3批最低生活保障”"),
        "clause": need("公示依据"),
        **HANGS,
        "cases": need(
            "每户一行，只有这些",
            sequence="受理序号（办件编号末几位）",
            masked_name="申请人，印前一律遮盖",
            village="村（社区），不到门牌",
            household_size="家庭人口",
            persons="拟保障人数",
            programme="救助类别",
            monthly_fen="拟月保障金额",
        ),
        **POSTED,
    },
    samples.NOTICE_SHEET,
)

LIST_SHEET = Form(
    "F12-2",
    "f12b",
    "发放公示单",
    "Public list before payment",
    {
        "county_name": need("县（区）名称"),
        "town": need("乡镇（街道）名称"),
        "month": need("发放月份，已写好的文字"),
        "number": need("名册编号"),
        "clause": need("公示依据"),
        **HANGS,
        "with_amounts": need("真：写明金额（政策包 payments.publish_amounts）"),
        "lines": need(
            "每户一行，只有这些；孩子不上榜",
            masked_name="领款人，印前一律遮盖",
            village="村（社区），不到门牌",
            household_size="家庭人口",
            persons="保障人数",
            programme="救助类别",
            amount_fen="本月金额",
        ),
        **POSTED,
    },
    samples.LIST_SHEET,
)

RESULT = Form(
    "F13",
    "f13",
    "确认（不予确认）告知书",
    "Notice of confirmation or refusal",
    LETTER
    | REMEDIES
    | {
        "result": need("granted | refused"),
        "programme": need("救助类别"),
        "clause": need("决定依据"),
        "household_size": may("家庭人数"),
        "persons": may("保障人数"),
        "covered_names": may("保障对象姓名"),
        "monthly_fen": may("月保障金额"),
        "once": may("一次性救助时写“一次性”"),
        "start_month": may("起发年月，例如 2022-06"),
        "payment": may("发放方式，账号只留尾号"),
        "formula": may("计算过程三句（policy.wording.formula_lines）"),
        "review_cycle": may("复核周期，例如“每年”"),
        "next_review": may("下次复核年月"),
        "valid_until": may("认定有效到的年月（刚性支出困难家庭）"),
        "reasons": may("不予确认时：事实对照条款", fact="查到的事实", clause="对照的条款"),
        "alternatives": ALTERNATIVES,
    },
    samples.RESULT,
    samples.RESULT_EN,
)

FORMS: dict[str, Form] = {
    form.code: form
    for form in sorted(
        (
            AUTHORISATION,
            ACCEPTANCE,
            SUPPLEMENT,
            REJECTION,
            APPRAISAL,
            REVIEW_SHEET,
            NOTICE_SHEET,
            LIST_SHEET,
            RESULT,
            PLACE_LETTER,
            BALLOT,
            CHANGE_LETTER,
            APPEAL_LETTER,
            ROLL_SHEET,
            ARCHIVE_SHEET,
            *map(listed_form, LISTED),
        ),
        key=lambda form: form.code,
    )
}
# Papers that name nobody; they are no forms of a case.
PUBLIC: dict[str, Form] = {form.code: form for form in (LEAFLET, POSTER, MONTH_SHEET, HASH_LIST)}
BY_NAME = {
    **FORMS,
    **PUBLIC,
    **{form.template: form for form in (*FORMS.values(), *PUBLIC.values())},
    "F04": ACCEPTANCE,
    "F07": FORMS["F07-2"],
}


def find_form(name: str) -> Form:
    """The form of a code (F02, F04 = F04-1, …) or template name; NotFound if there is none."""
    if name not in BY_NAME:
        raise NotFound("没有这种表单")
    return BY_NAME[name]
