// <undo-keys data-late="…"> holds the forms that undo and redo, and gives them their keys: Ctrl+Z, and Ctrl+Y or
// Ctrl+Shift+Z. In a text field these belong to the text.
//
// What is taken back is what one sees as one's last step. While that is on its way, or the page does not say yet how to
// take it back, a key or a press waits: two presses take two steps back. What waits too long is refused: data-late.

const PATIENCE = 3_000;

class UndoKeys extends HTMLElement {
  #ends;
  #waiting = [];
  #sent = { step: "", at: 0 };
  #timer;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("keydown", (event) => this.#press(event), { signal });
    document.addEventListener("room:changed", () => this.#next(), { signal });
    document.addEventListener("outbox:state", () => this.#next(), { signal });
    this.addEventListener("submit", (event) => this.#hold(event), { signal });
  }

  disconnectedCallback() {
    this.#ends.abort();
    clearTimeout(this.#timer);
  }

  #press(event) {
    const wanted = wantedBy(event);
    if (wanted !== null && !isTyping(event.target)) {
      event.preventDefault();
      this.#want(wanted);
    }
  }

  #hold(event) {
    if (isBusy()) {
      event.preventDefault();
      this.#want("undo" in event.target.dataset ? "undo" : "redo");
    }
  }

  #want(wanted) {
    this.#waiting.push(wanted);
    if (isBehind() && !isSending()) {
      document.dispatchEvent(new CustomEvent("room:stale", { detail: {} }));
    }
    this.#next();
  }

  #next() {
    clearTimeout(this.#timer);
    const [wanted] = this.#waiting;
    if (wanted === undefined) {
      return;
    }
    const form = this.querySelector(`[data-${wanted}]`);
    const step = `${wanted} ${form.elements.of.value}`;
    if (isBusy() || (step === this.#sent.step && Date.now() - this.#sent.at < PATIENCE)) {
      this.#timer = setTimeout(() => this.#lose(), navigator.onLine ? PATIENCE : 0);
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

  #lose() {
    if (!isBusy()) {
      this.#next();
      return;
    }
    this.#waiting = [];
    document.dispatchEvent(new CustomEvent("room:toast", { detail: { text: this.dataset.late } }));
  }
}

function isSending() {
  return document.body.hasAttribute("data-sending");
}

function isBehind() {
  return document.body.hasAttribute("data-behind");
}

function isBusy() {
  return isSending() || isBehind();
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
