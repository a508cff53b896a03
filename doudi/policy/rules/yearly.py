"""How much temporary aid a household may have in a year for one cause (LS23 二(三); R41).

A limit refuses nothing: what lies above it is shown, and the county's person decides.
"""

from dataclasses import dataclass

from doudi.policy.book import Book, Row


@dataclass(frozen=True)
class Year:
    """What was given this year for a cause, what is asked now, and the limits of the pack."""

    times: int
    given: int
    asked: int
    most_times: int
    most: int
    rows: tuple[Row, ...]

    @property
    def is_over(self) -> bool:
        """Whether with this one it would be more often, or more, than the pack foresees."""
        return (self.times + 1 > self.most_times) | (self.given + self.asked > self.most)


def year_of(book: Book, cause: str, times: int, given: int, asked: int) -> Year:
    """By the values in force; amounts are so many urban standards."""
    often, much = f"yearly.{cause}_times", f"yearly.{cause}_standards"
    return Year(
        times,
        given,
        asked,
        book.whole(often),
        book.whole(much) * book.whole("temporary.urban_standard"),
        (book.parameter(often), book.parameter(much)),
    )
