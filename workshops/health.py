"""How workshops went, for the squad alone: no names, and nobody is ranked.

Evenness is the share of what was said that would not have to come from somebody else for all to have said as much.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, prefetch_related_objects

from workshops import pace
from workshops.actions.anonymity import ENOUGH
from workshops.models import Answer, Card, Confidence, Participant, Stage, Workshop

SEVERAL = 2


@dataclass(frozen=True)
class Leg:
    """One stage: the minutes that it took, and those of its time box."""

    stage: Stage
    took: int
    box: int

    @property
    def longest(self) -> int:
        return max(self.took, self.box, 1)


@dataclass(frozen=True)
class Column:
    """How many said this of how sure they are."""

    label: str
    count: int


@dataclass(frozen=True)
class Health:
    """`evenness` is a percentage, None where nobody can know it; `sure` is empty until enough have said theirs.

    `people` take part now; `known` were ever let in, those who left or only watch too.
    """

    workshop: Workshop
    people: int
    known: int
    evenness: int | None
    thrown: int
    survived: int
    legs: Sequence[Leg]
    sure: Sequence[Column]
    said: int

    @property
    def minutes(self) -> int:
        return sum(leg.took for leg in self.legs)

    @property
    def boxes(self) -> int:
        """The minutes of the stages that it was at."""
        return sum(leg.box for leg in self.legs)

    @property
    def wanted(self) -> int:
        """How many have to say how sure they are before anybody sees it."""
        return enough(self.known)

    @property
    def most(self) -> int:
        return max((column.count for column in self.sure), default=0)


def of(workshops: Sequence[Workshop]) -> list[Health]:
    """In the same order. As many queries for many as for one."""
    prefetch_related_objects(workshops, "template__boxes")
    people = people_of(workshops)
    known = known_of(workshops)
    words = contributions(workshops)
    cards = lying(workshops)
    minutes = pace.minutes(workshops)
    sure = confidences(workshops)
    return [
        Health(
            workshop=each,
            people=len(people[each.pk]),
            known=known[each.pk],
            evenness=None if each.is_anonymous else evenness(words[each.pk], people[each.pk]),
            thrown=cards[each.pk][0],
            survived=cards[each.pk][1],
            legs=[] if has_forgotten(each) else legs(each, minutes.get(each.pk, Counter())),
            sure=columns(sure[each.pk], known[each.pk]),
            said=sure[each.pk].total(),
        )
        for each in workshops
    ]


def people_of(workshops: Sequence[Workshop]) -> Mapping[int, set[int]]:
    """Who takes part, by workshop."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Participant.objects.judging().filter(workshop__in=workshops)
    for workshop, person in rows.values_list("workshop", "pk"):
        found[workshop].add(person)
    return found


def known_of(workshops: Sequence[Workshop]) -> Mapping[int, int]:
    """How many were ever let in, by workshop."""
    rows = Participant.objects.filter(workshop__in=workshops, approved_at__isnull=False)
    return Counter(rows.values_list("workshop", flat=True))


def contributions(workshops: Sequence[Workshop]) -> Mapping[int, Counter[int]]:
    """How many answers and cards came from each. Evidence comes from files, so it is nobody's."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    answers = Answer.objects.filter(workshop__in=workshops)
    cards = Card.objects.filter(workshop__in=workshops).exclude(kind=Card.Kind.EVIDENCE)
    for rows in (answers, cards):
        written = rows.filter(participant__isnull=False).order_by().values_list("workshop", "participant")
        for workshop, person, count in written.annotate(Count("pk")):
            found[workshop][person] += count
    return found


def evenness(words: Mapping[int, int], people: Iterable[int]) -> int | None:
    counts = [words.get(person, 0) for person in {*words, *people}]
    if len(counts) < SEVERAL or not any(counts):
        return None
    fair = sum(counts) / len(counts)
    too_many = sum(count - fair for count in counts if count > fair)
    return round(100 * (1 - too_many / sum(counts)))


def lying(workshops: Sequence[Workshop]) -> Mapping[int, tuple[int, int]]:
    """How many cards everybody has seen, and how many of them survived."""
    survived = Count("pk", filter=Q(state=Card.State.SURVIVED))
    rows = Card.objects.filter(workshop__in=workshops, is_revealed=True).order_by().values_list("workshop")
    counted = {workshop: (cards, kept) for workshop, cards, kept in rows.annotate(n=Count("pk"), kept=survived)}
    return defaultdict(lambda: (0, 0), counted)


def has_forgotten(workshop: Workshop) -> bool:
    """An anonymous workshop keeps no minutes from its close on."""
    return workshop.is_anonymous and workshop.state == Workshop.State.CLOSED


def legs(workshop: Workshop, minutes: Mapping[str, int]) -> list[Leg]:
    boxes = sorted(workshop.template.boxes.all(), key=lambda box: Stage(box.stage).place)
    return [Leg(Stage(box.stage), minutes[box.stage], box.minutes) for box in boxes if minutes.get(box.stage)]


def confidences(workshops: Sequence[Workshop]) -> Mapping[int, Counter[int]]:
    found: dict[int, Counter[int]] = defaultdict(Counter)
    rows = Confidence.objects.filter(workshop__in=workshops).order_by().values_list("workshop", "value")
    for workshop, value, count in rows.annotate(Count("pk")):
        found[workshop][value] = count
    return found


def columns(said: Counter[int], people: int) -> list[Column]:
    """The spread, once that many have said it that nobody's own can be told from it."""
    if not said or said.total() < enough(people):
        return []
    return [Column(str(value.label), said[value]) for value in Confidence.Value]


def enough(people: int) -> int:
    return min(ENOUGH, max(people, 1))
