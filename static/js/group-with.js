// <group-with data-new="New bucket: {name}" data-in="in {name}"> asks with which card or bucket the cards in hand are to
// be grouped: G opens it for the card that has the focus, [data-group-with] for what is in hand. Likely mates come first:
// those that are marked as alike, then those that share words. What is typed narrows them, or names a new bucket.

const MOST = 8;
const MARKED = 100;
const WORD = /[\p{L}\p{N}]{3,}/gu;

class GroupWith extends HTMLElement {
  #ends;
  #mates = [];
  #shown = [];
  #place = 0;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("click", (event) => event.target.closest("[data-group-with]") && this.#open(), {
      signal,
    });
    document.addEventListener("board:group-with", () => this.#open(), { signal });
    this.addEventListener("input", () => this.#draw(), { signal });
    this.addEventListener("keydown", (event) => this.#press(event), { signal });
    this.addEventListener("click", (event) => this.#tap(event), { signal });
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  get #dialog() {
    return this.querySelector("dialog");
  }

  get #field() {
    return this.querySelector("input");
  }

  #open() {
    const held = [...document.querySelectorAll(".board .note:has(:checked)")];
    if (held.length > 0) {
      this.#mates = matesOf(held);
      this.#field.value = "";
      this.#dialog.showModal();
      this.#draw();
    }
  }

  #draw() {
    const typed = this.#field.value.trim();
    const wanted = typed.toLocaleLowerCase();
    const found = this.#mates.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
    const isNew = typed !== "" && !found.some((mate) => mate.isBucket && mate.name.toLocaleLowerCase() === wanted);
    const fresh = isNew ? [{ name: this.dataset.new.replace("{name}", typed), title: typed }] : [];
    this.#shown = [...found.slice(0, MOST), ...fresh];
    this.#place = 0;
    this.querySelector("ul").replaceChildren(...this.#shown.map((mate, place) => this.#option(mate, place)));
    this.#point();
  }

  #option({ name, bucket, isBucket, title }, place) {
    const option = this.querySelector("template").content.firstElementChild.cloneNode(true);
    option.id = `mate-${place}`;
    option.dataset.place = place;
    option.classList.toggle("mate--bucket", Boolean(isBucket || title));
    option.querySelector("[data-name]").textContent = name;
    option.querySelector("[data-where]").textContent =
      bucket && !isBucket ? this.dataset.in.replace("{name}", bucket) : "";
    return option;
  }

  #point() {
    for (const [place, option] of [...this.querySelectorAll("[role=option]")].entries()) {
      option.ariaSelected = String(place === this.#place);
      if (place === this.#place) {
        option.scrollIntoView({ block: "nearest" });
      }
    }
    this.#field.setAttribute("aria-activedescendant", this.#shown.length > 0 ? `mate-${this.#place}` : "");
  }

  #press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#place = (this.#place + step + this.#shown.length) % Math.max(this.#shown.length, 1);
      this.#point();
    } else if (event.key === "Enter" && event.target === this.#field) {
      event.preventDefault();
      this.#choose(this.#place);
    }
  }

  #tap({ target }) {
    const option = target.closest("[data-place]");
    if (option) {
      this.#choose(Number(option.dataset.place));
    } else if (target.closest("[data-close]") || target === this.#dialog) {
      this.#dialog.close();
    }
  }

  #choose(place) {
    const mate = this.#shown[place];
    if (mate) {
      this.#dialog.close();
      press(mate);
    }
  }
}

function press({ id, title }) {
  if (title) {
    document.getElementById("bucket-title").value = title;
    document.querySelector("[data-open]").click();
  } else {
    document.getElementById(id)?.querySelector("[data-put], [data-with]")?.click();
  }
}

// Everything that the cards in hand can go to, the likeliest first. A card in a bucket stands for its bucket.
function matesOf(held) {
  const marked = new Set(held.flatMap((note) => note.querySelector("[data-like]")?.dataset.like.split(" ") ?? []));
  const said = stemsOf(held.map(textOf).join(" "));
  const buckets = [...document.querySelectorAll(".bucket[id]")].map((region) => {
    const name = region.querySelector("h3").textContent.trim();
    return { id: region.id, name, bucket: name, isBucket: true, score: shared(said, name) + 0.5 };
  });
  const cards = [...document.querySelectorAll(".board .note[id]:not(:has(:checked))")].map((note) => {
    const region = note.closest(".bucket[id]");
    const score = shared(said, textOf(note)) + (marked.has(note.id.slice("card-".length)) ? MARKED : 0);
    const bucket = region?.querySelector("h3").textContent.trim();
    return { id: region?.id ?? note.id, name: textOf(note), bucket, score };
  });
  return [...cards, ...buckets].sort((one, other) => other.score - one.score);
}

function shared(said, text) {
  return [...stemsOf(text)].filter((stem) => said.has(stem)).length;
}

function stemsOf(text) {
  return new Set((text.toLocaleLowerCase().match(WORD) ?? []).map((word) => word.slice(0, 5)));
}

function textOf(note) {
  return note.querySelector(".note__text").textContent.trim();
}

customElements.define("group-with", GroupWith);
