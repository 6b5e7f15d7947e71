"""Workshops: what a squad asks itself, throws on the board, and takes away as metrics."""

from .agreements import SUBJECTS, Agreement, Assent
from .alike import Comparison, Mark, SuggestedCard, Suggestion
from .answers import Answer, Opinion
from .board import IN_PLAY, Bucket, Card, CardWording, Reason
from .confidence import Confidence
from .decisions import Adoption, Decision
from .deeds import Deed
from .guesses import Guess
from .pruning import Pruning
from .reminders import Reminder
from .results import ResultLink
from .templates import APART, QUESTIONS, Stage, Template, TimeBox
from .votes import Consent, Keep, Vote
from .workshops import Participant, Workshop

__all__ = [
    "APART",
    "IN_PLAY",
    "QUESTIONS",
    "SUBJECTS",
    "Adoption",
    "Agreement",
    "Answer",
    "Assent",
    "Bucket",
    "Card",
    "CardWording",
    "Comparison",
    "Confidence",
    "Consent",
    "Decision",
    "Deed",
    "Guess",
    "Keep",
    "Mark",
    "Opinion",
    "Participant",
    "Pruning",
    "Reason",
    "Reminder",
    "ResultLink",
    "Stage",
    "SuggestedCard",
    "Suggestion",
    "Template",
    "TimeBox",
    "Vote",
    "Workshop",
]
