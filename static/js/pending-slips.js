// <pending-slips of="/workshops/7/write/" data-sending="Sending…" data-kept="Kept on this device"> shows what the outbox
// still holds for that address, a slip for each line of its text, until the room shows the real ones.
// The <template> inside is one slip, with a place for [data-text] and one for [data-state].

let items = [];
let isSending = false;

class PendingSlips extends HTMLElement {
  #ends;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("outbox:list", () => this.#draw(), { signal });
    document.addEventListener("outbox:state", () => this.#draw(), { signal });
    this.#draw();
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  #draw() {
    const texts = items.filter(({ url }) => new URL(url).pathname === this.getAttribute("of")).flatMap(linesOf);
    this.hidden = texts.length === 0;
    const word = isSending ? this.dataset.sending : this.dataset.kept;
    const wanted = JSON.stringify([texts, word]);
    if (this.drawn !== wanted) {
      this.drawn = wanted;
      this.querySelector("ul").replaceChildren(...texts.map((text) => this.#slip(text, word)));
    }
  }

  #slip(text, word) {
    const slip = this.querySelector("template").content.firstElementChild.cloneNode(true);
    slip.querySelector("[data-text]").textContent = text;
    slip.querySelector("[data-state]").textContent = word;
    return slip;
  }
}

function linesOf({ fields }) {
  const text = fields.find(([name]) => name === "text")?.[1] ?? "";
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

document.addEventListener("outbox:list", ({ detail }) => {
  items = detail.items;
});
document.addEventListener("outbox:state", ({ detail }) => {
  isSending = detail.isSending;
});

customElements.define("pending-slips", PendingSlips);
