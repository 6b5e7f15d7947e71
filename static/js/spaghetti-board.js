// <spaghetti-board data-held="{count} in hand" data-found="{count} of {all} cards" data-lost="…"> knows what is in hand
// and finds cards.
//
// Cards are checkboxes of one form; a [data-region] is a place with a button [data-put], [data-out] or [data-open].
// What is in hand stays so when the page is renewed, as long as the card lies where it lay; what somebody else has
// moved is told. After a move the focus lands on the next loose card.
// Says `hand:changed` {cards}, `hand:left` {cards} when they are put somewhere, and `board:say` {text}.
// A step names the parts that it brought: no other card is looked at.

const CARD = ".note input[type=checkbox]";

const carried = new Map(); // by id, with the place where it lay
let left = new Set(); // what one has just put somewhere oneself
let landing = -1;

class SpaghettiBoard extends HTMLElement {
  #ends;
  #told = "";

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    this.addEventListener("change", ({ target }) => this.#take(target), { signal });
    this.addEventListener("input", (event) => this.#find(event), { signal });
    document.addEventListener("submit", (event) => this.#leave(event), { signal, capture: true });
    document.addEventListener("reset", () => setTimeout(() => this.#empty()), { signal });
    document.addEventListener("outbox:kept", ({ detail }) => this.#letGo(detail), { signal });
    document.addEventListener("room:changed", ({ detail }) => this.#arrive(detail), { signal });
    this.#arrive({});
  }

  disconnectedCallback() {
    this.#ends.abort();
    delete document.body.dataset.holding;
    this.#told = "";
  }

  get #cards() {
    return [...this.querySelectorAll(CARD)];
  }

  get #loose() {
    return [...this.querySelectorAll(`.tangle ${CARD}`)];
  }

  #arrive({ isAnswer, status, parts }) {
    const fresh = parts ? cardsOf(parts) : this.#cards;
    for (const card of fresh) {
      card.checked = carried.get(idOf(card)) === card.value;
    }
    this.#miss();
    this.#say();
    if (!parts || fresh.length > 0) {
      this.#narrow(fresh);
    }
    if (isAnswer && landing >= 0) {
      this.#land(status);
    }
  }

  // What is in hand and does not lie any more where it lay.
  #miss() {
    for (const [id, value] of carried) {
      const card = document.querySelector(`#card-${id} input[type=checkbox]`);
      if (card?.value !== value) {
        carried.delete(id);
        if (!left.has(id)) {
          this.#tell(id);
        }
      }
    }
  }

  #tell(id) {
    const note = document.getElementById(`card-${id}`);
    const place = note?.closest("[data-region]")?.querySelector("h3")?.textContent;
    if (note && place) {
      const text = note.querySelector(".note__text").textContent;
      say("room:toast", { text: fill(this.dataset.lost, { card: text, place }) });
    }
  }

  #take(card) {
    if (card.matches(CARD)) {
      left.delete(idOf(card));
      if (card.checked) {
        carried.set(idOf(card), card.value);
      } else {
        carried.delete(idOf(card));
      }
      this.#say();
    }
  }

  // Without a connection no answer empties the hand, and it would lie over the composer.
  #letGo({ form }) {
    if (form?.id === "hand" && !navigator.onLine) {
      this.#empty();
    }
  }

  #empty() {
    carried.clear();
    for (const card of this.querySelectorAll(`${CARD}:checked`)) {
      card.checked = false;
    }
    this.#say();
  }

  #say() {
    const held = [...carried.values()].join();
    const count = document.querySelector("[data-held-count]");
    const text = carried.size > 0 ? fill(this.dataset.held, { count: carried.size }) : "";
    if (count && count.textContent !== text) {
      count.textContent = text;
    }
    if (this.#told !== held) {
      this.#told = held;
      show([...carried.values()]);
      say("hand:changed", { cards: [...carried.values()] });
    }
  }

  #leave({ target }) {
    if (target.id === "hand") {
      left = new Set(carried.keys());
      landing = Math.max(
        this.#loose.findIndex((card) => card.checked),
        0,
      );
      say("hand:left", { cards: [...left] });
    }
  }

  // Nobody is torn from what they have begun to type meanwhile, or from what they are asked again.
  #land(status) {
    const loose = this.#loose.filter((card) => !card.closest("[hidden]"));
    const next = loose[Math.min(landing, loose.length - 1)] ?? this.#cards[0];
    const typed = document.activeElement.matches("textarea, input:not([type=checkbox])");
    if (status !== 422 && (!typed || document.activeElement.value === "")) {
      next?.focus();
    }
    landing = -1;
  }

  #find({ target }) {
    if (target.matches("[data-find]")) {
      this.#narrow(this.#cards);
      say("board:say", { text: this.querySelector("[data-found]").textContent });
    }
  }

  #narrow(fresh) {
    const field = this.querySelector("[data-find]");
    const wanted = (field?.value ?? "").trim().toLocaleLowerCase();
    if (wanted || this.hasAttribute("data-narrowed")) {
      for (const card of fresh) {
        const note = card.closest(".note");
        note.hidden = !note.textContent.toLocaleLowerCase().includes(wanted);
      }
      this.#count(wanted !== "");
    }
    this.toggleAttribute("data-narrowed", wanted !== "");
  }

  #count(isNarrowed) {
    const notes = this.querySelectorAll(".note[id]").length;
    const count = this.querySelectorAll(".note[id]:not([hidden])").length;
    this.querySelector("[data-found]").textContent = isNarrowed ? fill(this.dataset.found, { count, all: notes }) : "";
  }
}

function cardsOf(parts) {
  return parts.map((id) => document.querySelector(`#${id}.note input[type=checkbox]`)).filter(Boolean);
}

function idOf(card) {
  return card.value.split(":")[0];
}

// For the style sheet: whether there is something in hand, and whether it lay in a bucket.
function show(cards) {
  const places = new Set(cards.map((card) => (card.endsWith(":") ? "loose" : "placed")));
  if (places.size > 0) {
    document.body.dataset.holding = [...places].join(" ");
  } else {
    delete document.body.dataset.holding;
  }
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}

function say(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

customElements.define("spaghetti-board", SpaghettiBoard);
