"""Words that verification and the inquiries say in Chinese; here so that the catalogue has them."""

from django.utils.translation import gettext_noop

STATES = (
    gettext_noop("待核查"),
    gettext_noop("核查中"),
    gettext_noop("待本人说明"),
    gettext_noop("本人已说明"),
    gettext_noop("待入户"),
    gettext_noop("已入户"),
    gettext_noop("已结"),
)
REFUSALS = (
    gettext_noop("这件核查已经有人办过，请看最新情况"),
    gettext_noop("没有这件核查"),
    gettext_noop("要先告知本人并请其说明，再认定属实"),
    gettext_noop("说明期还没有过，本人也还没有说明"),
    gettext_noop("本人提出异议，要两人入户核实后再认定属实"),
    gettext_noop("请写明要本人说明什么，5至500个字"),
    gettext_noop("不要写身份证号、手机号或账号"),
    gettext_noop("请写明情况，2至1000个字"),
    gettext_noop("入户要两个人，请选同去的人"),
    gettext_noop("入户日期要在下发之后、今天之前"),
    gettext_noop("请写明看到的情况，5至1000个字"),
    gettext_noop("请选一个结果"),
    gettext_noop("请写明核查情况和依据，5至1000个字"),
    gettext_noop("没有这一步"),
)
CENTRE = (
    gettext_noop("没有这条规则"),
    gettext_noop("请写明停用的理由，5至300个字，不写号码"),
    gettext_noop("请写明恢复的理由，2至300个字，不写号码"),
    gettext_noop("这条规则在这里已经停用，或者等着另一人同意"),
    gettext_noop("没有这条停用"),
    gettext_noop("提出停用的人不能自己同意，请由另一人办理"),
    gettext_noop("这条停用已经办过了"),
    gettext_noop("这个乡镇没有待放行的疑点，没有改动"),
    gettext_noop("这个乡镇没有待放行的疑点"),
    gettext_noop("申请人申报：{who}"),
    gettext_noop("第{row}行{heading}：{reason}"),
    gettext_noop("行号{place}答了两次，请只留一行"),
    gettext_noop("这条匹配已有结论，没有改动"),
    gettext_noop("这一行已经认定给另一个人"),
    gettext_noop("请写明理由"),
)
OUTSIDE = (
    gettext_noop("新申请"),
    gettext_noop("复核"),
    gettext_noop("监测"),
    gettext_noop("银行、保险、证券机构"),
    gettext_noop("外省民政部门"),
    gettext_noop("请选问哪一类机构"),
    gettext_noop("请选要查的事项"),
    gettext_noop("没有这份对外核对函"),
    gettext_noop("这份函已经登记过答复"),
    gettext_noop("每一行都要有结果：有记录、无记录或未返回"),
    gettext_noop("有答复的要写数据截至日，不能晚于今天"),
    gettext_noop("有记录的要写明内容，2至300个字"),
    gettext_noop("授权已撤回或过期，不能打开核对报告：{names}"),
    gettext_noop("授权已撤回或过期，这份函不能再发"),
    gettext_noop("核对报告还没有出具"),
)
