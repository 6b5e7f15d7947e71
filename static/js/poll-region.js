// <poll-region src="/dashboards/7/tiles/" cursor="41" every="10"> keeps the elements inside it fresh.
//
// While the page is visible it asks `src?cursor=…` every N seconds (header HX-Request: true). Answers:
//   204            nothing changed
//   200            HTML; each top element replaces the one with the same id, others are left alone
//   401 … 410, or a redirect   the page is not live any more: says so and stops
//   anything else  tried again with growing pauses, up to a minute
// The header MDD-Cursor of an answer is the next cursor.
// An element that holds the focus waits until the focus leaves. What is new is announced politely by
// its data-says, in one batch. A changed <data> value gets the class tile--changed for a moment.
// Words come from a .pulse inside: data-fresh "{ago}", data-lost "{time}", data-ended, data-more "{count}".

const LONGEST = 60_000;
const SPOKEN = 3;

class PollRegion extends HTMLElement {
  #timer;
  #ticker;
  #ends;
  #fails = 0;
  #fresh = Date.now();
  #waiting = new Map();

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("visibilitychange", () => this.#schedule(0), { signal });
    this.addEventListener("focusout", () => setTimeout(() => this.#settle()), { signal });
    this.#ticker = setInterval(() => this.#say(), 1000);
    this.#voice();
    this.#schedule();
  }

  disconnectedCallback() {
    this.#ends.abort();
    clearTimeout(this.#timer);
    clearInterval(this.#ticker);
  }

  #schedule(pause = this.#pause()) {
    clearTimeout(this.#timer);
    if (!document.hidden && !this.hasAttribute("ended")) {
      this.#timer = setTimeout(() => this.#ask(), pause);
    }
  }

  #pause() {
    const every = Number(this.getAttribute("every") ?? 10) * 1000;
    const jitter = 0.9 + Math.random() * 0.2;
    return Math.min(every * 2 ** this.#fails, Math.max(LONGEST, every)) * jitter;
  }

  async #ask() {
    try {
      const url = new URL(this.getAttribute("src"), location.href);
      url.searchParams.set("cursor", this.getAttribute("cursor") ?? "");
      const signal = AbortSignal.any([this.#ends.signal, AbortSignal.timeout(15_000)]);
      await this.#take(await fetch(url, { headers: { "HX-Request": "true" }, signal }));
    } catch {
      this.#fails += 1;
    }
    if (this.isConnected) {
      this.#say();
      this.#schedule();
    }
  }

  async #take(response) {
    if (response.redirected || (response.status >= 401 && response.status <= 410)) {
      this.toggleAttribute("ended", true);
      return;
    }
    if (!response.ok) {
      throw new Error(`${response.status}`);
    }
    if (response.status === 200) {
      this.#offer(await response.text());
    }
    this.setAttribute("cursor", response.headers.get("MDD-Cursor") ?? this.getAttribute("cursor") ?? "");
    this.#fails = 0;
    this.#fresh = Date.now();
  }

  #offer(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    for (const element of template.content.children) {
      this.#waiting.set(element.id, element);
    }
    this.#settle();
  }

  #settle() {
    const spoken = [];
    for (const [id, fresh] of this.#waiting) {
      const old = id && this.querySelector(`#${CSS.escape(id)}`);
      if (old?.contains(document.activeElement)) {
        continue;
      }
      this.#waiting.delete(id);
      if (old) {
        replace(old, fresh);
        spoken.push(fresh.dataset.says);
      }
    }
    this.#announce(spoken.filter(Boolean));
  }

  #announce(sentences) {
    if (sentences.length > 0) {
      const rest = sentences.length - SPOKEN;
      const more = rest > 0 ? [this.#words("more").replace("{count}", rest)] : [];
      this.#voice().textContent = sentences.slice(0, SPOKEN).concat(more).join(". ");
    }
  }

  #voice() {
    let voice = this.querySelector(":scope > .visually-hidden[aria-live]");
    if (!voice) {
      voice = document.createElement("p");
      voice.className = "visually-hidden";
      voice.setAttribute("aria-live", "polite");
      this.append(voice);
    }
    return voice;
  }

  #say() {
    const pulse = this.querySelector(".pulse");
    if (!pulse || document.hidden) {
      return;
    }
    const lost = this.#fails > 0 || this.hasAttribute("ended");
    pulse.classList.toggle("is-lost", lost);
    const text = this.#sentence();
    if (pulse.textContent.trim() !== text) {
      pulse.firstElementChild.textContent = text;
    }
  }

  #sentence() {
    if (this.hasAttribute("ended")) {
      return this.#words("ended");
    }
    if (this.#fails > 0) {
      const time = new Date(this.#fresh).toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit" });
      return this.#words("lost").replace("{time}", time);
    }
    return this.#words("fresh").replace("{ago}", ago(Date.now() - this.#fresh));
  }

  #words(name) {
    return this.querySelector(".pulse")?.dataset[name] ?? "";
  }
}

function replace(old, fresh) {
  const before = old.querySelector("data")?.value;
  const after = fresh.querySelector("data")?.value;
  fresh.querySelector("details")?.toggleAttribute("open", old.querySelector("details")?.open ?? false);
  fresh.classList.toggle("tile--changed", before !== after);
  old.replaceWith(fresh);
  window.htmx?.process(fresh);
}

function ago(milliseconds) {
  const seconds = Math.max(Math.round(milliseconds / 1000), 0);
  const format = new Intl.RelativeTimeFormat(language(), { style: "short" });
  const text = seconds < 60 ? format.format(-seconds, "second") : format.format(-Math.floor(seconds / 60), "minute");
  return text.replace(".", "");
}

function language() {
  return document.documentElement.lang || undefined;
}

customElements.define("poll-region", PollRegion);
