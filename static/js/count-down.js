// <count-down to="2026-11-12T14:10:05Z">5</count-down> counts to a moment of the server's clock (server-clock.js).
// Then it asks for the room, which whoever asks first finds moved; and again, should nobody have answered.

const FROM = 5; // a clock that is a little late begins no higher
const EVERY = 200;
const AGAIN = 2_000;

class CountDown extends HTMLElement {
  #ticker;
  #asked = Number.NEGATIVE_INFINITY;

  connectedCallback() {
    this.#ticker = setInterval(() => this.#tick(), EVERY);
    this.#tick();
  }

  disconnectedCallback() {
    clearInterval(this.#ticker);
  }

  #tick() {
    const left = Date.parse(this.getAttribute("to")) - window.serverNow();
    const text = String(Math.min(Math.max(Math.ceil(left / 1000), 0), FROM));
    if (text !== this.textContent) {
      this.textContent = text;
    }
    if (left <= 0 && Date.now() - this.#asked > AGAIN) {
      this.#asked = Date.now();
      document.dispatchEvent(new CustomEvent("room:stale"));
    }
  }
}

customElements.define("count-down", CountDown);
