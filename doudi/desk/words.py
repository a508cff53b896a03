"""The offices' words for the codes of household facts, and for where a value comes from."""

from django.utils.translation import gettext_lazy as _

RELATIONS = {
    "self": _("本人"),
    "spouse": _("配偶"),
    "child": _("子女"),
    "parent": _("父母"),
    "grandchild": _("孙子女"),
    "grandparent": _("祖父母"),
    "sibling": _("兄弟姐妹"),
    "other": _("其他"),
}
GRADES = (_("一级"), _("二级"), _("三级"), _("四级"))
DISABILITIES = {
    "visual": _("视力"),
    "hearing": _("听力"),
    "speech": _("言语"),
    "physical": _("肢体"),
    "intellectual": _("智力"),
    "mental": _("精神"),
    "multiple": _("多重"),
}
STUDENTS = {
    "none": _("不在学"),
    "kindergarten": _("幼儿园"),
    "compulsory": _("义务教育"),
    "high_school": _("高中"),
    "vocational": _("中职"),
    "college": _("大专"),
    "undergraduate": _("本科"),
    "graduate": _("研究生"),
}
INCOMES = {
    "wage": _("工资"),
    "business": _("经营"),
    "property": _("财产性收入"),
    "transfer": _("转移性收入"),
    "pension": _("养老金"),
    "basic_pension_central": _("中央基础养老金"),
    "support": _("赡养抚养费"),
    "preferential_compensation": _("优待抚恤金"),
    "family_planning_award": _("计划生育奖扶"),
    "scholarship": _("奖助学金"),
    "bravery_award": _("见义勇为奖金"),
    "assistance": _("社会救助款物"),
    "disability_subsidy": _("残疾人两项补贴"),
    "elder_allowance": _("高龄津贴"),
    "medical_benefit": _("医疗报销"),
    "other": _("其他收入"),
}
EXPENSES = {
    "medical_own": _("医疗自付"),
    "rehabilitation_own": _("康复自付"),
    "tuition": _("学费"),
    "boarding": _("住宿费"),
    "work_cost": _("就业成本"),
}
VEHICLES = {
    "car": _("小汽车"),
    "truck": _("货车"),
    "tractor": _("拖拉机"),
    "motorcycle": _("摩托车"),
    "e_bike": _("电动自行车"),
    "disability": _("残疾人机动轮椅车"),
}
HOMES = {
    "owned": _("自有住房"),
    "rural_homestead": _("农村宅基地房"),
    "derelict": _("危旧闲置房"),
    "rented": _("租住"),
}
SUPPORTERS = {"none": _("无义务人"), "unable": _("义务人无能力"), "able": _("义务人有能力")}
EXCLUSIONS = {
    "religious": _("宗教人员"),
    "imprisoned": _("服刑"),
    "compulsory_rehab": _("强制戒毒"),
    "declared_missing": _("宣告失踪"),
    "lost_contact": _("失联"),
    "lost_contact_decided": _("失联（已会商认定）"),
}
SPECIAL = {
    "orphan": _("孤儿"),
    "unsupported_child": _("事实无人抚养儿童"),
    "pneumoconiosis": _("尘肺病"),
    "former_fisher": _("退捕渔民"),
    "railway_militia": _("铁路伤残民兵"),
}
SELF_CARE = {
    "eat": _("吃饭"),
    "dress": _("穿衣"),
    "bed": _("上下床"),
    "toilet": _("如厕"),
    "walk": _("室内行走"),
    "bath": _("洗澡"),
}
CAUSES = {
    "illness": _("因病"),
    "disability": _("因残"),
    "study": _("因学"),
    "disaster": _("因灾"),
    "no_labour": _("缺劳力"),
    "other": _("其他"),
}
AREAS = {"urban": _("城市"), "rural": _("农村")}
SETTINGS = {"dispersed": _("分散供养"), "residential": _("集中供养")}
EVENTS = {"urgent": _("急难型"), "expenditure": _("支出型")}
CHANNELS = {"code": _("申请码"), "window": _("窗口"), "assistant": _("协理员代办")}
ORIGINS = {"declared": _("申报"), "verified": _("核对"), "visited": _("入户")}
ANSWERS = {
    "record": _("有记录"),
    "no_record": _("无记录"),
    "not_returned": _("未返回"),
    "failed": _("查询失败"),
}
MANNERS = {
    "code": _("短信验证码签名"),
    "witness": _("见证签名"),
    "thumbprint": _("按手印"),
    "guardian": _("监护人代签"),
}
VERDICTS = {"same": _("一致"), "differs": _("不一致"), "over": _("超限"), "unknown": _("未返回")}
FIELDS = {
    "relation": _("与申请人关系"),
    "disability": _("残疾"),
    "serious_illness": _("重病"),
    "student": _("在学"),
    "employed": _("就业"),
    "excluded": _("不计入原因"),
    "supporter": _("义务人"),
    "special": _("特殊群体"),
    "self_care_failed": _("不能自理"),
    "income": _("收入（年）"),
    "expenses": _("支出（年）"),
    "money_yuan": _("存款等金融资产"),
    "vehicles": _("机动车"),
    "homes": _("住房"),
    "companies": _("企业、门面、股份"),
    "machines": _("大型机械"),
}
DEEDS = {
    "submit": _("提交申请"),
    "supplement": _("补交材料"),
    "accept": _("受理"),
    "ask_for_more": _("一次性补正"),
    "decline": _("不予受理"),
    "pause": _("计时变动"),
    "record_report": _("核对报告入卷"),
    "record_visit": _("入户调查"),
    "transfer": _("转办"),
    "take_over": _("接收转办"),
    "send_back": _("退回转办"),
    "call_appraisal": _("通知评议"),
    "record_appraisal": _("民主评议"),
    "assess": _("核算"),
    "record_panel": _("会议研究"),
    "call_conference": _("召集一事一议"),
    "record_conference": _("一事一议"),
    "review": _("审核"),
    "publish_notice": _("公示"),
    "object": _("收到异议"),
    "answer_objection": _("答复异议"),
    "confirm": _("确认"),
    "refuse": _("不予确认"),
    "return_case": _("退回调查"),
    "withdraw": _("撤回"),
    "change_clerk": _("换经办人"),
    "adopt_fact": _("采信核对结果"),
    "mark_relative": _("县级近亲属核查"),
    "allow_over_year": _("县级同意超过年上限"),
    "overdue": _("超过期限"),
    "reopen": _("申诉成立，重新核定"),
    "readmit": _("申诉成立，重新受理"),
    "case.submitted": _("提交申请"),
    "case.report_filed": _("核对报告入卷"),
    "case.viewed": _("查看办件"),
    "case.printed": _("打印"),
    "case.printed_in_full": _("完整打印"),
    "person.revealed": _("查看完整信息"),
    "attachment.viewed": _("打开材料"),
    "case.paper_filed": _("补入归档材料"),
}
DEEDS |= {
    "ask_place": _("发协查函"),
    "place_answered": _("户籍地答复协查"),
    "place.asked": _("发协查函"),
    "place.opened": _("户籍地查看协查对象"),
    "place.answered": _("户籍地答复协查"),
    "place.late": _("协查超期未答复"),
    "place.printed": _("打印协查函"),
    "life.due": _("生存认证到期提醒"),
    "life.late": _("生存认证超期"),
    "life.viewed": _("看生存认证"),
    "life.proved": _("登记生存认证"),
    "life.stop_proposed": _("提请暂停发放"),
    "life.stop_decided": _("决定是否暂停发放"),
    "referral.made": _("转介其他部门"),
    "referral.viewed": _("看转介"),
    "referral.answered": _("登记转介答复"),
    "referral.stopped": _("本人不要转了"),
    "referral.late": _("转介超期未答复"),
}
DEEDS |= {f"case.{verb}": word for verb, word in list(DEEDS.items()) if "." not in verb}
