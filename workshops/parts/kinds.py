"""What each kind of event changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

PLACES = ("buckets", "hand-places")
ALL_CARDS = ("thrown", "face-down-cards", "loose", *PLACES, "tray", "board", "ahead")

TOUCHES: Mapping[str, Collection[str]] = {
    "participant-joined": ("seen-by", "people", "done", "door", "judged", "ahead"),
    "participant-removed": ("seen-by", "people", "hands", "done", "door", "groups", "judged", "ahead"),
    "participant-waits": ("door",),
    "approval-changed": (),
    "password-changed": (),
    "done-said": ("people", "done"),
    "hand-raised": ("people", "hands"),
    "hand-lowered": ("people", "hands"),
    "hand-heard": (),
    "time-added": ("clock",),
    "timer-rests": ("clock",),
    "timer-goes-on": ("clock",),
    "move-announced": ("moving",),
    "move-stopped": ("moving",),
    "answers-written": ("face-down", "ahead"),
    "answer-reworded": (),
    "answer-taken-back": ("face-down", "ahead"),
    "answer-set-aside": ("revealed", "settled"),
    "answer-brought-back": ("revealed", "settled"),
    "group-chosen": ("groups",),
    "group-counted": ("groups",),
    "cards-thrown": ALL_CARDS,
    "card-taken-back": ("thrown", "face-down-cards", "board", "ahead"),
    "card-reworded": ALL_CARDS,
    "cards-revealed": ALL_CARDS,
    "turn-revealed": ALL_CARDS,
    "cards-moved": ("loose", *PLACES, "board"),
    "cards-grouped": ("loose", *PLACES, "board"),
    "undone": ALL_CARDS,
    "redone": ALL_CARDS,
    "bucket-opened": ("loose", *PLACES, "board"),
    "buckets-merged": ("loose", *PLACES, "board"),
    "bucket-renamed": (*PLACES, "board"),
    "bucket-removed": (*PLACES, "board"),
    "cards-marked": ("thrown", "loose", "buckets"),
    "suggestion-accepted": ("loose", *PLACES, "board"),
    "verdict-counted": ("judged",),
    "card-decided": ALL_CARDS,
    "card-restored": ALL_CARDS,
}
"""The groups that a kind of event changes. After any other kind the whole page is fetched again."""
