// <wall-screen data-lost="No connection since {time}."> says that a page on a wall is not of now, and asks the server
// what to show once it may not be seen any more. A screen that can stay awake does.

class WallScreen extends HTMLElement {
  #ends;
  #since;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("live:state", ({ detail }) => this.#hear(detail.mode), { signal });
    document.addEventListener("room:gone", () => location.reload(), { signal });
    document.addEventListener("visibilitychange", () => this.#stayAwake(), { signal });
    this.#stayAwake();
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  #hear(mode) {
    if (mode === "over") {
      location.reload();
    }
    this.#since = mode === "lost" ? (this.#since ?? new Date()) : undefined;
    const time = this.#since?.toLocaleTimeString(document.documentElement.lang || undefined, {
      hour: "2-digit",
      minute: "2-digit",
    });
    this.textContent = time ? this.dataset.lost.replace("{time}", time) : "";
  }

  #stayAwake() {
    if (!document.hidden) {
      navigator.wakeLock?.request("screen").catch(() => {});
    }
  }
}

customElements.define("wall-screen", WallScreen);
