// <session-replay> shows another moment without leaving the page: its links, its slider and its keys (← → Home End,
// Space plays and pauses) fetch the board of that moment. Without it they are plain links.

const PACE = 1_200;
const WAIT = 80;

class SessionReplay extends HTMLElement {
  #ends;
  #timer;
  #asked = 0;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    this.querySelector("[data-play]").hidden = false;
    this.querySelector("[data-go]").hidden = true;
    this.addEventListener("click", (event) => this.#click(event), { signal });
    this.addEventListener("input", ({ target }) => this.#slide(target), { signal });
    document.addEventListener("keydown", (event) => this.#press(event), { signal });
    this.#light();
  }

  disconnectedCallback() {
    this.#ends.abort();
    this.#rest();
  }

  get #slider() {
    return this.querySelector("[data-slider]");
  }

  get #place() {
    return Number(this.#slider.value);
  }

  get #last() {
    return Number(this.#slider.max);
  }

  get #isPlaying() {
    return this.hasAttribute("data-playing");
  }

  #click(event) {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    if (target.closest("[data-play]")) {
      this.#turn();
      return;
    }
    const step = target.closest("[data-step]");
    const link = target.closest("[data-place]");
    if (step || link) {
      event.preventDefault();
      this.#rest();
      this.#go(step ? this.#place + Number(step.dataset.step) : Number(link.dataset.place));
    }
  }

  #slide(target) {
    if (target === this.#slider) {
      this.#rest();
      this.#go(this.#place, WAIT);
    }
  }

  #press(event) {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || target.matches?.("input, textarea, select")) {
      return;
    }
    const acts = {
      ArrowLeft: () => this.#go(this.#place - onward()),
      ArrowRight: () => this.#go(this.#place + onward()),
      Home: () => this.#go(1),
      End: () => this.#go(this.#last),
      " ": target.matches?.("a, button, summary") ? null : () => this.#turn(),
    };
    if (Object.hasOwn(acts, key) && acts[key]) {
      event.preventDefault();
      if (key !== " ") {
        this.#rest();
      }
      acts[key]();
    }
  }

  #turn() {
    if (this.#isPlaying) {
      this.#rest();
      return;
    }
    this.#show(true);
    this.#play(this.#place >= this.#last ? 1 : this.#place + 1);
  }

  async #play(place) {
    await this.#go(place);
    if (!this.#isPlaying) {
      return;
    }
    if (this.#place < this.#last) {
      this.#timer = setTimeout(() => this.#play(this.#place + 1), PACE);
    } else {
      this.#rest();
    }
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#show(false);
  }

  #show(isPlaying) {
    this.toggleAttribute("data-playing", isPlaying);
  }

  async #go(wanted, wait = 0) {
    const place = Math.min(Math.max(wanted, 1), this.#last);
    this.#slider.value = place;
    this.#asked += 1;
    const asked = this.#asked;
    await new Promise((ready) => setTimeout(ready, wait));
    const page = asked === this.#asked ? await fetched(place) : null;
    if (asked !== this.#asked) {
      return;
    }
    if (page) {
      this.#take(page, place);
    } else {
      this.#rest();
      this.querySelector(".replay__said").textContent = this.dataset.lost;
    }
  }

  #take(page, place) {
    for (const part of [".replay__board", ".replay__now"]) {
      this.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
    }
    for (const link of this.querySelectorAll("[data-place]")) {
      link.toggleAttribute("aria-current", false);
    }
    this.querySelector(`[data-place="${place}"]`).setAttribute("aria-current", "step");
    history.replaceState(null, "", `?at=${place}`);
    this.#light();
  }

  // What has no further step to go to cannot be pressed, and the moment that is shown can be seen in its list.
  #light() {
    for (const step of this.querySelectorAll("[data-step]")) {
      const to = this.#place + Number(step.dataset.step);
      const isOver = to < 1 || to > this.#last;
      const button = step.matches("button") ? step : asButton(step);
      button.disabled = isOver;
    }
    const list = this.querySelector(".replay__moments ol");
    const now = list.querySelector("[aria-current]");
    list.scrollTop = now.offsetTop - list.offsetTop - list.clientHeight / 2;
  }
}

function asButton(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.title = link.title;
  button.dataset.step = link.dataset.step;
  button.append(...link.childNodes);
  link.replaceWith(button);
  return button;
}

async function fetched(place) {
  try {
    const answer = await fetch(`?at=${place}&only=board`);
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null;
  }
}

// To the right, unless the page is written from there.
function onward() {
  return document.dir === "rtl" ? -1 : 1;
}

customElements.define("session-replay", SessionReplay);
