"""Workshops: what a squad asks itself, throws on the board, and takes away as metrics."""

from .agreements import SUBJECTS, Agreement, Assent
from .answers import Answer, Opinion
from .board import Bucket, Card, CardWording, Reason
from .decisions import Adoption, Decision
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
    "Consent",
    "Decision",
    "Keep",
    "Opinion",
    "Participant",
    "Reason",
    "Stage",
    "Template",
    "TimeBox",
    "Vote",
    "Workshop",
]
