// <card-drag data-with="Put with: {name}" data-out="…" data-open="…" data-none="…" data-many="{count} cards"> lets cards
// be dragged, with a mouse or a finger. It is the same as choosing them and pressing the button of where they go.
//
// A finger that goes up or down scrolls the page; one that goes sideways takes the card (touch-action: pan-y), so nobody
// has to wait. A whole bucket or a whole card is the target; it grows, and what is dragged says what it would do there.
// What it said last is what happens. Dropped elsewhere, or with Esc, nothing does. Near an edge the page scrolls.

const FAR = 6; // pixels, from which on it is no tap
const EDGE = 80;
const FASTEST = 18; // pixels a frame

class CardDrag extends HTMLElement {
  #ends;
  #start; // {note, x, y, id} while it may become a drag
  #flight; // {card, was} while it is one
  #target;
  #at = { x: 0, y: 0 };

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("pointerdown", (event) => this.#press(event), { signal });
    document.addEventListener("pointermove", (event) => this.#move(event), { signal });
    document.addEventListener("pointerup", (event) => this.#release(event), { signal });
    document.addEventListener("pointercancel", () => this.#end(false), { signal });
    document.addEventListener("keydown", (event) => this.#cancel(event), { signal, capture: true });
    document.addEventListener("dragstart", (event) => event.target.closest?.(".note") && event.preventDefault(), {
      signal,
    });
  }

  disconnectedCallback() {
    this.#ends.abort();
    this.#end(false);
  }

  #press({ target, button, isPrimary, pointerId, clientX, clientY }) {
    const note = target.closest?.(".board .note:has(> .note__hold)");
    this.#end(false);
    if (note && button === 0 && isPrimary && !target.closest("button")) {
      this.#start = { note, id: pointerId, x: clientX, y: clientY };
    }
  }

  #move(event) {
    if (event.pointerId !== this.#start?.id) {
      return;
    }
    this.#at = { x: event.clientX, y: event.clientY };
    const { x, y } = this.#start;
    if (!this.#flight && Math.hypot(event.clientX - x, event.clientY - y) > FAR) {
      this.#lift();
    }
    if (this.#flight) {
      event.preventDefault();
      this.#aim();
    }
  }

  #lift() {
    const card = this.#start.note.querySelector("input[type=checkbox]");
    if (this.#start.note.dataset.holder && !card.checked) {
      say("board:say", { text: this.#start.note.dataset.holder });
      this.#start = undefined;
      return;
    }
    this.#flight = { card, was: card.checked };
    hold(card, true);
    getSelection().removeAllRanges();
    const count = document.querySelectorAll(".board .note :checked").length;
    const what = count > 1 ? this.dataset.many.replace("{count}", count) : textOf(this.#start.note);
    this.querySelector("[data-what]").textContent = what;
    this.hidden = false;
    document.body.toggleAttribute("data-dragging", true);
    requestAnimationFrame(() => this.#scroll());
  }

  #scroll() {
    if (!this.#flight) {
      return;
    }
    const { y } = this.#at;
    const under = y - (innerHeight - EDGE);
    const step = y < EDGE ? y - EDGE : Math.max(under, 0);
    if (step !== 0) {
      scrollBy(0, (Math.max(-EDGE, Math.min(step, EDGE)) / EDGE) * FASTEST);
      this.#aim();
    }
    requestAnimationFrame(() => this.#scroll());
  }

  #aim() {
    const { x, y } = this.#at;
    this.style.translate = `${x}px ${y}px`;
    const under = document.elementFromPoint(x, y);
    const target = targetOf(under);
    if (target?.place !== this.#target?.place) {
      this.#target?.place.classList.remove("is-over");
      target?.place.classList.add("is-over");
      this.#target = target;
      this.querySelector("[data-says]").textContent = this.#says();
      this.toggleAttribute("data-aimed", Boolean(target));
    }
  }

  #says() {
    const { kind, name } = this.#target ?? { kind: "none" };
    return this.dataset[kind].replace("{name}", name);
  }

  #release({ pointerId }) {
    if (pointerId === this.#start?.id) {
      this.#end(true);
    }
  }

  #cancel(event) {
    if (this.#flight && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.#end(false);
    }
  }

  #end(isDropped) {
    const { card, was } = this.#flight ?? {};
    const target = this.#target;
    target?.place.classList.remove("is-over");
    this.#start = undefined;
    this.#flight = undefined;
    this.#target = undefined;
    this.hidden = true;
    document.body.removeAttribute("data-dragging");
    if (card) {
      swallowClick();
      if (isDropped && target?.place.isConnected) {
        put(target);
      } else {
        hold(card, was);
      }
    }
  }
}

// Another card, or the place that lies under it: the bucket as a whole, and the tangle for what comes out of a bucket.
function targetOf(under) {
  const note = under?.closest(".tangle .note:has([data-with])");
  if (note && !note.querySelector(":checked")) {
    return { kind: "with", place: note, name: textOf(note), button: note.querySelector("[data-with]") };
  }
  const place = under?.closest("[data-region]");
  const button = place?.querySelector("[data-put], [data-out], [data-open]");
  if (!button || (button.matches("[data-out]") && (note || !document.querySelector(".bucket .note :checked")))) {
    return undefined;
  }
  const kind = button.matches("[data-put]") ? "with" : button.matches("[data-out]") ? "out" : "open";
  return { kind, place, name: place.querySelector("h3")?.textContent.trim() ?? "", button };
}

function put({ kind, place, button }) {
  const title = kind === "open" && place.querySelector("#bucket-title");
  if (title?.value === "") {
    title.focus();
  } else {
    button.click();
  }
}

function textOf(note) {
  return note.querySelector(".note__text").textContent.trim();
}

function hold(card, isHeld) {
  if (card.checked !== isHeld) {
    card.checked = isHeld;
    card.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// A mouse that is let go clicks as well, and would put down what it has just put somewhere.
function swallowClick() {
  const swallow = (event) => {
    if (event.isTrusted) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  document.addEventListener("click", swallow, { capture: true });
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }));
}

function say(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

customElements.define("card-drag", CardDrag);
