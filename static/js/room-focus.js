// Whoever pressed something that is gone afterwards stays where they were: the focus goes to what stands there now,
// the first thing behind the last one before it that is still there, or what unfolds it again where it was folded.
// Who is asked again stands where it is to be mended. A finger is never led into a field, but sees it.

const STOPS =
  "a[href], button:enabled, summary, select:enabled, textarea:enabled, input:enabled:not([type=hidden]), [tabindex='0']";
const TEXTUAL = "textarea, select, input:not([type=checkbox], [type=radio])";

// What had the focus, and what stood before it, nearest first.
let held;
let before = [];

function stops() {
  const isTouched = matchMedia("(hover: none)").matches;
  return [...document.querySelectorAll(`#room :is(${STOPS})`)].filter(
    (each) => each.tabIndex >= 0 && each.checkVisibility() && !(isTouched && each.matches(TEXTUAL)),
  );
}

function remember() {
  const here = document.activeElement;
  if (here === document.body && held && isThere(held)) {
    // Somebody has left it, for nothing else.
    held = undefined;
  } else if (here.closest("#room")) {
    held = here;
    before = stops()
      .filter((each) => each.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING)
      .reverse();
  }
}

function isThere(element) {
  return element.isConnected && element.checkVisibility() && !element.matches("body, :disabled");
}

// Others may lead the focus somewhere themselves, and come first.
function settle() {
  setTimeout(() => {
    if (held && !isThere(held) && !isThere(document.activeElement)) {
      land();
    }
  });
}

function land() {
  const all = stops();
  const last = before.find((each) => all.includes(each));
  const folded = held.closest("details:not([open])")?.querySelector("summary");
  const next = all.includes(folded) ? folded : (all[all.indexOf(last) + 1] ?? last);
  held = next;
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

// In the form that has been sent, or where the page asks, unless one is at something else already.
function mend() {
  const wrong =
    [...(held?.form?.elements ?? [])].find((each) => each.ariaInvalid === "true") ??
    document.querySelector("#room [autofocus]");
  if (wrong && document.activeElement === held && !held.matches(TEXTUAL)) {
    if (!matchMedia("(hover: none)").matches) {
      wrong.focus({ preventScroll: true });
    }
    wrong.scrollIntoView({ block: "nearest" });
  }
}

// Before what was sent is folded, and before anything is replaced.
for (const name of ["outbox:done", "outbox:refused", "outbox:returned", "room:fresh", "live:step"]) {
  document.addEventListener(name, remember, { capture: true });
}
for (const name of ["outbox:done", "room:changed"]) {
  document.addEventListener(name, settle);
}
document.addEventListener("room:changed", ({ detail }) => detail.status === 422 && mend());
