"""How referrals, requests to the hukou place and proofs of life stand and end; their words."""

from doudi.kernel.errors import WrongStage

# From the assessment on it is known what a household lacks; a case taken back is left alone.
REFERABLE = frozenset({"assessed", "reviewed", "noticed", "confirmed", "refused"})

# Nobody is handed on against his will: the consent stands first.
CONSENTS = {"present": "本人当面同意", "phoned": "本人电话里同意", "signed": "本人书面同意"}

OPEN = "open"
GIVEN, NOT_FIT, MOOT, STOPPED = "given", "not_fit", "moot", "stopped"
OUTCOMES = {GIVEN: "已给予帮扶", NOT_FIT: "不符合条件", MOOT: "情况已变，不再需要"}
REFERRAL_NAMES = {OPEN: "已转，等答复", **OUTCOMES, STOPPED: "本人不要转了"}

GROUNDS = {
    "serious_illness": "家里有人得了大病",
    "medical_cost": "家里有自付的医疗费",
    "in_school": "家里有人在上学",
    "unsafe_home": "住的是危旧房",
    "rented_home": "租房住，名下没有住房",
    "out_of_work": "有劳动年龄的人没有工作",
    "disabled": "家里有残疾人",
}


def require_referable(stage: str) -> None:
    """WrongStage before the assessment, and for cases that were taken back or not accepted."""
    if stage not in REFERABLE:
        raise WrongStage("refer", stage, "核算以后才能转介；撤回和不予受理的办件不转")


def require_open(state: str) -> None:
    """WrongStage when a referral has its end already."""
    if state != OPEN:
        raise WrongStage("answer_referral", state, "这次转介已经有结果了")


# --- 协查函 -----------------------------------------------------------------------------------

# The hukou place is asked while the case is looked into; the answer changes no stage and no clock.
ASKABLE = frozenset({"accepted", "assessed", "reviewed", "noticed"})
QUESTIONS = {
    "benefits": "在户籍地享受救助或补贴",
    "home": "在户籍地有房屋",
    "land": "在户籍地有承包地、林地或出租收入",
    "family": "户籍地还有应当赡养、抚养的家人",
}
FINDINGS = {"yes": "有", "no": "没有", "unknown": "查不到"}
ANSWERED = "answered"
PLACE_NAMES = {OPEN: "等户籍地答复", ANSWERED: "户籍地已答复"}
DESK, PAPER = "desk", "paper"
PLACE_MANNERS = {DESK: "户籍地在系统里答复", PAPER: "户籍地书面答复，由本镇（街道）登记"}


def require_askable(stage: str) -> None:
    """WrongStage before acceptance and after the decision."""
    if stage not in ASKABLE:
        raise WrongStage("ask_place", stage, "受理以后、作出决定以前才能发协查函")


def require_unanswered(state: str) -> None:
    """WrongStage when the hukou place has answered already."""
    if state != OPEN:
        raise WrongStage("answer_place", state, "这份协查函已经答复了")


# --- 生存认证 ---------------------------------------------------------------------------------

LIFE_PROGRAMMES = ("railway_militia",)
PROVED = "proved"
LIFE_NAMES = {OPEN: "待认证", PROVED: "已认证"}
VISIT, VIDEO, WINDOW = "visit", "video", "window"
LIFE_MANNERS = {VISIT: "上门看望", VIDEO: "视频通话", WINDOW: "本人到窗口"}
KEEP, SUSPEND = "keep", "suspend"
LIFE_DECISIONS = {KEEP: "继续发放，接着联系", SUSPEND: "同意暂停发放"}


def require_unproved(state: str) -> None:
    """WrongStage when the person was seen alive this year already."""
    if state != OPEN:
        raise WrongStage("prove_life", state, "今年的生存认证已经办过了")
