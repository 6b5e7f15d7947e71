// <undo-bar data-of="…"> goes away ten seconds after its move was first offered, unless it is pointed at or holds
// the focus. Hidden, it can still be submitted by a key.

const OFFERED = 10_000;
const since = new Map();

class UndoBar extends HTMLElement {
  #timer;
  #ends;

  connectedCallback() {
    this.#ends = new AbortController();
    document.addEventListener("room:changed", () => this.#offer(), { signal: this.#ends.signal });
    this.#offer();
  }

  disconnectedCallback() {
    this.#ends.abort();
    clearTimeout(this.#timer);
  }

  #offer() {
    const { of } = this.dataset;
    since.set(of, since.get(of) ?? Date.now());
    const left = since.get(of) + OFFERED - Date.now();
    this.hidden = left <= 0;
    this.#wait(left);
  }

  #wait(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#leave(), Math.max(milliseconds, 0));
  }

  #leave() {
    if (this.matches(":hover, :focus-within")) {
      this.#wait(1_000);
    } else {
      this.hidden = true;
    }
  }
}

customElements.define("undo-bar", UndoBar);
