// <door-bell every="4"> asks for its own page until the answer is not "still waiting" (202) any more; then it loads it.
class DoorBell extends HTMLElement {
  #timer;

  connectedCallback() {
    this.#timer = setInterval(() => this.#ring(), Number(this.getAttribute("every") ?? 4) * 1000);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  async #ring() {
    try {
      const answer = await fetch(location.href, { signal: AbortSignal.timeout(10_000) });
      if (answer.status !== 202 && answer.status < 500) {
        location.reload();
      }
    } catch {
      // No network: the next ring may have one.
    }
  }
}

customElements.define("door-bell", DoorBell);
