"""What an action may answer instead of doing its work: each names a reason to act on."""


class DoudiError(Exception):
    """Base of every refusal; `code` is a stable word, `sentence` is for the screen."""

    code = "refused"

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.code)
        self.sentence = sentence


class NotAllowed(DoudiError):
    """The person lacks the right, the region is out of scope, or a second person is needed."""

    code = "not_allowed"

    def __init__(self, right: str, sentence: str = "") -> None:
        super().__init__(sentence or right)
        self.right = right
        self.sentence = sentence


class NotFound(DoudiError):
    """There is no such thing, or not within the asker's scope: both answer alike."""

    code = "not_found"


class WrongStage(DoudiError):
    """The case stands where this move is not legal."""

    code = "wrong_stage"

    def __init__(self, move: str, stage: str, sentence: str = "") -> None:
        super().__init__(sentence or f"{move} from {stage}")
        self.move = move
        self.stage = stage
        self.sentence = sentence


class Missing(DoudiError):
    """Something must be there first; `what` lists all of it at once."""

    code = "missing"

    def __init__(self, what: list[str]) -> None:
        super().__init__("；".join(what))
        self.what = what
        self.sentence = "；".join(what)


class Invalid(DoudiError):
    """A value given cannot be taken; `fields` maps each field to its sentence."""

    code = "invalid"

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("；".join(fields.values()))
        self.fields = fields
        self.sentence = "；".join(fields.values())


class Conflict(DoudiError):
    """Somebody else changed it in between; nothing was overwritten."""

    code = "conflict"


class TooMany(DoudiError):
    """Tried too often; `again_in` seconds."""

    code = "too_many"

    def __init__(self, again_in: int, sentence: str = "") -> None:
        super().__init__(sentence or f"again in {again_in} s")
        self.again_in = again_in
        self.sentence = sentence
