"""The demonstration's departments: what the demo city's builder wrote down for them."""

from collections.abc import Callable, Sequence

from doudi.verification.sources.base import Returned, SourceDown

NOT_RETURNED, DOWN = "not_returned", "down"
# Rows of an item by ID number: (as-of, rows, special state).
Read = Callable[[str, Sequence[str]], dict[str, tuple[Returned, str]]]


class DemoSource:
    """Answers from the demonstration's own table, read by the function it is given."""

    name = "演示部门"

    def __init__(self, read: Read) -> None:
        self.read = read

    def ask(self, item: str, id_numbers: Sequence[str]) -> dict[str, Returned]:
        """Rows of each person; marked ones do not come back, or bring the source down."""
        known = self.read(item, id_numbers)
        if any(state == DOWN for _, state in known.values()):
            raise SourceDown("演示：部门接口超时")
        return {number: r for number, (r, state) in known.items() if state != NOT_RETURNED}
