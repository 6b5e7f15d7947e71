// <copy-text> adds a button that copies the field it wraps. Where the browser gives no clipboard the field is selected.
class CopyText extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = this.dataset.label;
    button.addEventListener("click", () => this.#copy(button));
    this.append(button);
  }

  async #copy(button) {
    const field = this.querySelector("input");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = this.dataset.done;
    } catch {
      field.focus();
    }
  }
}

customElements.define("copy-text", CopyText);
