// <unsent-list> gives back what could not be sent, with its words, until they are copied or thrown away.
// It is kept on this device for the person and the workshop. Sentences by what was answered: data-forbidden (403),
// data-gone (404, 410), data-other, unless the answer gave a reason in words; data-uprooted for words whose form went away while they were typed.
// data-above where the list is out of sight; data-pressed "“{label}” …" where nothing was typed. The <template> inside is one of them.

class UnsentList extends HTMLElement {
  #ends;
  #before; // what had the focus before one came in here

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("outbox:returned", ({ detail }) => this.#take(detail), { signal });
    document.addEventListener("room:uprooted", ({ detail }) => this.#uproot(detail), { signal });
    document.addEventListener("room:wipe", () => this.#save([]), { signal });
    // What another tab of this person took back or threw away.
    window.addEventListener("storage", ({ key }) => key === this.#key && this.#draw(), { signal });
    this.addEventListener("click", (event) => this.#press(event), { signal });
    this.addEventListener("focusin", ({ relatedTarget }) => this.#note(relatedTarget), { signal });
    this.#draw();
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  get #key() {
    const { person, workshop } = document.getElementById("room").dataset;
    return `mdd:unsent:${person}:${workshop}`;
  }

  get #kept() {
    return JSON.parse(localStorage.getItem(this.#key) ?? "[]");
  }

  #take({ item, status, why: said }) {
    const { forbidden, gone, other, pressed } = this.dataset;
    const why = said || ({ 403: forbidden, 404: gone, 410: gone }[status] ?? other);
    if (item.texts.length > 0) {
      this.#keep(why, item.texts);
    } else {
      this.#keep(`${pressed.replace("{label}", item.label)} ${why}`, []);
    }
    document.dispatchEvent(new CustomEvent("room:stale", { detail: {} }));
  }

  #uproot({ texts, why = this.dataset.uprooted }) {
    this.#keep(why, texts);
  }

  #keep(why, texts) {
    this.#save([...this.#kept, { why, texts, id: `${Date.now()}-${Math.random()}` }]);
    if (this.getBoundingClientRect().bottom < 0) {
      document.dispatchEvent(new CustomEvent("room:toast", { detail: { text: this.dataset.above } }));
    }
  }

  #save(kept) {
    if (kept.length > 0) {
      localStorage.setItem(this.#key, JSON.stringify(kept));
    } else {
      localStorage.removeItem(this.#key);
    }
    this.#draw();
  }

  #draw() {
    const kept = this.#kept;
    this.hidden = kept.length === 0;
    this.querySelector("ul").replaceChildren(...kept.map((each) => this.#row(each)));
  }

  #row({ why, texts, id }) {
    const row = this.querySelector("template").content.firstElementChild.cloneNode(true);
    row.dataset.id = id;
    row.querySelector("[data-why]").textContent = why;
    const text = Object.assign(document.createElement("textarea"), { rows: 2, readOnly: true, dir: "auto" });
    text.value = texts.join("\n");
    row.querySelector("label").append(text);
    for (const part of row.querySelectorAll("label, [data-copy]")) {
      part.hidden = texts.length === 0;
    }
    return row;
  }

  async #press({ target }) {
    const row = target.closest("button")?.closest("[data-id]");
    if (!row) {
      return;
    }
    if (target.closest("[data-copy]")) {
      const text = row.querySelector("textarea");
      text.select();
      await navigator.clipboard?.writeText(text.value).catch(() => text.focus());
    } else {
      this.#save(this.#kept.filter(({ id }) => id !== row.dataset.id));
      (this.querySelector("[data-id] button:not([hidden])") ?? this.#before)?.focus();
    }
  }

  #note(left) {
    this.#before = left && !this.contains(left) ? left : this.#before;
  }
}

customElements.define("unsent-list", UnsentList);
