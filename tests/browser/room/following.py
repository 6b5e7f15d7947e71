"""A page that follows the stream of its workshop: whether it does, how far it is, and what it shows."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from workshops.models import Workshop

# Parts as the page has them, beside those of a page that is fetched now; without keys that each page makes anew,
# clocks, which draw themselves, who is here, where Tab goes among cards, and seats of lists. A morphed element has
# its attributes in another order.
PARTS = """async () => {
  const bare = (page) => [...page.querySelectorAll('#room [data-v]:not(#people)')].map((part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll('input[type=hidden]').forEach((field) => field.removeAttribute('value'));
    copy.querySelectorAll('time-box').forEach((box) => box.remove());
    copy.querySelectorAll('[name=card]').forEach((card) => card.removeAttribute('tabindex'));
    for (const each of [copy, ...copy.querySelectorAll('*')]) {
      each.classList.remove('is-new');
      const sorted = [...each.attributes].sort((one, other) => (one.name < other.name ? -1 : 1));
      sorted.forEach(({ name }) => each.removeAttribute(name));
      sorted.forEach(({ name, value }) => each.setAttribute(name, value));
    }
    return copy.outerHTML.replace(/<!--.*?-->/g, '');
  });
  const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  return [bare(document), bare(fresh)];
}"""


def follows(page: Page) -> Page:
    """A page, once it does."""
    expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")
    return page


def at(page: Page, workshop: Workshop) -> None:
    """Wait until the page is where the workshop is."""
    workshop.topic.refresh_from_db()
    page.wait_for_function(
        "at => document.getElementById('room').dataset.serial === at", arg=str(workshop.topic.serial)
    )
