"""The forms about people: the applicant, each member of the family, the residence permit."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from doudi.portal import choices
from doudi.portal.forms.fields import DayField, IdField, PhoneField, PlainForm, words


class WithId(PlainForm):
    """A form with an ID number that is shown back only masked."""

    id_number = IdField(label=_("身份证号"), error_messages={"required": _("请填写身份证号")})

    def __init__(self, *args: Any, kept: str = "", **more: Any) -> None:
        """`kept` is the masked number already given; then blank keeps it."""
        super().__init__(*args, **more)
        field = self.fields["id_number"]
        field.required = not kept
        if kept:
            field.help_text = _now("已填 %(masked)s。不改就空着。") % {"masked": kept}
        else:
            field.help_text = _now("18位。性别和生日会从证号里读出来，不用再填。")


class SelfForm(WithId):
    """The applicant: who, and where at home."""

    name = words(_("姓名"), need=_("请填写姓名"), autocomplete="name")
    address = words(
        _("门牌地址"),
        need=_("请填写住址"),
        most=100,
        help=_("小区楼栋，或几组几号。镇和村不用再写。"),
    )
    hukou = forms.ChoiceField(
        label=_("户口在哪里"),
        choices=[
            ("here", _("就在现住的县（区）")),
            ("city", _("在汉中市别的县（区）")),
            ("outside", _("在汉中市以外")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选户口所在地")},
    )
    field_order = ["name", "id_number", "address", "hukou"]


class PermitForm(PlainForm):
    """Hukou elsewhere: its address, and the permit of where they live."""

    registered_address = words(_("户口本上的地址"), need=_("请填写户籍地址"), most=100)
    issued = DayField(_("居住证发证日期"), required=False)
    last_endorsed = DayField(
        _("最近一次签注日期"), required=False, help_text=_("新证还没有签注过的，填发证日期。")
    )

    def clean(self) -> dict[str, Any]:
        """Both dates or none, in order."""
        values = self.cleaned_data
        issued, endorsed = values.get("issued"), values.get("last_endorsed")
        if bool(issued) != bool(endorsed) and not self.errors:
            self.add_error("last_endorsed" if issued else "issued", _now("两个日期要一起填"))
        if issued and endorsed and endorsed < issued:
            self.add_error("last_endorsed", _now("签注日期不能早于发证日期"))
        return values


class MemberForm(WithId):
    """One member of the family, or (without the first four fields) the applicant's health."""

    relation = forms.ChoiceField(
        label=_("是申请人的"),
        choices=[("", _("请选择")), *choices.RELATIONS[1:]],
        error_messages={"required": _("请选关系")},
    )
    name = words(_("姓名"), need=_("请填写姓名"))
    phone = PhoneField(
        label=_("手机号"),
        required=False,
        help_text=_("成年家人要本人签字授权，签字链接发到这个手机。没有手机可以不填。"),
    )
    disability_kind = forms.ChoiceField(
        label=_("残疾证类别"),
        choices=[("", _("没有残疾证")), *choices.DISABILITIES],
        required=False,
    )
    disability_grade = forms.ChoiceField(
        label=_("残疾等级"), choices=[("", "—"), *choices.GRADES], required=False
    )
    serious_illness = forms.BooleanField(label=_("有重病，长期花钱治疗"), required=False)
    illness = words(_("什么病（可以不填）"), most=60)
    student = forms.ChoiceField(label=_("在读"), choices=choices.STUDENTS, initial="none")
    employed = forms.BooleanField(label=_("现在有工作或常打零工"), required=False)
    self_care_failed = forms.MultipleChoiceField(
        label=_("自己做不了的事"),
        choices=choices.SELF_CARE,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    supporter = forms.ChoiceField(
        label=_("有没有法定赡养、抚养、扶养人"), choices=choices.SUPPORTERS, initial="able"
    )
    special = forms.ChoiceField(
        label=_("是不是下面的人"), choices=[("", _("都不是")), *choices.SPECIAL], required=False
    )
    excluded = forms.ChoiceField(
        label=_("是否属于下列情况"),
        choices=[("", _("都不是")), *choices.EXCLUSIONS],
        required=False,
    )
    field_order = ["relation", "name", "id_number", "phone"]

    def __init__(self, *args: Any, applicant: bool, others: set[str], **more: Any) -> None:
        """`others` are the ID numbers of the rest of the family."""
        super().__init__(*args, **more)
        self.others = others
        if applicant:
            for name in ("relation", "name", "id_number", "phone"):
                del self.fields[name]

    def clean_id_number(self) -> str:
        """Nobody twice."""
        number = str(self.cleaned_data["id_number"])
        if number and number in self.others:
            raise forms.ValidationError(_now("这个身份证号已经填过一次"))
        return number

    def clean(self) -> dict[str, Any]:
        """Kind and grade go together."""
        values = self.cleaned_data
        if bool(values.get("disability_kind")) != bool(values.get("disability_grade")):
            self.add_error("disability_grade", _now("残疾类别和等级要一起填"))
        return values
