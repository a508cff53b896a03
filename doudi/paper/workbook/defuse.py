"""harmless(): a text that no spreadsheet takes for a formula (P19)."""

STARTS = tuple("=+-@\t\r\n＝＋－＠")
BLANKS = " \u3000\u00a0\u200b\ufeff"


def harmless(text: str) -> str:
    """The text with an apostrophe before it, when a spreadsheet could take it for a formula."""
    return f"'{text}" if text.lstrip(BLANKS).startswith(STARTS) else text
