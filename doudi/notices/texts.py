"""The texts that go out, in the offices' own words; values are named."""

SIGN_OFF = {"zh": "【汉中民政】", "en": "[Hanzhong Civil Affairs] "}

TEXTS: dict[str, dict[str, str]] = {
    "sms_code": {
        "zh": "验证码{code}，{minutes}分钟内有效。工作人员不会向您索要验证码。",
        "en": "Code {code}, valid {minutes} minutes. No officer will ask you for it.",
    },
    "family_link": {
        "zh": "{applicant}为家里申请社会救助，请您本人签字授权核对：{link} "
        "链接7天内有效，不收任何费用。",
        "en": "{applicant} applies for assistance for your family. Please sign yourself: {link} "
        "Valid 7 days, free of charge.",
    },
    "submitted": {
        "zh": "{name}您好，您的社会救助申请（{number}）已收到，{town}会尽快受理。"
        "查进度请扫回执上的查询码，不收任何费用。",
        "en": "{name}, your application ({number}) has arrived at {town}. "
        "Follow it with the code on your receipt; it is free.",
    },
    "supplement": {
        "zh": "您的申请（{number}）还差{count}样：{items}。请在{until}前补交，可用手机拍照，"
        "也可请村协理员帮忙。补交前办理时间暂停。",
        "en": "Your application ({number}) still needs {count}: {items}. "
        "Please add by {until}, by phone or with your village assistant. The clock is stopped.",
    },
    "accepted": {
        "zh": "{name}您好，您的申请（{number}）已受理，最迟{due}前告知结果。"
        "承办：{town}，电话{phone}。",
        "en": "{name}, your application ({number}) was accepted; you hear the result by {due}. "
        "{town}, phone {phone}.",
    },
    "transferred": {
        "zh": "您的申请（{number}）已转到{town}办理，提交的日子不变，不用您再跑。"
        "有事打{town}电话{phone}。",
        "en": "Your application ({number}) is now with {town}; the day you handed it in stays, and "
        "you need not come again. {town}, phone {phone}.",
    },
    "declined": {
        "zh": "您的申请（{number}）未予受理，原因和其他救助途径见告知书，"
        "或到{town}询问，电话{phone}。",
        "en": "Your application ({number}) was not accepted; the letter says why and what else "
        "there is. {town}, phone {phone}.",
    },
    "reviewed": {
        "zh": "您的申请（{number}）已经审核，接下来公示{days}天，请留意通知。",
        "en": "Your application ({number}) was reviewed; a public notice of {days} days follows.",
    },
    "noticed": {
        "zh": "您的申请（{number}）审核意见正在公示，到{until}结束。",
        "en": "The opinion on your application ({number}) is on public notice until {until}.",
    },
    "confirmed": {
        "zh": "{name}您好，您家的申请（{number}）已确认，自{month}起每月{amount}元。"
        "计算过程见告知书或查询码。",
        "en": "{name}, your application ({number}) is confirmed: {amount} yuan a month from "
        "{month}. The letter and your code show how it is computed.",
    },
    "confirmed_once": {
        "zh": "{name}您好，您家的临时救助（{number}）已确认，一次性{amount}元，"
        "{month}随名册发到账户。计算过程见告知书或查询码。",
        "en": "{name}, your temporary aid ({number}) is confirmed: {amount} yuan once, paid with "
        "the roll of {month}. The letter and your code show how it is computed.",
    },
    "support_promised": {
        "zh": "{who}会在{until}前给您家送去约好的物资或服务，不收钱。没有来，请拨{town}{phone}。",
        "en": "{who} will bring the agreed goods or service by {until}, free of charge. If nobody "
        "comes, call {town}, {phone}.",
    },
    "change_proposed": {
        "zh": "{name}您好，因{cause}，拟对您家待遇（{number}）办理{what}：自{month}起每月{before}元"
        "改为{amount}元。还没有决定。您有话要说，请在{until}前在“我的待遇”里写，或打{town}电话{phone}。",
        "en": "{name}, a change of your benefit ({number}) is proposed: from {month} {amount} yuan "
        "a month instead of {before}. Nothing is decided. You may answer until {until} under My "
        "benefits, or call {town}, {phone}.",
    },
    "change_dropped": {
        "zh": "{name}您好，您家待遇（{number}）的{what}经研究不办了，照旧发放。",
        "en": "{name}, the proposed change of your benefit ({number}) was dropped; it is paid as "
        "before.",
    },
    "explanation_asked": {
        "zh": "{name}您好，部门数据与您家（{number}）登记的情况有出入，需要您说明，还没有任何决定，"
        "待遇照发。请在{until}前在“我的待遇”里查看并说明，不同意可以提出异议，或打{town}电话{phone}。",
        "en": "{name}, what departments hold differs from what your household ({number}) told. "
        "Nothing is decided and payment goes on. Please read and explain, or object, until "
        "{until} under My benefits, or call {town}, {phone}.",
    },
    "inquiry_settled": {
        "zh": "{name}您好，请您说明的事已核实清楚，您家待遇（{number}）不变。谢谢配合。"
        "{town}电话{phone}。",
        "en": "{name}, what you were asked to explain is settled; your benefit ({number}) stays as "
        "it is. Thank you. {town}, {phone}.",
    },
    "inquiry_recheck": {
        "zh": "{name}您好，请您说明的事已核实，{town}会按规定复核您家待遇（{number}），"
        "复核期间照发，有变动会先告知您。电话{phone}。",
        "en": "{name}, what you were asked to explain was looked into. {town} will re-check your "
        "benefit ({number}); it is paid meanwhile and you hear of any change first. Phone {phone}.",
    },
    "account_changed": {
        "zh": "{name}您好，您家待遇（{number}）改发到尾号{tail}的账户。不是您要换的，"
        "请马上打{town}电话{phone}。",
        "en": "{name}, your benefit ({number}) is now paid to the account ending {tail}. If you "
        "did not ask for this, call {town}, {phone}, at once.",
    },
    "recovery_decided": {
        "zh": "{name}您好，多发的{amount}元请分{parts}期退还，见“我的待遇”。每月待遇不会被扣。"
        "不同意可以申诉，或问{town}，电话{phone}。",
        "en": "{name}, {amount} yuan that were paid too much are to be returned in {parts} parts; "
        "see My benefits. Nothing is taken off your monthly money. You may appeal, or ask {town}, "
        "{phone}.",
    },
    "recovery_waived": {
        "zh": "{name}您好，多发的{amount}元经研究不向您追回。",
        "en": "{name}, {amount} yuan that were paid too much are not asked back.",
    },
    "recovery_waived_after_parts": {
        "zh": "{name}您好，多发的钱里还没退的{amount}元经研究不再追回。已退还的{came}元仍记在县区"
        "账上，不退给您；有不同意见请问{town}，电话{phone}。",
        "en": "{name}, of what was paid too much, the {amount} yuan not yet returned are not asked "
        "back. The {came} yuan you returned stay booked with the county and do not come back to "
        "you; if you disagree, ask {town}, {phone}.",
    },
    "award_changed": {
        "zh": "{name}您好，您家的待遇（{number}）{what}：自{month}起每月{before}元改为{amount}元。"
        "原因和计算见“我的待遇”；不同意可以申诉，或问{town}，电话{phone}。",
        "en": "{name}, your benefit ({number}) changes: from {month} it is {amount} yuan a month "
        "instead of {before}. My benefits shows why; you may appeal, or ask {town}, {phone}.",
    },
    "refused": {
        "zh": "您的申请（{number}）未予确认，原因、可申请的其他救助和申诉途径见告知书。"
        "可到{town}询问，电话{phone}。",
        "en": "Your application ({number}) was refused; the letter says why, what else you can "
        "apply for, and how to appeal. {town}, phone {phone}.",
    },
    "withdrawn": {
        "zh": "您的申请（{number}）已撤回。以后可以随时再申请。",
        "en": "Your application ({number}) was withdrawn. You may apply again at any time.",
    },
    "paid": {
        "zh": "您家{month}救助金{amount}元已发到{account}的账户。有疑问请拨{phone}。",
        "en": "{amount} yuan for {month} were paid to your account {account}. Questions: {phone}.",
    },
    "payment_returned": {
        "zh": "您家{month}救助金没有发成功（{reason}），请联系{town}核对账户，电话{phone}。",
        "en": "The payment for {month} came back ({reason}). Please check the account with "
        "{town}, phone {phone}.",
    },
    "objection_received": {
        "zh": "您对公示的意见已收到，我们会在规定时间内核实。您的身份不会公开。",
        "en": "Your objection has arrived and will be looked into. You will not be named.",
    },
    "appeal_received": {
        "zh": "您对申请（{number}）的申诉已送到{county}民政局，最迟{until}答复。"
        "由没有办过这件事的人看。",
        "en": "Your appeal on ({number}) is with {county} Civil Affairs; you hear by {until}. "
        "Somebody who had no part in it looks at it.",
    },
    "appeal_upheld": {
        "zh": "您的申诉成立，申请（{number}）退回{town}重新核定，不用重新交材料。",
        "en": "Your appeal was right: ({number}) goes back to {town} to be assessed anew. "
        "You need not hand in anything again.",
    },
    "appeal_dismissed": {
        "zh": "您对申请（{number}）的申诉已答复：维持原决定，理由见查询页。"
        "仍可在{months}个月内向法院起诉。",
        "en": "Your appeal on ({number}) was answered: the decision stands; your page says why. "
        "You may still go to court within {months} months.",
    },
    "parts_agreed": {
        "zh": "{name}您好，您家的一次性救助{amount}元（{number}）分{parts}期发放，{month}起，"
        "每期的月份和条件见“我的待遇”。有疑问问{town}，电话{phone}。",
        "en": "{name}, your aid of {amount} yuan ({number}) is paid in {parts} parts from {month}; "
        "months and conditions stand in My benefits. Ask {town}, {phone}.",
    },
    "change_appealed": {
        "zh": "{name}您好，您对待遇（{number}）变动的申诉已送到{office}民政局，最迟{until}答复。"
        "由没有办过这件事的人看；答复之前原变动照常执行。",
        "en": "{name}, your appeal against the change of ({number}) is with {office} Civil "
        "Affairs; you hear by {until}. Somebody who had no part in it looks at it; the change "
        "holds meanwhile.",
    },
    "change_appeal_upheld": {
        "zh": "{name}您好，您对待遇（{number}）变动的申诉成立，{town}会办理恢复，少发的补发。"
        "结果会再告诉您。电话{phone}。",
        "en": "{name}, your appeal about ({number}) was right: {town} now has it put back, with "
        "what was missing. You hear of it again. Phone {phone}.",
    },
    "change_appeal_dismissed": {
        "zh": "{name}您好，您对待遇（{number}）变动的申诉已答复：维持原决定，理由见答复书。"
        "还不同意的，收到之日起{days}天内可以向法院起诉。电话{phone}。",
        "en": "{name}, your appeal about ({number}) was answered: the change stands; the letter "
        "says why. You may go to court within {days} days of receiving it. Phone {phone}.",
    },
    "mandate_given": {
        "zh": "您委托{who}代办的手续已登记，到{until}为止。"
        "随时可以撤回：手机上或到{town}窗口，电话{phone}。",
        "en": "{who} may now act for you until {until}. End it any day on your phone or at {town}, "
        "telephone {phone}.",
    },
    "mandate_held": {
        "zh": "{whose}委托您代办社会救助手续，到{until}为止。用本机号码登录后可以看到委托的事项。",
        "en": "You may act for {whose} until {until}. Sign in with this number to see what for.",
    },
    "mandate_used": {
        "zh": "{who}刚刚代您补交了材料。如果不是您的意思，请撤回委托或拨打{town}电话{phone}。",
        "en": "{who} just handed in papers for you. If you did not want that, end the mandate or "
        "ring {town}, {phone}.",
    },
    "mandate_over": {
        "zh": "{who}的委托已经撤回，以后不能再代您办理。以前代办的仍然有效。",
        "en": "{who} can no longer act for you. What was done before stays valid.",
    },
    "change_received": {
        "zh": "您报告的变化已送到{town}，最迟{until}答复。答复之前待遇不变。",
        "en": "Your report of a change is with {town}; you hear by {until}. "
        "Nothing changes before that.",
    },
    "change_answered": {
        "zh": "您报告的变化已处理，结果见查询页。有疑问请拨{phone}。",
        "en": "Your report of a change was answered; see your page. Questions: {phone}.",
    },
    "complaint_answered": {
        "zh": "您的投诉已答复，请用查询码查看。",
        "en": "Your complaint was answered; look it up with your code.",
    },
    "tip_answered": {
        "zh": "您反映的情况已核实答复，请用查询码查看。",
        "en": "What you told us was looked into and answered; look it up with your code.",
    },
    "urgent_raised": {
        "zh": "您的求助（{number}）{town}已收到，值班人员{minutes}分钟内联系您，最迟{visit}上门。"
        "有生命危险请先拨120、119或110。值班电话{phone}。",
        "en": "{town} has your call for help ({number}). Somebody calls you within {minutes} "
        "minutes and comes by {visit}. In danger of life dial 120, 119 or 110. Duty phone {phone}.",
    },
    "urgent_ring": {
        "zh": "急：{place}有人求助（{kind}，{persons}人），请{minutes}分钟内登录接听，"
        "编号{number}。",
        "en": "Urgent: a call for help in {place} ({kind}, {persons} persons). Please answer "
        "within {minutes} minutes, number {number}.",
    },
    "urgent_sign": {
        "zh": "急：{place}提出先行救助{amount}元，超过镇（街道）限额，请在{until}前登录签批，"
        "编号{number}。",
        "en": "Urgent: {place} proposes {amount} yuan at once, above the town's limit. Please sign "
        "by {until}, number {number}.",
    },
    "urgent_lying": {
        "zh": "{place}的求助{number}应于{visit}上门，到现在没有上门或没有结果，请过问。",
        "en": "Call {number} in {place} was to be visited by {visit}; nobody came or nothing was "
        "decided. Please see to it.",
    },
    "urgent_taken": {
        "zh": "您的求助（{number}）已由{town}{officer}同志接听，最迟{visit}上门。电话{phone}。",
        "en": "Officer {officer} of {town} has your call ({number}) and comes by {visit}. "
        "Phone {phone}.",
    },
    "urgent_signed": {
        "zh": "您的求助（{number}）已同意先行救助{amount}元，{manner}。手续{until}前补齐就行，"
        "工作人员会帮您办。",
        "en": "{amount} yuan were granted at once for your call ({number}). The papers may follow "
        "until {until}; the officers help you.",
    },
    "urgent_paid": {
        "zh": "先行救助{amount}元已发到{account}的账户（求助{number}）。有疑问请拨{phone}。",
        "en": "{amount} yuan were paid to the account {account} (call {number}). "
        "Questions: {phone}.",
    },
    "urgent_returned": {
        "zh": "先行救助{amount}元没有发成功（{reason}），工作人员会尽快联系您核对账户。"
        "求助{number}，电话{phone}。",
        "en": "The payment of {amount} yuan came back ({reason}); an officer will call you about "
        "the account. Call {number}, phone {phone}.",
    },
    "urgent_back": {
        "zh": "{town}先行救助{amount}元银行退回（{reason}），求助{number}。"
        "请尽快联系求助人，用备用金改发现金。",
        "en": "The bank sent back the advance of {amount} yuan ({reason}), call {number}. "
        "Please call the person and hand over cash from the reserve.",
    },
    "urgent_made_up": {
        "zh": "您的求助（{number}）手续已补齐，谢谢配合。接下来公示，姓名会遮盖，不写原因。",
        "en": "The papers for your call ({number}) are complete. A public notice follows "
        "with a masked name and without the cause.",
    },
    "urgent_closed": {
        "zh": "您的求助（{number}）已办结。以后有困难随时再找我们，{town}电话{phone}。",
        "en": "Your call ({number}) is closed. Come back at any time: {town}, phone {phone}.",
    },
    "referred": {
        "zh": "经您同意，{town}已将您的情况转到{office}（{matter}），{until}前答复。"
        "不想转了可以在查询页取消，或拨打{phone}。",
        "en": "With your consent {town} has passed your situation on to {office_en} ({matter_en}); "
        "it answers by {until}. To stop it, use your page or ring {phone}.",
    },
    "referral_answered": {
        "zh": "{office}对您的转介（{matter}）已有答复，内容见查询页。有疑问请拨{town}电话{phone}。",
        "en": "{office_en} answered on {matter_en}; see your page. Questions: {town}, {phone}.",
    },
    "place_asked": {
        "zh": "{town}已请您的户籍地{place}协查申请（{number}）的情况，"
        "{until}前答复，不用您回去跑。",
        "en": "{town} has asked {place}, where you are registered, about your application "
        "({number}). It answers by {until}; you need not travel.",
    },
    "place_late": {
        "zh": "协查函{number}已过{until}，还没有答复，请登录办理。",
        "en": "Request {number} was to be answered by {until} and was not. Please sign in.",
    },
    "life_due": {
        "zh": "{name}的铁路民兵生活补助每年要做一次生存认证，请在{until}前办：到{town}窗口、"
        "打{phone}约视频，或请工作人员上门，不收费。",
        "en": "The subsidy of {name} needs a yearly proof of life by {until}: at {town}, by video "
        "call ({phone}), or ask for a visit. It is free.",
    },
    "life_late": {
        "zh": "{name}的生存认证已过{until}，还没有办。补助没有停，请尽快联系{town}，电话{phone}，"
        "可以视频或上门。",
        "en": "The proof of life of {name} was due on {until}. Nothing was stopped; please ring "
        "{town}, {phone}: by video or a visit.",
    },
    "life_town_late": {
        "zh": "有{until}到期的生存认证还没有办，请登录查看并上门或视频联系。",
        "en": "A proof of life due on {until} was not given. Please sign in, then call or visit.",
    },
    "referral_late": {
        "zh": "办件{number}转{office}的转介已过{until}，还没有答复，请催办并登记。",
        "en": "Case {number}: {office_en} was to answer by {until} and has not. Please ask and "
        "record it.",
    },
    "invitation": {
        "zh": "{name}您好，您的工作账号{account}已建立，请在{hours}小时内打开链接设置：{link}",
        "en": "{name}, your account {account} is ready; open within {hours} hours: {link}",
    },
}


def wording(template: str, language: str, values: dict[str, object]) -> str:
    """The finished text; a missing value is an error at once, not a hole in a message."""
    language = "en" if language.startswith("en") else "zh"
    return SIGN_OFF[language] + TEXTS[template][language].format(**values)
