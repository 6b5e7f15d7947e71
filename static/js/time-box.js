// <time-box seconds="480" ends="2026-11-12T14:10:00Z" left="" data-left="{minutes} of {all} min left" data-over="…"
// data-rests="…" data-minute="…" data-end="…"><span>8 min, until 14:10</span></time-box>
// counts a stage's time box down by the server's clock (server-clock.js). `left` are the seconds while it rests, `ends`
// is empty then. Inside [data-exact] it shows 4:05. Without JavaScript the text inside stays.
//
// A voice says once that a minute is left, and that the time is over; `time:over` is for those who make a sound.

const MINUTE = 60;

class TimeBox extends HTMLElement {
  #ticker;
  #last;
  #ends;
  #voice;

  static observedAttributes = ["ends", "left", "seconds"];

  attributeChangedCallback() {
    if (this.isConnected && this.#ticker) {
      this.#tick();
    }
  }

  connectedCallback() {
    document.addEventListener("room:changed", this.#tick);
    this.#ticker = setInterval(this.#tick, 1000);
    this.#tick();
  }

  disconnectedCallback() {
    document.removeEventListener("room:changed", this.#tick);
    clearInterval(this.#ticker);
  }

  get #rests() {
    return this.getAttribute("ends") === "";
  }

  get #left() {
    if (this.#rests) {
      return Number(this.getAttribute("left"));
    }
    return (Date.parse(this.getAttribute("ends")) - window.serverNow()) / 1000;
  }

  #tick = () => {
    const left = this.#left;
    if (!Number.isNaN(left)) {
      this.classList.toggle("is-over", left <= 0);
      this.classList.toggle("is-resting", this.#rests);
      this.#show(this.closest("[data-exact]") ? exact(left) : this.#words(left));
      this.#tell(left);
    }
  };

  #words(left) {
    const minutes = left > 0 ? Math.ceil(left / MINUTE) : Math.floor(-left / MINUTE);
    const words = left <= 0 ? this.dataset.over : this.#rests ? this.dataset.rests : this.dataset.left;
    return words.replace("{minutes}", minutes).replace("{all}", Number(this.getAttribute("seconds")) / MINUTE);
  }

  #show(text) {
    const shown = this.querySelector("span");
    if (shown && shown.textContent !== text) {
      shown.textContent = text;
    }
  }

  // Only what is passed while somebody looks is told: a page that is opened late says nothing.
  #tell(left) {
    const ends = this.getAttribute("ends");
    const last = ends === this.#ends ? this.#last : undefined;
    this.#ends = ends;
    this.#last = left;
    if (last === undefined || this.#rests) {
      return;
    }
    if (last > 0 && left <= 0) {
      this.#say(this.dataset.end);
      document.dispatchEvent(new CustomEvent("time:over"));
    } else if (last > MINUTE && left <= MINUTE && left > 0) {
      this.#say(this.dataset.minute);
    }
  }

  #say(words) {
    if (!this.#voice?.isConnected) {
      this.#voice = document.createElement("span");
      this.#voice.className = "visually-hidden";
      this.#voice.setAttribute("role", "status");
      this.append(this.#voice);
    }
    // A voice that is there before its words is heard.
    requestAnimationFrame(() => {
      this.#voice.textContent = words;
    });
  }
}

function exact(left) {
  const seconds = left > 0 ? Math.ceil(left) : Math.floor(-left);
  const two = String(seconds % MINUTE).padStart(2, "0");
  return `${left > 0 ? "" : "+"}${Math.floor(seconds / MINUTE)}:${two}`;
}

customElements.define("time-box", TimeBox);
