"""What every letter carries, and what several of them share."""

from doudi.paper.fields import CASE_NUMBER, Field, may, need

HEAD: dict[str, Field] = CASE_NUMBER | {
    "office": need("作出文书的机关，例如“汉台区人民政府七里街道办事处”"),
    "number": need("文号"),
    "applicant": need("申请人姓名（受送达人）"),
    "issued_on": need("文书日期"),
    "officer": need("承办人"),
    "phone": need("承办电话"),
    "supervision_phone": need("监督电话"),
    "address": may("窗口地址"),
    "delivery": may(
        "送达",
        manner="direct | electronic | mail | village | left",
        receiver="签收人",
        delivered_at="送达时间，已写好的文字",
        sender="送达人",
        note="备注，例如邮寄单号",
    ),
}
LETTER: dict[str, Field] = HEAD | {"applied_on": need("申请日期")}
REMEDIES: dict[str, Field] = {
    "review_days": need("申请行政复议的天数，现为60"),
    "review_office": need("复议机关"),
    "court_months": need("起诉的月数，现为6"),
    "court": need("有管辖权的法院"),
}
ALTERNATIVES = may("还可以申请的救助", name="名称", how="怎样申请")
HANGS: dict[str, Field] = {
    "from_on": need("公示起"),
    "until_on": need("公示止"),
    "days": need("公示天数"),
}
POSTED: dict[str, Field] = {
    "town_phone": need("乡镇（街道）电话"),
    "county_phone": need("县级民政部门监督电话"),
    "hotline": need("服务热线"),
    "office": need("公示机关"),
    "issued_on": need("落款日期"),
    "place": may("张贴地点"),
    "posted_by": may("张贴人"),
    "taken_down_on": may("撤下日期"),
}
