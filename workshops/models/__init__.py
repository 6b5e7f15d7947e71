"""Workshops: what a squad asks itself, throws on the board, and takes away as metrics."""

from .agreements import SUBJECTS, Agreement, Assent
from .alike import Comparison, Mark, SuggestedCard, Suggestion
from .answers import Answer, Opinion
from .board import Bucket, Card, CardWording, Reason
from .decisions import Adoption, Decision
from .pruning import Pruning
from .templates import QUESTIONS, Stage, Template, TimeBox
from .votes import Consent, Keep, Vote
from .workshops import Participant, Workshop

__all__ = [
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
    "Consent",
    "Decision",
    "Keep",
    "Mark",
    "Opinion",
    "Participant",
    "Pruning",
    "Reason",
    "Stage",
    "SuggestedCard",
    "Suggestion",
    "Template",
    "TimeBox",
    "Vote",
    "Workshop",
]
