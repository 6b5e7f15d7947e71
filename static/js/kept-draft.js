// <kept-draft key="…"> keeps what is being typed in the field inside it, in this tab: a reload or a fresh page loses nothing.
// Sending the form ends the draft; where it could not be sent, the draft is back.

class KeptDraft extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("textarea, input");
    const form = field.form;
    if (field.value === "") {
      field.value = sessionStorage.getItem(this.#key) ?? "";
    }
    field.addEventListener("input", () => this.#keep(field.value));
    form.addEventListener("submit", () => this.#keep(""));
    form.addEventListener("htmx:afterRequest", ({ detail }) => detail.failed && this.#keep(field.value));
  }

  get #key() {
    return this.getAttribute("key");
  }

  #keep(text) {
    if (text === "") {
      sessionStorage.removeItem(this.#key);
    } else {
      sessionStorage.setItem(this.#key, text);
    }
  }
}

customElements.define("kept-draft", KeptDraft);
