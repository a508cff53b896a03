"""The stages of a print job, its bounds, and the thirteen parts of a household's file."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a print job is."""

    WAITING = "waiting"
    READY = "ready"
    BROKEN = "broken"  # given up: its officer says how it goes on
    GONE = "gone"


STAGE_NAMES = {
    Stage.WAITING: "正在打印",
    Stage.READY: "可以下载",
    Stage.BROKEN: "打印中断",
    Stage.GONE: "已清除",
}
FORMS, ARCHIVE = "forms", "archive"
KIND_NAMES = {FORMS: "批量打印", ARCHIVE: "一户一档"}
MOST_SHEETS = 200  # of one job: some forty pages a minute come out of an office's printer
MOST_WAITING = 5  # of one officer at a time
ATTEMPTS = 3  # times in a row without a step on, after which a person decides
A_STEP = 8  # sheets between two notes of progress
KEPT_HOURS = 12  # then the file is removed; it can be printed again (uploads are swept after 24)

# 宁津县成套材料: what a dibao case keeps, in the order of the cover's list.
SLOTS = (
    "申请书和证明材料",
    "委托书",
    "核查授权书",
    "审核审批表和告知书",
    "近亲属备案表",
    "协助调查委托书和核对报告",
    "收入评估、入户调查表和入户照片",
    "民主评议记录和照片",
    "审核公示单和张贴照片",
    "拟批准公示表和照片",
    "不予受理、不予批准告知书",
    "长期公示表和照片",
    "调整（停发）告知书",
)
STATE_NAMES = {"full": "已归", "missing": "缺", "not_yet": "未到", "needless": "不涉及"}
