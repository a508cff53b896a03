"""What may be appealed, how each matter ends, and the words of all of it."""

from doudi.kernel.errors import WrongStage

OPEN = "open"
# Appeal: the decision stands, or the case is assessed anew.
DISMISSED, UPHELD = "dismissed", "upheld"
APPEAL_NAMES = {OPEN: "待答复", DISMISSED: "维持原决定", UPHELD: "申诉成立，重新核定"}
# The stages whose end may be appealed: refused, not accepted, or granted less than was asked.
APPEALABLE = ("refused", "not_accepted", "confirmed")

# What of a running award may be appealed (SI649 art 65): whatever leaves the household with less.
CHANGE_NAMES = {
    "adjust": "减发",
    "person_out": "个人部分停发",
    "taper": "渐退",
    "suspend": "暂停发放",
    "stop": "停发",
    "recovery": "追回",
}
CHANGE_STATES = {OPEN: "待答复", DISMISSED: "维持原决定", UPHELD: "申诉成立"}

COMPLAINTS = {
    "attitude": "态度不好",
    "delay": "拖着不办、反复跑",
    "money": "向我要钱要东西",
    "leak": "泄露我家的情况",
    "unfair": "办事不公、照顾熟人",
    "rating": "差评回访",
    "list": "对发放公示有异议",
    "other": "其他",
}
ANSWERED = "answered"
COMPLAINT_NAMES = {OPEN: "待答复", ANSWERED: "已答复"}

CHANGES = {
    "income": "收入变了",
    "members": "家里添人、少人",
    "address": "搬家了",
    "account": "银行账户变了",
    "illness": "有人得了重病",
    "death": "家里有人去世",
    "other": "其他变化",
}
# What the town may answer to a report; none of them changes anything by itself.
OUTCOMES = {
    "noted": "已记录，不影响待遇",
    "recheck": "建议复核",
    "called_back": "账户已回拨本人核实",
    "not_confirmed": "账户回拨未能核实，不予变更",
}
OF_ACCOUNT = frozenset({"called_back", "not_confirmed"})

LEVELS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
POOR = 2  # at this level and below somebody calls back (HCP)
# What can be rated, and the verbs that end it; each once for each case.
RATED = {
    "accept": ("受理", ("accept", "decline")),
    "visit": ("入户调查", ("record_visit",)),
    "decide": ("审核确认", ("confirm", "refuse")),
}


def outcomes_of(kind: str) -> dict[str, str]:
    """What may be answered to a report of a kind: an account needs a call back, nothing else."""
    own = kind == "account"
    return {key: words for key, words in OUTCOMES.items() if (key in OF_ACCOUNT) == own}


def require_open(move: str, state: str) -> None:
    """WrongStage when a matter has its answer already."""
    if state != OPEN:
        raise WrongStage(move, state, "这件事已经答复过了")
