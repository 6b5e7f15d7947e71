// <undo-keys> holds the forms that undo and redo, and gives them their keys: Ctrl+Z, and Ctrl+Y or Ctrl+Shift+Z.
// In a text field these belong to the text.

class UndoKeys extends HTMLElement {
  #ends;

  connectedCallback() {
    this.#ends = new AbortController();
    document.addEventListener("keydown", (event) => this.#press(event), { signal: this.#ends.signal });
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  #press(event) {
    const wanted = wantedBy(event);
    if (wanted === null || isTyping(event.target)) {
      return;
    }
    event.preventDefault();
    const button = this.querySelector(`[data-${wanted}] button`);
    if (!button.disabled) {
      button.form.requestSubmit(button);
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
