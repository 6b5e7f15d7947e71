// <undo-bar data-of="…"> goes away ten seconds after its move was first offered, unless it is pointed at or holds
// the focus. Hidden, it can still be submitted by a key.

const OFFERED = 10_000;
const since = new Map();

class UndoBar extends HTMLElement {
  #timer;

  connectedCallback() {
    const { of } = this.dataset;
    since.set(of, since.get(of) ?? Date.now());
    this.#wait(since.get(of) + OFFERED - Date.now());
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #wait(milliseconds) {
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
