// <throw-composer data-focus> makes a form with one textarea quick:
// Enter sends (Shift+Enter begins a new line), Esc leaves it, Up in an empty one edits the last card of one's own.
// Once a card is on its way, the next one can be typed.

class ThrowComposer extends HTMLElement {
  #ends;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    const text = this.#text;
    this.addEventListener("keydown", (event) => event.target === this.#text && this.#press(event), { signal });
    document.addEventListener("outbox:put", ({ detail }) => this.#settle(detail), { signal });
    if (text && this.hasAttribute("data-focus") && document.activeElement === document.body && !isTouched()) {
      text.focus({ preventScroll: true });
    }
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  get #text() {
    return this.querySelector("textarea");
  }

  #press(event) {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.querySelector("[type=submit]").click();
    } else if (event.key === "Escape") {
      this.#text.blur();
    } else if (event.key === "ArrowUp" && this.#text.value === "") {
      document.querySelector(".pile .note [data-key=e]")?.click();
    }
  }

  #settle({ form }) {
    if (form === this.querySelector("form")) {
      this.#text.focus({ preventScroll: true });
    }
  }
}

function isTouched() {
  return matchMedia("(hover: none)").matches;
}

customElements.define("throw-composer", ThrowComposer);
