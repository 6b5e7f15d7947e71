// <prune-board> gives the cards inside it keys: K keeps, P parks and then 1 to 6 say why, S skips, E edits;
// arrows walk. Letters act outside of text fields only and can be switched off (see <board-help>).
// A card is [data-judge], "open" while one has not judged it; what acts in it is marked by data-key.
// Among the buckets the one that is looked at is in view, also where a phone shows few of them.

const OFF = "board-letters-off";
let landing = -1;
let left;
let shown = -1;

class PruneBoard extends HTMLElement {
  #ends;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("keydown", (event) => this.#press(event), { signal });
    this.addEventListener("submit", (event) => this.#leave(event), { signal, capture: true });
    document.addEventListener("room:changed", ({ detail }) => detail.isAnswer && this.#land(), { signal });
    document.addEventListener("room:changed", showBucket, { signal });
    // What was unanimous settles when the time is up, and whoever asks first finds it settled.
    document.addEventListener("time:over", () => document.dispatchEvent(new CustomEvent("room:stale")), { signal });
    showBucket();
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  get #cards() {
    return [...this.querySelectorAll("[data-judge]")];
  }

  get #here() {
    const cards = this.#cards;
    return document.activeElement.closest("[data-judge]") ?? cards.find((card) => card.dataset.judge === "open");
  }

  // Whoever has gone on to another card meanwhile stays there.
  #land() {
    const here = document.activeElement;
    if (landing >= 0 && (here === document.body || left.contains(here))) {
      const cards = this.#cards;
      const open = cards.find((card, place) => place >= landing && card.dataset.judge === "open");
      (open ?? cards.find((card) => card.dataset.judge === "open") ?? cards[0])?.focus({ preventScroll: true });
    }
    landing = -1;
  }

  #press(event) {
    const isTyping = event.target.matches?.("textarea, select, input:not([type=checkbox], [type=radio])");
    if (isTyping || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const act = this.#act(event.key.toLowerCase());
    if (act) {
      event.preventDefault();
      act();
    }
  }

  #act(key) {
    if (key === "arrowdown" || key === "arrowup") {
      return () => this.#walk(key === "arrowdown" ? 1 : -1);
    }
    const isOn = localStorage.getItem(OFF) === null && this.#here !== undefined;
    if (isOn && key === "s") {
      return () => this.#walk(1);
    }
    const button = isOn && /^[kpe1-6]$/.test(key) ? this.#here.querySelector(`[data-key="${key}"]`) : null;
    return button?.checkVisibility() && (() => press(button));
  }

  #walk(step) {
    const cards = this.#cards;
    const place = cards.indexOf(document.activeElement.closest("[data-judge]"));
    cards[place < 0 ? 0 : Math.min(Math.max(place + step, 0), cards.length - 1)]?.focus();
  }

  #leave({ target }) {
    left = target.closest("[data-judge]");
    landing = this.#cards.indexOf(left);
  }
}

function showBucket() {
  const tabs = document.querySelector(".tabs:has([aria-current])");
  const buckets = [...(tabs?.children ?? [])];
  const here = buckets.findIndex((bucket) => bucket.matches("[aria-current]"));
  if (here >= 0 && here !== shown) {
    tabs.scrollBy({ left: middle(buckets[here]) - middle(tabs), behavior: "instant" });
  }
  shown = here;
}

function middle(element) {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}

function press(button) {
  button.closest("[data-judge]").focus({ preventScroll: true });
  button.click();
}

customElements.define("prune-board", PruneBoard);
