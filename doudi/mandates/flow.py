"""How a household is found, what it lacks, and the ways in which a lead ends."""

from doudi.kernel.errors import WrongStage

WAYS = {"met": "走访", "phoned": "电话", "neighbours": "群众反映"}
NEEDS = {
    "food": "吃饭、取暖困难",
    "illness": "大病或长期吃药",
    "disability": "重度残疾",
    "alone": "老人或孩子没人照料",
    "disaster": "遭了灾或出了事故",
    "other": "其他困难",
}

# Who said that the town may keep the name: nobody is registered against his will.
AGREED, SPOKEN_FOR, DECLINED = "agreed", "spoken_for", "declined"
CONSENTS = {
    AGREED: "本人同意登记",
    SPOKEN_FOR: "本人说不清，照料人同意登记",
    DECLINED: "本人不同意登记",
}

OPEN = "open"
APPLIED, NOT_WANTED, URGENT, ELSEWHERE = "applied", "not_wanted", "urgent", "elsewhere"
OUTCOMES = {
    APPLIED: "已经申请",
    NOT_WANTED: "本人不愿申请",
    URGENT: "已转急难救助",
    ELSEWHERE: "已转其他帮扶",
}
LEAD_NAMES = {OPEN: "待办", **OUTCOMES}


def require_open(state: str) -> None:
    """WrongStage when a lead has its outcome already."""
    if state != OPEN:
        raise WrongStage("close_lead", state, "这条线索已经有结果了")


# What a mandate can cover. Money, account, consents and the withdrawal of a case never are.
FOLLOW, PAPERS = "follow", "papers"
MATTERS = {FOLLOW: "查看办理进度", PAPERS: "补交材料"}
RELATIONS = {
    "relative": "亲属",
    "neighbour": "邻居、朋友",
    "assistant": "村级协理员",
    "station": "社工站",
}
CODE, SIGNED, THUMBPRINT = "code", "signed", "thumbprint"
MANNERS = {CODE: "本人手机办理", SIGNED: "纸面签字", THUMBPRINT: "纸面按手印"}
ON_PAPER = (SIGNED, THUMBPRINT)
