// <live-tiles> is the line above #tiles: it says whether they are live, and what has come is seen and heard.
//
// Hears `live:state` {mode} and says data-live, data-polling, data-lost "… {time}" or data-over in its first child.
// After each `room:changed` it compares the tiles with what they said before: one whose <data> is another gets the
// class tile--changed for a moment; what is new is spoken politely by data-says, in one batch (data-more "{count}").

const SPOKEN = 3;

class LiveTiles extends HTMLElement {
  #ends;
  #mode = "";
  #lostAt;
  #seen = new Map();

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("live:state", ({ detail }) => this.#hear(detail.mode), { signal });
    document.addEventListener("room:changed", () => this.#compare(), { signal });
    document.addEventListener("room:gone", () => this.#hear("over"), { signal });
    this.#seen = seen();
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  #hear(mode) {
    if (mode === "lost" && this.#mode !== "lost") {
      this.#lostAt = new Date();
    }
    this.#mode = this.#mode === "over" ? "over" : mode;
    this.#say();
  }

  #say() {
    if (this.#mode === "") {
      return;
    }
    this.classList.toggle("is-lost", this.#mode === "lost" || this.#mode === "over");
    const words = (this.dataset[this.#mode] ?? "").replace("{time}", timeOf(this.#lostAt));
    if (this.firstElementChild.textContent !== words) {
      this.firstElementChild.textContent = words;
    }
  }

  #compare() {
    const now = seen();
    const news = [];
    for (const [id, { value, says }] of now) {
      const before = this.#seen.get(id);
      if (before?.says !== says) {
        news.push(says);
      }
      if (before && before.value !== value) {
        show(document.getElementById(id));
      }
    }
    this.#seen = now;
    this.#speak(news.filter(Boolean));
    this.#say();
  }

  #speak(news) {
    if (news.length > 0) {
      const rest = news.length - SPOKEN;
      const more = rest > 0 ? [this.dataset.more.replace("{count}", rest)] : [];
      this.lastElementChild.textContent = news.slice(0, SPOKEN).concat(more).join(". ");
    }
  }
}

function seen() {
  const tiles = document.querySelectorAll("#tiles > [id]");
  return new Map(
    Array.from(tiles, (tile) => [tile.id, { value: tile.querySelector("data")?.value, says: tile.dataset.says }]),
  );
}

function show(tile) {
  tile.classList.remove("tile--changed");
  tile.getBoundingClientRect(); // a style in between, so that the animation begins anew
  tile.classList.add("tile--changed");
}

function timeOf(moment) {
  const format = { hour: "2-digit", minute: "2-digit" };
  return moment?.toLocaleTimeString(document.documentElement.lang || undefined, format) ?? "";
}

customElements.define("live-tiles", LiveTiles);
