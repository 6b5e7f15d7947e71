// <time-box since="…" now="…" minutes="8" data-left="{minutes} of {all} min left" data-over="…">8 min, since 14:02</time-box>
// counts a stage's time box down by the server's clock: `now` is what it showed when the page was made.
// Without JavaScript the text inside stays.

const EVERY = 5_000;

class TimeBox extends HTMLElement {
  #ticker;
  #ahead;

  static observedAttributes = ["now"];

  attributeChangedCallback() {
    this.#ahead = Date.parse(this.getAttribute("now")) - Date.now();
  }

  connectedCallback() {
    this.#say();
    document.addEventListener("room:changed", this.#say);
    this.#ticker = setInterval(() => this.#say(), EVERY);
  }

  disconnectedCallback() {
    document.removeEventListener("room:changed", this.#say);
    clearInterval(this.#ticker);
  }

  #say = () => {
    const all = Number(this.getAttribute("minutes"));
    const passed = (Date.now() + this.#ahead - Date.parse(this.getAttribute("since"))) / 60_000;
    const isOver = passed >= all;
    const minutes = isOver ? Math.floor(passed - all) : Math.ceil(all - passed);
    const text = (isOver ? this.dataset.over : this.dataset.left).replace("{minutes}", minutes).replace("{all}", all);
    this.classList.toggle("is-over", isOver);
    if (text !== this.textContent) {
      this.textContent = text;
    }
  };
}

customElements.define("time-box", TimeBox);
