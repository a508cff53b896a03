"""How a batch stands, why amounts differ, and why a row is not taken."""

STATES = {
    "rehearsed": "已演练",
    "running": "接收中",
    "taken": "已接收",
    "undone": "已撤销",
}
# The old system's amount against our own formula's, in the order in which they are tried.
WHYS = {
    "equal": "一致",
    "rounding": "尾数取整",
    "standard": "按另一个日期的标准",
    "top_up": "分类施保不同",
    "band": "档次不同",
    "care": "照料护理费不同",
    "no_income": "没有核定收入，无法核对",
    "unknown": "原因不明，须由人核对",
}
FAULTS = {
    "cell": "表里有填错的格",
    "no_head": "没有户主（本人）",
    "two_heads": "有两个户主",
    "id_twice": "同一身份证号在表里出现两次",
    "in_benefit": "库里已在享待遇",
    "name_differs": "姓名与库里不一致",
    "no_village": "没有这个村（社区）",
    "sum": "基本保障金加分类施保不等于合计",
    "no_amount": "没有金额",
    "number_taken": "这个户编号已经接收过",
}
