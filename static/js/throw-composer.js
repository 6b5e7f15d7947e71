// <throw-composer data-draft="throw-7" data-focus> makes a form with one textarea quick:
// Enter sends (Shift+Enter begins a new line), Esc leaves it, Up in an empty one edits the last card of one's own.
// What is typed survives a reload and everything else that renews the page, until it has been thrown.

let isThrown = false;

class ThrowComposer extends HTMLElement {
  #ends;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    const text = this.#text;
    text.addEventListener("keydown", (event) => this.#press(event), { signal });
    text.addEventListener("input", () => this.#keep(), { signal });
    document.addEventListener("htmx:beforeSwap", (event) => this.#settle(event), { signal });
    if (text.value === "") {
      text.value = sessionStorage.getItem(this.dataset.draft) ?? "";
    }
    if (isThrown || (this.hasAttribute("data-focus") && document.activeElement === document.body && !isTouched())) {
      text.focus({ preventScroll: true });
    }
    isThrown = false;
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  get #text() {
    return this.querySelector("textarea");
  }

  #press(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.querySelector("[type=submit]").click();
    } else if (event.key === "Escape") {
      this.#text.blur();
    } else if (event.key === "ArrowUp" && this.#text.value === "") {
      document.querySelector(".pile .note [data-key=e]")?.click();
    }
  }

  #keep() {
    sessionStorage.setItem(this.dataset.draft, this.#text.value);
  }

  #settle({ detail }) {
    if (detail.requestConfig.elt === this.querySelector("form")) {
      isThrown = true;
      if (detail.xhr.status < 400) {
        sessionStorage.removeItem(this.dataset.draft);
      }
    }
  }
}

function isTouched() {
  return matchMedia("(hover: none)").matches;
}

customElements.define("throw-composer", ThrowComposer);
