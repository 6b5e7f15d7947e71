// <undo-keys> holds the forms that undo and redo, and gives them their keys: Ctrl+Z, and Ctrl+Y or Ctrl+Shift+Z.
// In a text field these belong to the text. A key that is pressed before the page shows what the last one did waits
// for that: two presses take two steps back.

const PATIENCE = 3_000;

class UndoKeys extends HTMLElement {
  #ends;
  #waiting = [];
  #sent = { step: "", at: 0 };

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("keydown", (event) => this.#press(event), { signal });
    document.addEventListener("room:changed", () => this.#next(), { signal });
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  #press(event) {
    const wanted = wantedBy(event);
    if (wanted !== null && !isTyping(event.target)) {
      event.preventDefault();
      this.#waiting.push(wanted);
      this.#next();
    }
  }

  #next() {
    const [wanted] = this.#waiting;
    if (wanted === undefined) {
      return;
    }
    const form = this.querySelector(`[data-${wanted}]`);
    const step = `${wanted} ${form.elements.of.value}`;
    if (step === this.#sent.step && Date.now() - this.#sent.at < PATIENCE) {
      return;
    }
    this.#waiting.shift();
    this.#submit(form, step);
  }

  #submit(form, step) {
    const button = form.querySelector("button");
    if (button.disabled) {
      this.#waiting = [];
    } else {
      this.#sent = { step, at: Date.now() };
      form.requestSubmit(button);
    }
  }
}

function wantedBy({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  if (altKey || !(ctrlKey || metaKey)) {
    return null;
  }
  const pressed = key.toLowerCase();
  if (pressed === "z") {
    return shiftKey ? "redo" : "undo";
  }
  return pressed === "y" ? "redo" : null;
}

function isTyping(element) {
  return element.matches?.("textarea, select, input:not([type=checkbox], [type=radio])");
}

customElements.define("undo-keys", UndoKeys);
