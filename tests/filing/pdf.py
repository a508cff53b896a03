"""Reads a PDF that was put together from several."""

from io import BytesIO

from pypdf import PdfReader


def pages_of(content):
    """How many pages."""
    return len(PdfReader(BytesIO(content)).pages)


def text_of(content):
    """What a reader can copy, without blanks."""
    pages = PdfReader(BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)
