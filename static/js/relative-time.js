// <relative-time datetime="2026-11-12T09:00:00Z">12 Nov, 09:00</relative-time> says how long ago that was.
// Without JavaScript the exact time inside stays; so it does when it is more than six days away.

const STEPS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];
const EVERY = 15_000;
const FAR = 6 * 86_400;
const shown = new Set();

class RelativeTime extends HTMLElement {
  static observedAttributes = ["datetime"];

  #exact;

  connectedCallback() {
    this.#exact ??= this.textContent;
    shown.add(this);
    this.refresh();
  }

  disconnectedCallback() {
    shown.delete(this);
  }

  attributeChangedCallback() {
    if (shown.has(this)) {
      this.refresh();
    }
  }

  refresh() {
    const seconds = Math.round((Date.now() - Date.parse(this.getAttribute("datetime"))) / 1000);
    if (!Number.isNaN(seconds)) {
      const text = Math.abs(seconds) > FAR ? this.#exact : words(seconds);
      if (text !== this.textContent) {
        this.textContent = text;
      }
    }
  }
}

function words(seconds) {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang || undefined, {
    numeric: "auto",
    style: "short",
  });
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  const rounded = unit === "second" ? Math.floor(seconds / 15) * 15 : Math.trunc(seconds / size);
  return format.format(-rounded, unit).replace(".", "");
}

setInterval(() => {
  for (const element of shown) {
    element.refresh();
  }
}, EVERY);

customElements.define("relative-time", RelativeTime);
