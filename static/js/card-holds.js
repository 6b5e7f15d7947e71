// <card-holds data-url="/workshops/7/cards/hold/" data-says="{name} holds this" data-somebody="Somebody"> shows on each
// card who has it in hand, and lets others know what is in ours. It is a hint that nobody writes down: it ends ten
// seconds after its holder was last active, and then others may take the card all the same.

const LEASE = 10_000;
const AGAIN = 5_000; // an active hand says so at most this often
const SOON = 250; // several cards that are taken at once are told at once

const tab = crypto
  .getRandomValues(new Uint32Array(2))
  .reduce((all, part) => all + part.toString(16).padStart(8, "0"), "");
const holders = new Map(); // by tab: {name, cards, until}

class CardHolds extends HTMLElement {
  #ends;
  #timer;
  #expiry;
  #cards = [];
  #told = 0;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("hand:changed", ({ detail }) => this.#change(detail.cards), { signal });
    for (const name of ["keydown", "pointermove"]) {
      document.addEventListener(name, () => this.#stir(), { signal, passive: true });
    }
    document.addEventListener("live:whisper", ({ detail }) => this.#hear(detail), { signal });
    document.addEventListener("room:changed", ({ detail }) => this.#show(detail.parts), { signal });
    document.addEventListener("click", (event) => this.#ask(event), { signal, capture: true });
  }

  disconnectedCallback() {
    this.#ends.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#expiry);
  }

  #change(cards) {
    this.#cards = cards;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), SOON);
  }

  #stir() {
    if (this.#cards.length > 0 && Date.now() - this.#told > AGAIN) {
      this.#tell();
    }
  }

  #tell() {
    this.#told = Date.now();
    const { csrf, person } = document.getElementById("room").dataset;
    const body = new URLSearchParams([["tab", tab], ...this.#cards.map((card) => ["card", card])]);
    const headers = { "X-CSRFToken": csrf, "MDD-Person": person, Prefer: "return=minimal" };
    fetch(this.dataset.url, { method: "POST", body, headers }).catch(() => {
      // A hint that does not arrive is no loss.
    });
  }

  #hear({ tab: from, name, cards, left = LEASE }) {
    if (from === tab || !cards) {
      return;
    }
    const before = holders.get(from)?.cards ?? [];
    holders.set(from, { name: name || this.dataset.somebody, cards, until: Date.now() + left });
    if (cards.length === 0) {
      holders.delete(from);
    }
    this.#draw([...before, ...cards]);
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => this.#expire(), LEASE + SOON);
  }

  #expire() {
    for (const [from, { cards, until }] of holders) {
      if (until <= Date.now()) {
        holders.delete(from);
        this.#draw(cards);
      }
    }
    if (holders.size > 0) {
      this.#expiry = setTimeout(() => this.#expire(), 1_000);
    }
  }

  // What the page has renewed has forgotten it.
  #show(parts) {
    const held = [...holders.values()].flatMap(({ cards }) => cards);
    this.#draw(parts ? held.filter((id) => parts.includes(`card-${id}`)) : held);
  }

  #draw(ids) {
    for (const id of ids) {
      const card = document.querySelector(`#card-${id} input[type=checkbox]`);
      const words = this.#wordsFor(id);
      if (card && words) {
        card.closest(".note").dataset.holder = words;
        card.ariaDescription = words;
      } else if (card) {
        delete card.closest(".note").dataset.holder;
        card.ariaDescription = null;
      }
    }
  }

  #wordsFor(id) {
    const now = Date.now();
    const holder = [...holders.values()].find(({ cards, until }) => until > now && cards.includes(Number(id)));
    return holder ? this.dataset.says.replace("{name}", holder.name) : "";
  }

  // While somebody is at it the card stays in their hand: we say so instead of taking it.
  #ask(event) {
    const note = event.target.closest?.(".note[data-holder]");
    if (note?.querySelector("input:not(:checked)") && !event.target.closest("button")) {
      event.preventDefault();
      event.stopPropagation();
      document.dispatchEvent(new CustomEvent("board:say", { detail: { text: note.dataset.holder } }));
    }
  }
}

customElements.define("card-holds", CardHolds);
