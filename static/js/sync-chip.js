// <sync-chip> says whether what was done here has reached the others, and whether the others' reach us.
// Hears `outbox:state` {waiting, online, isSending, isSignedOut} and `live:state` {mode: live | polling | lost}.
// Words: data-saved, data-sending and data-offline "… {count}", data-cut (offline, nothing waits), data-away "… {count}"
// (no answer from the server), data-signed-out, data-live, data-polling, data-lost "… {time}", data-fragile (no worker
// keeps this page). A voice says only what lasts: a moment of sending is no news.

const LASTS = 1_500;

class SyncChip extends HTMLElement {
  #ends;
  #timer;
  #spoken;
  #state = { waiting: 0, online: navigator.onLine, isSending: false, isSignedOut: false };
  #mode = "";
  #lostAt;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("outbox:state", ({ detail }) => this.#hear({ state: detail }), { signal });
    document.addEventListener("live:state", ({ detail }) => this.#hear({ mode: detail.mode }), { signal });
    document.addEventListener("room:fragile", () => this.toggleAttribute("fragile", true), { signal });
    this.#spoken ??= "saved";
    this.#show();
  }

  disconnectedCallback() {
    this.#ends.abort();
    clearTimeout(this.#timer);
  }

  #hear({ state = this.#state, mode = this.#mode }) {
    if (mode === "lost" && this.#mode !== "lost") {
      this.#lostAt = new Date();
    }
    this.#state = state;
    this.#mode = mode;
    this.#show();
  }

  get #name() {
    const { waiting, online, isSignedOut } = this.#state;
    if (isSignedOut && waiting > 0) {
      return "signed-out";
    }
    if (!navigator.onLine) {
      return waiting > 0 ? "offline" : "cut";
    }
    if (!online) {
      return "away";
    }
    return waiting > 0 ? "sending" : "saved";
  }

  #words(name) {
    const word = this.getAttribute(`data-${name}`) ?? "";
    return word.replace("{count}", this.#state.waiting);
  }

  #show() {
    const name = this.#name;
    const chip = this.querySelector("[data-chip]");
    this.setAttribute("state", name);
    write(chip.querySelector("[data-words]"), this.#words(name));
    write(
      chip.querySelector("[data-live-words]"),
      name === "saved" && this.#mode === "live" ? this.#words("live") : "",
    );
    const note = this.#note(name);
    write(this.querySelector("[data-note-words]"), note);
    this.querySelector("[data-note]").hidden = note === "";
    this.querySelector("[data-note] a").hidden = name !== "signed-out";
    this.#speak(name, note);
  }

  #note(name) {
    if (name === "signed-out") {
      return this.#words("kept");
    }
    if (["offline", "cut", "away"].includes(name)) {
      return this.hasAttribute("fragile") ? this.#words("fragile") : "";
    }
    if (this.#mode === "polling") {
      return this.#words("polling");
    }
    return this.#mode === "lost" ? this.#words("lost").replace("{time}", timeOf(this.#lostAt)) : "";
  }

  #speak(name, note) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const lasting = `${name === "sending" ? this.#spoken : name}`;
      if (lasting !== this.#spoken || note !== this.spokenNote) {
        this.#spoken = lasting;
        this.spokenNote = note;
        write(this.querySelector("[role=status]"), [this.#words(lasting), note].filter(Boolean).join(". "));
      }
    }, LASTS);
  }
}

function timeOf(moment) {
  return moment.toLocaleTimeString(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit" });
}

function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

customElements.define("sync-chip", SyncChip);
