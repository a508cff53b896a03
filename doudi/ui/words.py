"""Words that lower floors say in Chinese and pages show: here so that the catalogue has them."""

import datetime as dt
import re
from typing import Any

from django.utils.translation import get_language, gettext, gettext_noop

from doudi.kernel.errors import DoudiError, Invalid, Missing
from doudi.kernel.sentences import Sentence, Value

STAGES = (
    gettext_noop("待受理"),
    gettext_noop("待补正"),
    gettext_noop("调查核实"),
    gettext_noop("待审核"),
    gettext_noop("待公示"),
    gettext_noop("待确认"),
    gettext_noop("公示中"),
    gettext_noop("已确认"),
    gettext_noop("不予确认"),
    gettext_noop("不予受理"),
    gettext_noop("已撤回"),
    gettext_noop("应发"),
    gettext_noop("在途"),
    gettext_noop("已到账"),
    gettext_noop("退回"),
    gettext_noop("已编制"),
    gettext_noop("已复核"),
    gettext_noop("已放行"),
    gettext_noop("已送银行"),
    gettext_noop("已对账"),
)
# What is said alike of the deed and of how it ended, English says in two words.
ENDED = {
    "不予确认": gettext_noop("已不予确认"),
    "不予受理": gettext_noop("已不予受理"),
}
WAY = (
    gettext_noop("已提交"),
    gettext_noop("需要补正"),
    gettext_noop("已补正"),
    gettext_noop("已受理"),
    gettext_noop("部门核对已返回"),
    gettext_noop("已入户调查"),
    gettext_noop("镇（街道）已接收"),
    gettext_noop("已退回原来的镇（街道）"),
    gettext_noop("已请户籍地协查，不用您回去跑"),
    gettext_noop("户籍地已答复"),
    gettext_noop("已民主评议"),
    gettext_noop("已会议研究"),
    gettext_noop("已审核"),
    gettext_noop("开始公示"),
    gettext_noop("异议已答复"),
    gettext_noop("计时变动"),
    gettext_noop("镇（街道）受理"),
    gettext_noop("请您补交材料"),
    gettext_noop("部门核对、两人入户调查"),
    gettext_noop("镇（街道）审核"),
    gettext_noop("公示"),
    gettext_noop("公示期满后由负责人确认"),
    gettext_noop("告知结果，次月起发放"),
)
FILED = (
    gettext_noop("正在打印"),
    gettext_noop("可以下载"),
    gettext_noop("已清除"),
    gettext_noop("批量打印"),
    gettext_noop("一户一档"),
    gettext_noop("申请书和证明材料"),
    gettext_noop("委托书"),
    gettext_noop("核查授权书"),
    gettext_noop("审核审批表和告知书"),
    gettext_noop("近亲属备案表"),
    gettext_noop("协助调查委托书和核对报告"),
    gettext_noop("收入评估、入户调查表和入户照片"),
    gettext_noop("民主评议记录和照片"),
    gettext_noop("审核公示单和张贴照片"),
    gettext_noop("拟批准公示表和照片"),
    gettext_noop("不予受理、不予批准告知书"),
    gettext_noop("长期公示表和照片"),
    gettext_noop("调整（停发）告知书"),
    gettext_noop("已归"),
    gettext_noop("缺"),
    gettext_noop("未到"),
    gettext_noop("不涉及"),
    gettext_noop("申请表；部门能查到的不用交"),
    gettext_noop("有代办人，缺委托书"),
    gettext_noop("本人申请，没有委托"),
    gettext_noop("审核确认表和告知书"),
    gettext_noop("缺审核确认表"),
    gettext_noop("没有进入确认"),
    gettext_noop("还没有作出决定"),
    gettext_noop("没有近亲属关系"),
    gettext_noop("已备案，县级已核查"),
    gettext_noop("缺县级核查结果"),
    gettext_noop("委托单和核对报告"),
    gettext_noop("核对报告还没有返回"),
    gettext_noop("受理后发起核对"),
    gettext_noop("没有受理"),
    gettext_noop("还没有入户"),
    gettext_noop("没有入户"),
    gettext_noop("缺入户照片（门牌、外观、客厅、厨房、卧室、人）"),
    gettext_noop("没有争议，没有评议"),
    gettext_noop("缺评议签名页或照片"),
    gettext_noop("依规定不公示"),
    gettext_noop("还没有公示"),
    gettext_noop("没有公示"),
    gettext_noop("缺公示张贴照片"),
    gettext_noop("与审核公示一并进行"),
    gettext_noop("告知书"),
    gettext_noop("已确认或已撤回"),
    gettext_noop("确认后张贴"),
    gettext_noop("不公示"),
    gettext_noop("缺长期公示表或照片"),
    gettext_noop("没有发生调整或停发"),
)
NOTES = (
    gettext_noop("入户调查：{who}"),
    gettext_noop("公示至{until}"),
    gettext_noop("采信核对结果：{reason}"),
    gettext_noop("暂停计时：{reason}"),
    gettext_noop("恢复计时"),
    gettext_noop("民主评议：到会{present}人，同意{agree}人"),
    gettext_noop("异议成立"),
    gettext_noop("异议不成立"),
    gettext_noop("收到异议"),
    gettext_noop("已超过承诺期限{day}"),
    gettext_noop("补正期限{day}已过"),
    gettext_noop("受理期限{day}已过，还没有受理"),
    gettext_noop("计时暂停太久，{day}前就该恢复"),
    gettext_noop("转到{town}：{reason}"),
    gettext_noop("退回{town}：{reason}"),
    gettext_noop("{place}，{day}前答复"),
    gettext_noop("{place}，{manner}"),
    gettext_noop("会议研究"),
    gettext_noop("县级核查"),
    gettext_noop("核对报告已返回"),
    gettext_noop("申诉成立，重新受理"),
    gettext_noop("申诉成立，原决定撤销，重新核定"),
)
PROVINCE = (
    gettext_noop("上报"),
    gettext_noop("省级回执"),
    gettext_noop("与省级比对"),
    gettext_noop("待回执"),
    gettext_noop("省级已收"),
    gettext_noop("省级退回"),
    gettext_noop("省级没有"),
    gettext_noop("本市没有"),
    gettext_noop("内容不同"),
    gettext_noop("按月上报"),
    gettext_noop("更正补报"),
    gettext_noop("数据核对"),
    gettext_noop("没有这次交换"),
    gettext_noop("这个月没有可以上报的待遇"),
    gettext_noop("上报模板缺少代码：{code}"),
    gettext_noop("只有上报才有回执"),
    gettext_noop("回执里有不认识的处理结果：{words}"),
    gettext_noop("有重复的家庭编号：{keys}"),
    gettext_noop("缺少列：{names}"),
    gettext_noop("有的行列数不对，请重新导出"),
    gettext_noop("文件打不开，请上传省级系统导出的 CSV 或 XLSX"),
)
POSTS = (
    gettext_noop("镇（街道）经办人"),
    gettext_noop("镇（街道）审核人"),
    gettext_noop("镇（街道）负责人"),
    gettext_noop("县区民政经办"),
    gettext_noop("县区财政局"),
    gettext_noop("市民政局"),
    gettext_noop("村级协理员"),
    gettext_noop("系统管理员"),
    gettext_noop("安全管理员"),
    gettext_noop("审计员"),
    gettext_noop("部门数据员"),
)
REFUSALS = (
    gettext_noop("身份证号应为18位（末位可以是X）"),
    gettext_noop("身份证号的校验位不对，请核对是否输错"),
    gettext_noop("身份证号中的出生日期不对"),
    gettext_noop("这是演示用号码，正式系统不能使用"),
    gettext_noop("请填写姓名"),
    gettext_noop("请填写身份证号"),
    gettext_noop("请填写手机号"),
    gettext_noop("请选择现在住的村（社区）"),
    gettext_noop("请填写住址"),
    gettext_noop("请先填写申请人本人"),
    gettext_noop("家庭成员最多30人"),
    gettext_noop("请用一两句话写明家里的困难"),
    gettext_noop("这个身份证号已经填过一次"),
    gettext_noop("这个PDF带有可执行内容或密码，请改用拍照上传。"),
    gettext_noop("只能上传照片（JPG、PNG）或PDF，请换一个文件。"),
    gettext_noop("文件是空的，请重新拍照或选择文件。"),
    gettext_noop("文件超过8MB，请压缩后再传，或请村协理员帮忙。"),
    gettext_noop("PDF没有传完整，请重新上传。"),
    gettext_noop("照片尺寸太大，请用较低的分辨率重拍。"),
    gettext_noop("照片打不开，可能没有传完整，请重新拍照。"),
    gettext_noop("申请已经提交，不能再修改；如有变化请联系镇（街道）"),
    gettext_noop("请写明情况（5到2000个字）"),
    gettext_noop("这份公示已经结束"),
    gettext_noop("没有这个办件"),
    gettext_noop("别人刚刚办理过这个办件，请看过最新情况再提交"),
    gettext_noop("这个链接已失效，请让申请人重新发送"),
    gettext_noop("请写下签字人的姓名"),
    gettext_noop("按手印或代签要有见证人"),
    gettext_noop("手写签名太大，请重写"),
    gettext_noop("签名要与本人姓名一致"),
    gettext_noop("这位家庭成员已经签过授权书"),
    gettext_noop("没有这份有效的授权书"),
    gettext_noop("没有这份授权书"),
    gettext_noop("还没有核算"),
    gettext_noop("没有这个决定"),
    gettext_noop("没有这份申请"),
    gettext_noop("没有查到，请核对查询码"),
)


def said(sentence: str) -> str:
    """A lower floor's sentence in the page's language; as it is when the catalogue has none.

    Of a `Sentence` the template is looked up, then filled with its values again.
    """
    if not isinstance(sentence, Sentence):
        return gettext(sentence) if sentence else ""
    values = {name: _value(value) for name, value in sentence.values.items()}
    return gettext(sentence.template).format(**values)


def _value(value: Value) -> str:
    """Names and numbers stay as they are; a sentence within the sentence is said as well."""
    parts = [value] if isinstance(value, str | int) else value
    return gettext("、").join(said(p) if isinstance(p, Sentence) else dated(str(p)) for p in parts)


def dated(text: str) -> str:
    """2022-05-16 → 2022年5月16日 or 16 May 2022, 2022-05 → 2022年5月; other words as they are."""
    if not re.fullmatch(r"20[0-9]{2}-[01][0-9](-[0-3][0-9])?", text):
        return text
    parts = [int(part) for part in text.split("-")]
    if (get_language() or "").startswith("en"):
        day = dt.date(*parts, *[1] * (3 - len(parts)))
        return f"{day.day} {day:%B %Y}" if len(parts) == 3 else f"{day:%B %Y}"
    return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def sentences_of(error: DoudiError) -> list[str]:
    """All that a refusal says, each in the page's language; none when it says nothing."""
    if isinstance(error, Missing):
        return [said(what) for what in error.what]
    told = error.fields.values() if isinstance(error, Invalid) else [error.sentence]
    return [said(sentence) for sentence in told if sentence]


def beside(form: Any, error: DoudiError, otherwise: str = "") -> None:
    """What a refusal says, beside the fields it is about, else above the form.

    `otherwise` is said for a refusal that has no sentence of its own.
    """
    if isinstance(error, Invalid):
        for field, sentence in error.fields.items():
            form.add_error(field if field in form.fields else None, said(sentence))
    else:
        form.add_error(None, sentences_of(error) or [otherwise])
