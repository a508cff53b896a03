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
        "zh": "您家{month}救助金没有发成功（{reason}）,请联系{town}核对账户，电话{phone}。",
        "en": "The payment for {month} came back ({reason}). Please check the account with "
        "{town}, phone {phone}.",
    },
    "objection_received": {
        "zh": "您对公示的意见已收到，我们会在规定时间内核实。您的身份不会公开。",
        "en": "Your objection has arrived and will be looked into. You will not be named.",
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
