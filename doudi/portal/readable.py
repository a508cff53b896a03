"""What is held, as lines to read: each value under the words for where it stands."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.portal import choices
from doudi.regions.queries import names_along

Json = dict[str, Any]
GROUPS = {
    "declaration": _("申报的内容"),
    "papers": _("交的材料"),
    "household": _("家庭登记"),
    "facts": _("认定的事实"),
    "verification": _("授权和部门核对"),
    "steps": _("办理记录"),
    "visits": _("入户调查"),
    "decision": _("决定"),
    "money": _("发放"),
    "appeals": _("申诉"),
    "complaints": _("投诉"),
    "changes": _("变化报告"),
    "ratings": _("评价"),
    "mandates": _("委托代办"),
    "referrals": _("转介其他部门"),
    "place_requests": _("户籍地协查"),
    "life_proofs": _("生存认证"),
    "leads": _("主动发现"),
    "support": _("社会帮扶"),
}
WORDS = {
    "name": _("姓名"),
    "id_number": _("身份证号"),
    "phone": _("手机"),
    "address": _("住址"),
    "members": _("成员"),
    "relation": _("关系"),
    "born_on": _("出生日期"),
    "born": _("出生日期"),
    "sex": _("性别"),
    "health": _("健康与残疾"),
    "disability": _("残疾"),
    "illness": _("病情说明"),
    "student": _("在学"),
    "employed": _("就业"),
    "income": _("收入"),
    "expenses": _("支出"),
    "bank": _("银行"),
    "account": _("银行账号"),
    "holder": _("户名"),
    "payee": _("户名"),
    "applicant": _("申请人"),
    "assets": _("财产"),
    "causes": _("困难原因"),
    "reason": _("理由"),
    "at": _("时间"),
    "on": _("日期"),
    "by": _("经办"),
    "what": _("事项"),
    "note": _("说明"),
    "text": _("内容"),
    "answer": _("答复"),
    "state": _("状态"),
    "rows": _("返回内容"),
    "item": _("项目"),
    "as_of": _("数据日期"),
    "authorisations": _("授权书"),
    "answers": _("部门返回"),
    "number": _("编号"),
    "payments": _("发放记录"),
    "month": _("月份"),
    "yuan": _("金额（元）"),
    "kind": _("种类"),
    "level": _("满意程度"),
    "details": _("填报的数值"),
}
WORDS |= {
    "matters": _("让他办什么"),
    "department": _("部门"),
    "place": _("请哪里查"),
    "questions": _("请户籍地查什么"),
    "results": _("协查结果"),
    "why": _("提请暂停的理由"),
    "decision": _("决定"),
    "decided_why": _("决定的理由"),
    "consent": _("本人意愿"),
    "until": _("到哪天为止"),
    "manner": _("方式"),
    "witness": _("见证人姓名"),
    "spot": _("住在哪里"),
    "need": _("有什么困难"),
    "title": _("事项"),
    "area": _("城乡"),
    "region": _("所在地"),
    "registered_region": _("户籍地"),
    "registered_address": _("户籍地址"),
    "registered_in": _("户籍地"),
    "permit": _("居住证"),
    "issued": _("发证日期"),
    "last_endorsed": _("最近签注"),
    "grade": _("级别"),
    "supporter": _("义务人"),
    "excluded": _("不计入原因"),
    "special": _("特殊群体"),
    "property": _("财产"),
    "money_yuan": _("存款等金融资产"),
    "homes": _("住房"),
    "vehicles": _("机动车"),
    "square_metres": _("面积（平方米）"),
    "setting": _("供养方式"),
    "key": _("序号"),
    "signed_by": _("签名人"),
    "signed_at": _("签字时间"),
    "valid_until": _("有效期到"),
    "withdrawn_at": _("撤回时间"),
    "scope": _("授权范围"),
    "request": _("委托编号"),
    "granted": _("是否确认"),
    "programme": _("救助种类"),
    "monthly_yuan": _("每月金额（元）"),
    "once_yuan": _("一次性金额（元）"),
    "start_month": _("起发月份"),
    "persons": _("保障对象"),
    "conclusion": _("调查结论"),
    "present": _("在场人"),
    "findings": _("入户情况"),
    "against": _("对什么"),
    "about": _("投诉谁"),
    "contact": _("联系方式"),
    "tracking": _("查询码"),
    "part": _("哪一步"),
    "helper": _("代为求助的人"),
    "lists": _("特殊群体名册"),
    "group": _("群体"),
    "from": _("从哪天起"),
    "source": _("来源"),
    "people": _("人数"),
    "follow_ups": _("后续"),
    "payee_name": _("收款人"),
    "payee_id_number": _("收款人身份证号"),
    "returned": _("退回原因"),
    "papers": _("补办的手续"),
    "basis": _("建议的由来"),
    "label": _("项"),
    "value": _("数"),
    "article": _("条款"),
    "document": _("文件"),
}
CODES = dict(
    choices.RELATIONS
    + choices.DISABILITIES
    + choices.STUDENTS
    + choices.SUPPORTERS
    + choices.SPECIAL
    + choices.INCOMES
    + choices.EXPENSES
    + choices.VEHICLES
)
CALL_GROUPS = {
    "visits": _("上门"),
    "advances": _("先行救助"),
    "follow_ups": _("后续"),
}
MESSAGES, TOP, CALL = _("收到的短信"), _("申请"), _("急事求助")
REGION = re.compile(r"6\d{5}(\d{3}){0,2}")
PLACES = ("region", "registered_region")


def sections(data: Json) -> list[Json]:
    """A section for each application and call for help, and one for the messages.

    Empty values are left out; places stand by name (one query).
    """
    data = _with_names(data, names_along(_codes(data)))
    made = [
        {"title": f"{TOP} {one['number']}", "groups": _groups(one, GROUPS)}
        for one in data["applications"]
    ]
    calls = [{"title": f"{CALL} {one['number']}", "groups": _of_call(one)} for one in data["calls"]]
    texts = [(m["at"], m["text"]) for m in data["messages"]]
    last = [{"title": MESSAGES, "groups": [_group(MESSAGES, texts)]}] if texts else []
    return [*made, *calls, *last]


def _codes(value: Any) -> set[str]:
    """The codes of places that stand anywhere in the values."""
    if isinstance(value, dict):
        own = {str(value[key]) for key in PLACES if REGION.fullmatch(str(value.get(key) or ""))}
        return own.union(*map(_codes, value.values()))
    return set().union(*map(_codes, value)) if isinstance(value, list) else set()


def _with_names(value: Any, names: Mapping[str, str]) -> Any:
    """The same with places by name."""
    if isinstance(value, dict):
        return {
            key: names.get(str(inner), inner) if key in PLACES else _with_names(inner, names)
            for key, inner in value.items()
        }
    return [_with_names(one, names) for one in value] if isinstance(value, list) else value


def _groups(held: Json, groups: Mapping[str, Any]) -> list[Json]:
    found = ((words, list(_lines(held.get(key), ""))) for key, words in groups.items())
    return [_group(words, lines) for words, lines in found if lines]


def _of_call(call: Json) -> list[Json]:
    """What was told first, then what followed."""
    told = {key: value for key, value in call.items() if key not in CALL_GROUPS}
    return [_group(CALL, list(_lines(told, ""))), *_groups(call, CALL_GROUPS)]


def _group(title: Any, lines: list[Any]) -> Json:
    return {"title": title, "lines": lines}


def _lines(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lines(
                inner, f"{place} · {WORDS.get(key, key)}" if place else str(WORDS.get(key, key))
            )
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _lines(inner, f"{place} {number}".strip())
    elif value not in (None, "", False):
        yield place, str(_("是") if value is True else CODES.get(value, value))
