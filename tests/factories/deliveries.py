"""A department's file as it is sent: G14 (个人所得税), a hundred good rows but for the first."""

from doudi.kernel.resident_id import check_digit

G14 = "证件号码,扣缴单位,所得项目,收入额,税款,所属期"


def number(place: int) -> str:
    """A valid demo number."""
    body = f"61079919{60 + place % 40:02d}0312{place % 1000:03d}"
    return body + check_digit(body)


def g14(rows: int = 100, month: str = "2022-04", **first: str) -> bytes:
    """A CSV; `first` are values of its first row."""
    lines = [G14]
    for place in range(rows):
        row = {"证件号码": number(place), "扣缴单位": "汉江商贸", "所得项目": "工资薪金"}
        row |= {"收入额": "3000.50", "税款": "0", "所属期": month}
        lines.append(",".join((row | (first if place == 0 else {})).values()))
    return ("\n".join(lines) + "\n").encode()
