// <wall-screen data-lost="No connection since {time}."> says that a page on a wall is not of now, and asks the server
// what to show once it may not be seen any more. A screen that can stay awake does.
// Nobody scrolls a wall: what is too much for it is drawn smaller, as long as it can be read (--fit of .wall__stage), and
// what then still is cut off is told (data-cut).

const SIZES = [1, 0.9, 0.8, 0.7, 0.6];

class WallScreen extends HTMLElement {
  #ends;
  #since;
  #sizes = new ResizeObserver(fit);

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("live:state", ({ detail }) => this.#hear(detail.mode), { signal });
    document.addEventListener("room:gone", () => location.reload(), { signal });
    document.addEventListener("visibilitychange", () => this.#stayAwake(), { signal });
    document.addEventListener("room:changed", () => this.#measure(), { signal });
    this.#measure();
    this.#stayAwake();
  }

  disconnectedCallback() {
    this.#ends.abort();
    this.#sizes.disconnect();
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

  // Now, and whenever the screen or what stands on it has another size.
  #measure() {
    const stage = document.querySelector(".wall__stage");
    this.#sizes.disconnect();
    for (const each of [stage, ...stage.children]) {
      this.#sizes.observe(each);
    }
  }

  #stayAwake() {
    if (!document.hidden) {
      navigator.wakeLock?.request("screen").catch(() => {});
    }
  }
}

function fit() {
  const stage = document.querySelector(".wall__stage");
  stage.removeAttribute("data-cut"); // what it tells takes room too
  const fits = (size) => {
    stage.style.setProperty("--fit", size);
    return stage.scrollHeight <= stage.clientHeight + 1;
  };
  stage.toggleAttribute("data-cut", !SIZES.some(fits));
}

customElements.define("wall-screen", WallScreen);
