"""The forms of a case's moves. Every one carries the version that the page showed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DATE = {"type": "date"}
LONG = {"rows": 4}


class MoveForm(forms.Form):
    """A move that needs nothing but the hand that makes it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self, **known: Any) -> None:
        """Sets choices that depend on the case; most forms need none."""


class AcceptForm(MoveForm):
    """受理."""

    name_reason = forms.CharField(
        label=_("姓名与登记不符时的说明"),
        help_text=_("没有这个问题就不用填"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class AskForMoreForm(MoveForm):
    """一次性补正: ticked papers with ready words, and three free lines."""

    papers = forms.MultipleChoiceField(
        label=_("常见材料"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other_1 = forms.CharField(label=_("其他材料"), max_length=100, required=False)
    why_1 = forms.CharField(label=_("为什么需要"), max_length=200, required=False)
    other_2 = forms.CharField(label=_("其他材料"), max_length=100, required=False)
    why_2 = forms.CharField(label=_("为什么需要"), max_length=200, required=False)

    def prepare(self, **known: Any) -> None:
        """The ready words."""
        both = _("%(what)s（%(why)s）")
        ready = [(key, both % {"what": what, "why": why}) for key, what, why in PAPERS]
        self.fields["papers"].choices = ready

    def items(self) -> list[dict[str, str]]:
        """Everything at once, as the letter lists it."""
        data = self.cleaned_data
        ticked = [(what, why) for key, what, why in PAPERS if key in data["papers"]]
        free = [(data["other_1"], data["why_1"]), (data["other_2"], data["why_2"])]
        return [{"what": str(w), "why": str(y)} for w, y in ticked + free if w]


class TransferForm(MoveForm):
    """转办: the village of the receiving town, chosen after the town, and why."""

    town = forms.CharField(widget=forms.HiddenInput, required=False)
    village = forms.ChoiceField(
        label=_("接收的村（社区）"), error_messages={"required": _("请选接收的村（社区）")}
    )
    reason = forms.CharField(
        label=_("为什么转"),
        max_length=200,
        help_text=_("例如：申请人住在那边。申请人看得到；不要写号码。"),
        error_messages={"required": _("请写明为什么转，2至200个字")},
        widget=forms.Textarea({"rows": 2}),
    )

    def prepare(self, **known: Any) -> None:
        """The villages of the town that was chosen before."""
        town = self.data.get("town") or self.initial.get("town") or ""
        self.fields["village"].choices = [("", "—"), *known["villages"](town)]


PAPERS = (
    ("consent", _("家庭成员核对授权书"), _("核对家庭经济状况须全体成员授权")),
    ("permit", _("居住证"), _("户籍不在本县区，凭有效居住证在居住地申请")),
    ("medical", _("医疗费票据"), _("核算医疗自付支出")),
    ("tuition", _("学费缴费凭证"), _("核算教育支出")),
    ("wage", _("收入证明"), _("核算务工收入，数据无法查询")),
    ("disability", _("残疾人证"), _("残联数据未返回")),
)


class ReasonForm(MoveForm):
    """A move with its reason."""

    reason = forms.CharField(label=_("事实和理由"), max_length=400, widget=forms.Textarea(LONG))


class FindingForm(MoveForm):
    """县级核查意见."""

    text = forms.CharField(
        label=_("核查情况和意见"),
        help_text=_("写明怎样核查、与谁见面、结论（5到1000个字）"),
        max_length=1000,
        widget=forms.Textarea(LONG),
    )


class PauseForm(MoveForm):
    """暂停计时."""

    reason = forms.ChoiceField(label=_("原因"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("说明"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )

    def prepare(self, **known: Any) -> None:
        """The reasons that the process in force knows."""
        self.fields["reason"].choices = [(r, _(r)) for r in known["pauses"]]


def listed(text: str, *, blanks: bool = True) -> list[str]:
    """What was typed with commas of any kind, or with blanks, between."""
    for mark in "，、；,;\n":
        text = text.replace(mark, "、")
    names = text.replace(" ", "、").split("、") if blanks else text.split("、")
    return [" ".join(name.split()) for name in names if name.strip()]


class AppraisalCallForm(MoveForm):
    """评议通知."""

    on = forms.DateField(label=_("评议日期"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    time = forms.TimeField(
        label=_("几点开会"), initial="15:00", widget=forms.TimeInput({"type": "time"})
    )
    place = forms.CharField(label=_("地点"), max_length=100)
    host = forms.CharField(label=_("主持人"), max_length=60)
    invited = forms.CharField(
        label=_("请谁参加"),
        help_text=_("写身份和姓名，用顿号隔开，例如：村民代表 王某；申请人的近亲属不请"),
        max_length=2000,
        widget=forms.Textarea(LONG),
    )

    def names(self, field: str) -> list[str]:
        """The people of a field one by one; what somebody is and his name may be parted."""
        return listed(self.cleaned_data[field], blanks=False)


class AppraisalForm(MoveForm):
    """民主评议: sums only."""

    on = forms.DateField(label=_("评议日期"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    place = forms.CharField(label=_("地点"), max_length=100)
    invited = forms.IntegerField(label=_("应到人数"), min_value=0, max_value=500)
    present = forms.IntegerField(label=_("实到人数"), min_value=0, max_value=500)
    withdrew = forms.IntegerField(label=_("回避人数"), min_value=0, max_value=500, initial=0)
    agree = forms.IntegerField(label=_("同意"), min_value=0, max_value=500)
    disagree = forms.IntegerField(label=_("不同意"), min_value=0, max_value=500, initial=0)
    abstain = forms.IntegerField(label=_("弃权"), min_value=0, max_value=500, initial=0)
    invalid = forms.IntegerField(label=_("废票"), min_value=0, max_value=500, initial=0)
    host = forms.CharField(label=_("主持人"), max_length=60)
    counters = forms.CharField(
        label=_("唱票、计票人"), help_text=_("两人，用顿号隔开"), max_length=120
    )
    note = forms.CharField(
        label=_("说明"), max_length=400, required=False, widget=forms.Textarea({"rows": 2})
    )


class PanelForm(MoveForm):
    """会议研究."""

    on = forms.DateField(label=_("会议日期"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    attendees = forms.CharField(
        label=_("参会人员"),
        help_text=_("用顿号或空格隔开，至少三人"),
        max_length=400,
    )
    withdrew = forms.CharField(
        label=_("回避的人"),
        help_text=_("与申请家庭有亲属等关系而没有参会的，没有的空着"),
        max_length=200,
        required=False,
    )
    minutes = forms.CharField(label=_("会议意见"), max_length=4000, widget=forms.Textarea(LONG))

    def names(self, field: str = "attendees") -> list[str]:
        """The people of a field one by one."""
        return listed(self.cleaned_data[field])


class ConferenceCallForm(MoveForm):
    """召集一事一议."""

    on = forms.DateField(label=_("会议日期"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    time = forms.TimeField(
        label=_("几点开会"), initial="15:00", widget=forms.TimeInput({"type": "time"})
    )
    place = forms.CharField(label=_("地点"), max_length=100)
    host = forms.CharField(label=_("主持人"), max_length=60)
    invited = forms.CharField(
        label=_("请谁参加"),
        help_text=_("写单位和姓名，用顿号隔开；近亲属不请"),
        max_length=600,
        widget=forms.Textarea({"rows": 2}),
    )
    question = forms.CharField(
        label=_("要议的事"),
        help_text=_("哪一点政策没有规定，或者规定了仍然难办"),
        max_length=1000,
        widget=forms.Textarea(LONG),
    )

    def names(self, field: str) -> list[str]:
        """The people of a field one by one; an office and a name may be parted by a blank."""
        return listed(self.cleaned_data[field], blanks=False)


class ConferenceForm(MoveForm):
    """一事一议: what came of a called conference."""

    on = forms.DateField(label=_("会议日期"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    participants = forms.CharField(
        label=_("到会人员"),
        help_text=_("已按邀请填好：没到的删去，临时来的加上"),
        max_length=600,
        widget=forms.Textarea({"rows": 2}),
    )
    withdrew = forms.CharField(
        label=_("回避人员"), help_text=_("没有就不填"), max_length=200, required=False
    )
    minutes = forms.CharField(label=_("讨论情况"), max_length=4000, widget=forms.Textarea(LONG))
    agree = forms.IntegerField(label=_("同意"), min_value=0, max_value=200)
    disagree = forms.IntegerField(label=_("不同意"), min_value=0, max_value=200, initial=0)
    abstain = forms.IntegerField(label=_("弃权"), min_value=0, max_value=200, initial=0)
    advice = forms.ChoiceField(
        label=_("会议建议"),
        widget=forms.RadioSelect,
        choices=[
            ("grant", _("建议给予救助")),
            ("refuse", _("建议不予救助")),
            ("more", _("建议补充调查")),
            ("county", _("建议报县级研究")),
        ],
    )
    proposal = forms.CharField(
        label=_("会议意见"),
        help_text=_("按什么办、为什么；审核和确认时看得到"),
        max_length=4000,
        widget=forms.Textarea(LONG),
    )

    def names(self, field: str) -> list[str]:
        """The people of a field one by one; an office and a name may be parted by a blank."""
        return listed(self.cleaned_data[field], blanks=False)


class ReviewForm(MoveForm):
    """审核意见."""

    text = forms.CharField(label=_("审核意见"), max_length=1000, widget=forms.Textarea(LONG))


class ObjectionForm(MoveForm):
    """异议答复."""

    objection = forms.UUIDField(widget=forms.HiddenInput)
    upheld = forms.ChoiceField(
        label=_("核实结果"),
        choices=[("no", _("异议不成立")), ("yes", _("异议成立"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("核实情况和答复"), max_length=1000, widget=forms.Textarea(LONG)
    )


class AssessForm(MoveForm):
    """核算的选择."""

    chosen = forms.ChoiceField(label=_("拟定救助类别"), widget=forms.RadioSelect, required=False)
    reason = forms.CharField(
        label=_("与系统建议不一致时的理由"),
        help_text=_("填写后进入县区抽查"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def prepare(self, **known: Any) -> None:
        """The programmes that the law leaves open, and none."""
        self.fields["chosen"].choices = known["choices"]


class AdoptForm(MoveForm):
    """采信 of one difference."""

    path = forms.CharField(max_length=80)
    reason = forms.CharField(label=_("采信理由"), max_length=300)
