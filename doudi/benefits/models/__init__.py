"""Awards, monthly rolls and payments: whole fen, and nobody twice."""

from doudi.benefits.models.awards import Award, AwardChange, AwardPerson, PlannedPart
from doudi.benefits.models.bank import Attempt, BankAnswer, BankFile, BankLine, BankOrder
from doudi.benefits.models.rolls import Payment, Roll, RollDifference, RollNotice

__all__ = [
    "Attempt",
    "Award",
    "AwardChange",
    "AwardPerson",
    "BankAnswer",
    "BankFile",
    "BankLine",
    "BankOrder",
    "Payment",
    "PlannedPart",
    "Roll",
    "RollDifference",
    "RollNotice",
]
