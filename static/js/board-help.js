// <board-help> is the help of keys: ? opens it, and its [data-letters] switches single letters off on this device.

const OFF = "board-letters-off";

class BoardHelp extends HTMLElement {
  #ends;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("keydown", (event) => this.#press(event), { signal });
    this.addEventListener("change", ({ target }) => remember(target.checked), { signal });
    document.addEventListener("room:changed", () => this.#show(), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  #show() {
    for (const letters of this.querySelectorAll("[data-letters]")) {
      letters.checked = localStorage.getItem(OFF) === null;
    }
  }

  #press({ key, target }) {
    const isTyping = target.matches?.("textarea, select, input:not([type=checkbox], [type=radio])");
    if (key === "?" && !isTyping && localStorage.getItem(OFF) === null) {
      this.querySelector("[popover]").togglePopover();
    }
  }
}

function remember(isOn) {
  if (isOn) {
    localStorage.removeItem(OFF);
  } else {
    localStorage.setItem(OFF, "1");
  }
}

customElements.define("board-help", BoardHelp);
