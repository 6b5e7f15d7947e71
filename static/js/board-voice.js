// <board-voice data-joined-one="1 card joined {place}" …> says politely and in one go what others do on the board, and
// what `board:say` {text} asks for. It counts: what is written on the cards is never read out.

const PAUSE = 1_200;

class BoardVoice extends HTMLElement {
  #ends;
  #lies = new Map(); // in which list each card lies
  #came = new Map(); // how many cards have come to each list, since it spoke last
  #asked = "";
  #mine = new Set();
  #timer;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("live:step", ({ detail }) => this.#hear(detail.lists), { signal, capture: true });
    document.addEventListener("room:changed", ({ detail }) => detail.parts || this.#look(), { signal });
    document.addEventListener("hand:left", ({ detail }) => this.#leave(detail.cards), { signal });
    document.addEventListener("board:say", ({ detail }) => this.#wait(detail.text), { signal });
    this.#look();
  }

  disconnectedCallback() {
    this.#ends.abort();
    clearTimeout(this.#timer);
  }

  #look() {
    this.#lies.clear();
    for (const note of document.querySelectorAll(".board .notes[id] > .note[id]")) {
      this.#lies.set(note.id, note.parentElement.id);
    }
  }

  // What one has moved oneself is said by the way back.
  #leave(cards) {
    this.#mine = new Set(cards.map((id) => `card-${id}`));
  }

  #hear(lists) {
    for (const [list, names] of Object.entries(lists)) {
      for (const name of names) {
        if (name.startsWith("card-") && this.#lies.get(name) !== list) {
          this.#count(this.#lies.has(name) || list !== "loose" ? list : "new", name);
          this.#lies.set(name, list);
        }
      }
    }
  }

  #count(place, name) {
    if (!this.#mine.has(name)) {
      this.#came.set(place, (this.#came.get(place) ?? 0) + 1);
      this.#wait("");
    }
  }

  #wait(text) {
    this.#asked = text || this.#asked;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#speak(), PAUSE);
  }

  #speak() {
    const said = [...this.#came].map(([place, count]) => this.#sentence(place, count)).filter(Boolean);
    this.textContent = [this.#asked, ...said].filter(Boolean).join(". ");
    this.#came.clear();
    this.#asked = "";
  }

  #sentence(place, count) {
    const what = { loose: "Out", new: "New" }[place] ?? "Joined";
    const title = document.getElementById(place.replace(/cards$/, "title"))?.textContent.trim() ?? "";
    const words = this.dataset[`${what.toLowerCase()}${count === 1 ? "One" : "Many"}`];
    return what === "Joined" && !title ? "" : words.replace("{count}", count).replace("{place}", title);
  }
}

customElements.define("board-voice", BoardVoice);
