"""Two ways of doing all that a workshop asks for: keys alone at a desk, and a finger alone on a phone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

FAR = 120  # presses of Tab that nobody would want to do

# Where the element is from what has the focus: itself, behind it, or before it. A radio stands for its group.
AWAY = """wanted => {
  const here = document.activeElement;
  const isGroup = wanted.type === 'radio' && here.type === 'radio' && here.name === wanted.name;
  if (here === wanted || isGroup) return 0;
  if (here === document.body) return 1;
  return here.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
}"""
# What is seen of the element that has the focus: something of it, by a ring, and nothing lies over all of it.
SEEN = """() => {
  const here = document.activeElement;
  const { left, right, top, bottom } = here.getBoundingClientRect();
  const at = (from, to, share) => from + (to - from) * share;
  const shares = [0.1, 0.5, 0.9];
  const places = shares.flatMap(x => shares.map(y => [at(left, right, x), at(top, bottom, y)]));
  const around = [here, ...(here.labels ?? [])];
  const isOver = ([x, y]) => around.some(each => each.contains(document.elementFromPoint(x, y)));
  return here.matches(':focus-visible') && places.some(isOver);
}"""
# Where a finger finds the element: its label counts, and the larger of both. Two taps at one place are another gesture.
TARGET = """(element, aside) => {
  element.scrollIntoView({ block: 'center' });
  if (element.getBoundingClientRect().top > 2 * aside) scrollBy(0, aside);
  const area = each => { const { width, height } = each.getBoundingClientRect(); return width * height; };
  const [widest] = [element, ...(element.labels ?? [])].sort((one, other) => area(other) - area(one));
  const { left, top, width, height } = widest.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const hit = document.elementFromPoint(x, y);
  return { x, y, width, height, isFree: widest.contains(hit), over: hit?.outerHTML.slice(0, 200) };
}"""
# What is too small for a finger, but for links in a sentence. A link may lie over all of its card.
SMALL = """() => {
  const tapped = 'a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button]';
  const isWide = each => getComputedStyle(each, '::after').position === 'absolute';
  const whole = each => isWide(each) ? each.closest('li') ?? each : each;
  const box = each => whole(each).getBoundingClientRect();
  const size = each => Math.min(box(each).width, box(each).height);
  const isInline = each => getComputedStyle(each).display === 'inline';
  const isInSentence = each => isInline(each) && each.parentElement.closest('p, dd, small');
  return [...document.querySelectorAll(tapped)]
    .filter(each => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !each.disabled)
    .filter(each => !each.closest('.visually-hidden, [aria-hidden=true], [inert], .skip') && each.tabIndex >= 0)
    .filter(each => !isInSentence(each) && Math.max(...[each, ...(each.labels ?? [])].map(size)) < 43.5)
    .map(each => `${each.outerHTML.slice(0, 160)} ${size(each)}`);
}"""
# What makes the page scroll sideways.
WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')]
  .filter(each => each.getBoundingClientRect().right > innerWidth)
  .map(each => `${each.outerHTML.slice(0, 120)} ${each.getBoundingClientRect().right}`)"""


@dataclass
class Way(ABC):
    """`reach` is the whole difference: how one comes to an element, and acts on it."""

    page: Page

    @abstractmethod
    def act(self, element: Locator) -> None:
        """Come to an element, and press it."""

    @abstractmethod
    def focus(self, field: Locator) -> None:
        """Come to a field, to type into it."""

    @abstractmethod
    def look(self) -> None:
        """See that the page can be used in this way."""

    def wait(self) -> None:
        expect(self.page.locator("body[data-sending]")).to_have_count(0)

    def place(self, within: Locator | None) -> Page | Locator:
        self.wait()
        return within or self.page

    def press(self, name: str, *, within: Locator | None = None) -> None:
        before = self.page.url
        self.act(self.place(within).get_by_role("button", name=name, exact=True).first)
        self.wait()
        if self.page.url == before:
            self.keeps_its_place(name)

    @abstractmethod
    def keeps_its_place(self, name: str) -> None:
        """What was pressed may go away; whoever pressed it is still somewhere."""

    def follow(self, name: str) -> None:
        self.act(self.place(None).get_by_role("link", name=name).first)

    def unfold(self, name: str, *, within: Locator | None = None) -> None:
        summary = self.place(within).locator("summary", has_text=name).first
        expect(summary).to_be_visible()
        if not summary.evaluate("each => each.parentElement.open"):
            self.act(summary)

    def write(self, label: str, text: str, *, within: Locator | None = None) -> None:
        self.focus(self.place(within).get_by_label(label).first)
        self.page.keyboard.type(text)

    def tick(self, label: str, *, within: Locator | None = None) -> None:
        box = self.place(within).get_by_label(label).first
        expect(box).to_be_visible()
        if not box.is_checked():
            self.act(box)
        expect(box).to_be_checked()

    def choose(self, label: str, option: str, *, within: Locator | None = None) -> None:
        field = self.place(within).get_by_label(label).first
        self.focus(field)
        self.page.keyboard.type(option)
        expect(field.locator("option:checked")).to_have_text(option)


class Keys(Way):
    """Tab and Shift+Tab lead to it, a radio is reached by arrows, Enter and Space press it."""

    tabs: int = 0

    def focus(self, field: Locator) -> None:
        expect(field).to_be_visible()
        for _ in range(FAR):
            away = field.evaluate(AWAY)
            if away == 0:
                assert self.page.evaluate(SEEN), self.here()
                return
            self.page.keyboard.press("Tab" if away > 0 else "Shift+Tab")
            self.tabs += 1
        raise AssertionError(f"{field} is not reached from {self.here()}")

    def act(self, element: Locator) -> None:
        self.focus(element)
        kind: str = element.evaluate("each => each.type === 'radio' || each.type === 'checkbox' ? each.type : ''")
        if kind == "radio":
            self._roll(element)
        else:
            self.page.keyboard.press("Space" if kind else "Enter")

    def _roll(self, radio: Locator) -> None:
        self.page.keyboard.press("Space")
        for _ in range(8):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def keeps_its_place(self, name: str) -> None:
        self.page.wait_for_timeout(50)
        assert self.page.evaluate("document.activeElement !== document.body"), f"“{name}” leaves the focus nowhere"

    def look(self) -> None:
        """What lies under the focus is looked at with each step."""

    def here(self) -> Any:
        return self.page.evaluate("document.activeElement.outerHTML.slice(0, 300)")


class Finger(Way):
    """Everything is large enough, uncovered, and there without hovering."""

    aside: int = 160

    def keeps_its_place(self, name: str) -> None:
        """A finger has no place."""

    def act(self, element: Locator) -> None:
        expect(element).to_be_visible()
        self.aside = 160 - self.aside
        target = element.evaluate(TARGET, self.aside)
        assert min(target["width"], target["height"]) >= 43.5, (element, target)
        assert target["isFree"], (element, target)
        self.page.touchscreen.tap(target["x"], target["y"])

    def focus(self, field: Locator) -> None:
        self.act(field)
        expect(field).to_be_focused()

    def look(self) -> None:
        wide, small = self.page.evaluate(WIDE), self.page.evaluate(SMALL)
        assert wide == [], wide
        assert small == [], small
