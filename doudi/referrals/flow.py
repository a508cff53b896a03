"""How a referral stands and ends, who consented in what manner, and what suggests a department."""

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
