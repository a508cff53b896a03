"""What comes beside the monthly amount in some months? Heating in winter, rising prices (R30)."""

from dataclasses import dataclass

from doudi.kernel.periods import Month
from doudi.policy.book import Book

OF_HOUSEHOLD, OF_PERSON = "dibao", "tekun"


@dataclass(frozen=True)
class Extra:
    """One extra of one month: the kind that the roll names, fen, and the parameter behind it."""

    kind: str
    fen: int
    key: str


def extras_of(book: Book, programme: str, persons: int, month: str) -> list[Extra]:
    """The extras that an award has in a month, by the book of that month."""
    found = [*heating(book, programme, persons, month), *price_link(book, programme, persons)]
    return [extra for extra in found if extra.fen]


def heating(book: Book, programme: str, persons: int, month: str) -> list[Extra]:
    """A sum a household for dibao, a sum a person for tekun, once each winter (SX21)."""
    key = f"heating.{programme}"
    if programme not in (OF_HOUSEHOLD, OF_PERSON) or key not in book.values:
        return []
    if Month.parse(month).number != book.whole("heating.month"):
        return []
    heads = persons if programme == OF_PERSON else 1
    return [Extra("heating", book.whole(key) * heads, key)]


def price_link(book: Book, programme: str, persons: int) -> list[Extra]:
    """While prices run ahead: a sum a person and month, in the months that the city announces."""
    key = "price_link.person"
    if programme not in (OF_HOUSEHOLD, OF_PERSON) or key not in book.values:
        return []
    return [Extra("price_link", book.whole(key) * persons, key)]
