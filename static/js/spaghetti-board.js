// <spaghetti-board data-held="{count} in hand"> says what is in hand, finds cards and lets them be dragged.
//
// Cards are checkboxes of one form; a [data-region] is a place with a button [data-put], [data-out] or [data-open].
// Dragging is the same as choosing and pressing that button. What is in hand stays so when the page is renewed,
// as long as the card lies where it lay. After a move the focus lands on the next loose card.

const carried = new Set();
let landing = -1;

class SpaghettiBoard extends HTMLElement {
  #ends;
  #dragged;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    this.addEventListener("change", () => this.#say(), { signal });
    this.addEventListener("input", (event) => this.#find(event), { signal });
    document.addEventListener("submit", (event) => this.#leave(event), { signal, capture: true });
    document.addEventListener("reset", () => setTimeout(() => this.#say()), { signal });
    this.addEventListener("dragstart", (event) => this.#lift(event), { signal });
    this.addEventListener("dragover", (event) => this.#hover(event), { signal });
    this.addEventListener("drop", (event) => this.#drop(event), { signal });
    this.addEventListener("dragend", () => this.#let(), { signal });
    document.addEventListener("room:changed", ({ detail }) => this.#arrive(detail.isAnswer), { signal });
    this.#arrive(false);
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  get #cards() {
    return [...this.querySelectorAll(".note input[type=checkbox]")];
  }

  #arrive(isAnswer) {
    for (const card of this.#cards) {
      card.checked = carried.has(card.value);
      card.closest(".note").draggable = true;
    }
    this.#say();
    this.#narrow();
    if (isAnswer && landing >= 0) {
      const loose = [...this.querySelectorAll(".tangle .note input[type=checkbox]")];
      const next = loose[Math.min(landing, loose.length - 1)] ?? this.#cards[0];
      // Nobody is torn from what they have begun to type meanwhile.
      if (
        !document.activeElement.matches("textarea, input:not([type=checkbox])") ||
        document.activeElement.value === ""
      ) {
        next?.focus();
      }
      landing = -1;
    }
  }

  #say() {
    const held = this.#cards.filter((card) => card.checked);
    carried.clear();
    for (const card of held) {
      carried.add(card.value);
    }
    const count = document.querySelector("[data-held-count]");
    if (count) {
      count.textContent = held.length > 0 ? this.dataset.held.replace("{count}", held.length) : "";
    }
  }

  #leave(event) {
    if (event.target.id === "hand") {
      const loose = [...this.querySelectorAll(".tangle .note input[type=checkbox]")];
      landing = Math.max(
        loose.findIndex((card) => card.checked),
        0,
      );
    }
  }

  #find({ target }) {
    if (target.matches("[data-find]")) {
      this.#narrow();
    }
  }

  #narrow() {
    const wanted = (this.querySelector("[data-find]")?.value ?? "").trim().toLocaleLowerCase();
    for (const card of this.#cards) {
      const note = card.closest(".note");
      note.hidden = !note.textContent.toLocaleLowerCase().includes(wanted);
    }
  }

  #lift(event) {
    const card = event.target.closest?.(".note")?.querySelector("input[type=checkbox]");
    if (card) {
      this.#dragged = { card, was: card.checked };
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.value);
      // Changed within this event, the browser would cancel the drag.
      setTimeout(() => this.#hold(card, true));
    }
  }

  #hover(event) {
    const region = this.#dragged && event.target.closest("[data-region]");
    this.#light(region);
    if (region) {
      event.preventDefault();
    }
  }

  #drop(event) {
    const region = event.target.closest("[data-region]");
    if (this.#dragged && region) {
      event.preventDefault();
      this.#dragged = undefined;
      putIn(region);
    }
  }

  #let() {
    this.#light(null);
    if (this.#dragged) {
      this.#hold(this.#dragged.card, this.#dragged.was);
      this.#dragged = undefined;
    }
  }

  #hold(card, isHeld) {
    card.checked = isHeld;
    this.#say();
  }

  #light(region) {
    for (const lit of this.querySelectorAll(".is-over")) {
      lit.classList.toggle("is-over", lit === region);
    }
    region?.classList.add("is-over");
  }
}

function putIn(region) {
  const title = region.querySelector("#bucket-title");
  if (title?.value === "") {
    title.focus();
  } else {
    region.querySelector("[data-put], [data-out], [data-open]").click();
  }
}

customElements.define("spaghetti-board", SpaghettiBoard);
