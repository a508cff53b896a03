"""What the Ren family does on a phone."""

import re
import time
from typing import Any

from playwright.sync_api import Page, expect

Look = Any  # called with a page and a name: screenshot and axe


def unseen(page: Page, name: str) -> None:
    """For pages that another journey looks at."""


def newest(page: Page, pattern: str) -> str:
    """The first match in the demonstration's 短信箱, newest message first."""
    for _ in range(120):
        page.goto("/demo/messages/")
        found = re.search(pattern, page.locator("main").inner_text())
        if found:
            return found[1]
        time.sleep(0.25)
    raise AssertionError(f"no message like {pattern}")


def prove_phone(page: Page, box: Page, phone: str, next_: str) -> None:
    """Phone and code; the code is read in the other tab."""
    page.goto(next_)
    page.locator("#id_phone").fill(phone)
    page.locator("main form button.primary").first.click()
    code = newest(box, r"验证码(\d{6})")
    page.locator("#id_code").fill(code)
    page.locator("main form button.primary").first.click()


def apply(page: Page, box: Page, ren: dict[str, Any], look: Look) -> None:
    """Steps 1 to 6."""
    page.goto("/")
    look(page, "phone-home")
    page.goto("/know/elsewhere/")
    look(page, "phone-know")
    page.goto("/apply/")
    look(page, "phone-apply-1")
    prove_phone(page, box, ren["applicant"]["phone"], "/apply/2/")
    page.get_by_role("link", name="汉台区").click()
    page.get_by_role("link", name="七里街道").click()
    page.get_by_role("button", name=re.compile("博望")).click()
    page.locator("#id_name").fill(ren["applicant"]["name"])
    page.locator("#id_id_number").fill(ren["applicant"]["id_number"])
    page.locator("#id_address").fill(ren["applicant"]["address"])
    page.get_by_label("在汉中市别的县（区）").check()
    look(page, "phone-apply-2")
    page.locator("main button.primary").click()
    page.get_by_role("link", name="略阳县").click()
    page.get_by_role("button", name="徐家坪镇").click()
    page.locator("#id_registered_address").fill(ren["applicant"]["registered_address"])
    page.locator("#id_issued").fill(ren["applicant"]["permit"]["issued"])
    page.locator("#id_last_endorsed").fill(ren["applicant"]["permit"]["last_endorsed"])
    page.locator("main button.primary").click()
    the_rest(page, ren, look)


def the_rest(page: Page, ren: dict[str, Any], look: Look) -> None:
    """Steps 3 to 6: the family, its money, its home, the pictures."""
    _family(page, ren, look)
    _money(page, ren, look)
    household(page, ren, look)
    expect(page.locator("h1")).to_contain_text("拍照")
    look(page, "phone-apply-6")
    page.locator("main button.primary").click()


def _family(page: Page, ren: dict[str, Any], look: Look) -> None:
    page.goto("/apply/family/m1/")
    page.locator("#id_disability_kind").select_option("visual")
    page.locator("#id_disability_grade").select_option("2")
    page.locator("main button.primary").click()
    for member in ren["members"][1:]:
        page.goto("/apply/family/new/")
        page.locator("#id_relation").select_option(member["relation"])
        page.locator("#id_name").fill(member["name"])
        page.locator("#id_id_number").fill(member["id_number"])
        page.locator("#id_phone").fill(member["phone"])
        page.locator("#id_student").select_option(member["student"])
        if member["employed"]:
            page.locator("#id_employed").check()
        page.locator("main button.primary").click()
    look(page, "phone-apply-3")
    page.locator("main button.primary").click()


def _money(page: Page, ren: dict[str, Any], look: Look) -> None:
    for member in ren["members"]:
        sums = [("income", i) for i in member["income"]] + [
            ("expense", e) for e in member["expenses"]
        ]
        if not sums:
            continue
        page.goto(f"/apply/money/{member['key']}/")
        for side, item in sums:
            page.locator(f"#id_{side}_{item['kind']}").fill(item["yuan"])
        page.locator("main button.primary").click()
    look(page, "phone-apply-4")
    page.locator("main button.primary").click()


def household(page: Page, ren: dict[str, Any], look: Look) -> None:
    page.locator("#id_money_yuan").fill("3000")
    page.locator("#id_home_kind").select_option("rented")
    page.locator("#id_home_metres").fill("62")
    for cause in ren["causes"]:
        page.locator(f"input[name=causes][value={cause}]").check()
    page.locator("#id_reason").fill(ren["reason"])
    page.locator("#id_bank").fill(ren["applicant"]["bank"]["bank"])
    page.locator("#id_account").fill(ren["applicant"]["bank"]["account"])
    look(page, "phone-apply-5")
    page.locator("main button.primary").click()


def sign(page: Page, box: Page, ren: dict[str, Any], look: Look, child: str = "m3") -> None:
    """Step 7: code, name, guardian's tick; the last code must be a minute old (`a_minute_on`)."""
    page.goto("/apply/7/")
    with page.expect_navigation():
        page.get_by_role("button", name="发签字验证码").click()
    expect(page.locator("main")).not_to_contain_text("秒后再发")
    code = newest(box, r"验证码(\d{6})")
    page.locator("#id_agreed").check()
    page.locator("#id_name").fill(ren["applicant"]["name"])
    page.locator("#id_code").fill(code)
    page.locator(f"#id_guardian_{child}").check()
    look(page, "phone-apply-7")
    page.get_by_role("button", name="签字并提交申请").click()
    expect(page).to_have_url(re.compile("/apply/receipt/"))
    look(page, "phone-receipt")


def wife_signs(page: Page, box: Page, ren: dict[str, Any], look: Look) -> None:
    """The other adult signs alone by the link in her message."""
    link = newest(box, r"(/apply/sign/[\w-]+/)")
    page.goto(link)
    page.get_by_role("button", name=re.compile("发验证码到")).click()
    code = newest(box, r"验证码(\d{6})")
    page.locator("#id_agreed").check()
    page.locator("#id_name").fill(ren["members"][1]["name"])
    page.locator("#id_code").fill(code)
    look(page, "phone-family-sign")
    page.get_by_role("button", name="签字授权").click()
    expect(page.locator("main")).to_contain_text("谢")
