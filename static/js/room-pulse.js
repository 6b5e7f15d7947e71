// <room-pulse src="/workshops/7/pulse/" serial="41" every="7"> asks whether anything has happened since `serial`.
//
// Answers: 204 for nothing, 200 for something: then the link inside is shown, and nobody's page changes by itself.
// 401 … 410 or a redirect: the room is gone for us, so it stops. Anything else is tried again, more and more slowly.

const LONGEST = 60_000;

class RoomPulse extends HTMLElement {
  #timer;
  #ends;
  #fails = 0;

  connectedCallback() {
    this.#ends = new AbortController();
    document.addEventListener("room:changed", () => this.#schedule(), { signal: this.#ends.signal });
    document.addEventListener("visibilitychange", () => this.#schedule(0), { signal: this.#ends.signal });
    this.#schedule();
  }

  disconnectedCallback() {
    this.#ends.abort();
    clearTimeout(this.#timer);
  }

  #schedule(pause = this.#pause()) {
    clearTimeout(this.#timer);
    if (!document.hidden && !this.hasAttribute("ended")) {
      this.#timer = setTimeout(() => this.#ask(), pause);
    }
  }

  #pause() {
    const every = Number(this.getAttribute("every") ?? 7) * 1000;
    return Math.min(every * 2 ** this.#fails, LONGEST) * (0.9 + Math.random() * 0.2);
  }

  async #ask() {
    try {
      const url = new URL(this.getAttribute("src"), location.href);
      url.searchParams.set("serial", this.getAttribute("serial"));
      this.#take(await fetch(url, { signal: AbortSignal.any([this.#ends.signal, AbortSignal.timeout(15_000)]) }));
    } catch {
      this.#fails += 1;
    }
    if (this.isConnected) {
      this.#schedule();
    }
  }

  #take(response) {
    const isGone = response.redirected || (response.status >= 401 && response.status <= 410);
    if (!response.ok && !isGone) {
      throw new Error(`${response.status}`);
    }
    this.#fails = 0;
    this.toggleAttribute("ended", isGone || response.status === 200);
    if (response.status === 200 && !response.redirected) {
      this.querySelector("a").hidden = false;
    }
  }
}

customElements.define("room-pulse", RoomPulse);
