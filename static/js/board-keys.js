// <board-keys> gives the board on its page keys: arrows walk over cards and places, Space picks up and puts down,
// G, N, U, R and / as the help says, Esc puts everything back.
// Single letters act outside of text fields only, and can be switched off (see <board-help>).
// One card of each place is a stop of the Tab key.

const OFF = "board-letters-off";

class BoardKeys extends HTMLElement {
  #ends;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("keydown", (event) => this.#press(event), { signal });
    document.addEventListener("focusin", ({ target }) => this.#rove(target), { signal });
    document.addEventListener("room:changed", ({ detail }) => this.#arrive(detail), { signal });
    this.#settle(this.#regions);
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  // A step names what it brought: only there a place may have no stop, or two.
  #arrive({ parts, lists }) {
    if (!parts) {
      this.#settle(this.#regions);
      return;
    }
    const fresh = parts.map((id) => document.querySelector(`#${id}.note input[type=checkbox]`)).filter(Boolean);
    for (const card of fresh) {
      card.tabIndex = -1;
    }
    const changed = [...lists.map((id) => document.getElementById(id)), ...fresh];
    const regions = new Set(changed.map((each) => each?.closest("[data-region]")).filter(Boolean));
    this.#settle([...regions].filter((region) => !region.querySelector(".note:not([hidden]) input[tabindex='0']")));
  }

  #settle(regions) {
    for (const region of regions) {
      tabTo(cardsIn(region), document.activeElement);
    }
  }

  get #regions() {
    return [...document.querySelectorAll("[data-region]")];
  }

  #press(event) {
    if (isTyping(event.target) || event.altKey || isElsewhere(event)) {
      return;
    }
    const act = this.#act(event);
    if (act) {
      event.preventDefault();
      act();
    }
  }

  #act({ key, ctrlKey, metaKey, target }) {
    if (ctrlKey || metaKey) {
      return null;
    }
    const always = {
      ArrowDown: () => this.#walk(1),
      ArrowUp: () => this.#walk(-1),
      ArrowRight: () => this.#cross(onward()),
      ArrowLeft: () => this.#cross(-onward()),
      Escape: () => document.querySelector("[data-drop]").click(),
      Enter: isCard(target) && (() => target.click()),
    };
    return Object.hasOwn(always, key) ? always[key] : this.#letter(key.toLowerCase());
  }

  #letter(key) {
    const letters = {
      g: () => this.#group(),
      n: () => document.getElementById("bucket-title").focus(),
      u: () => this.#takeOut(),
      r: () => this.#rename(),
      "/": () => document.querySelector("[data-find]").focus(),
    };
    return localStorage.getItem(OFF) === null && Object.hasOwn(letters, key) && letters[key];
  }

  #here() {
    return document.activeElement.closest("[data-region]");
  }

  #walk(step) {
    const region = this.#here() ?? this.#regions[0];
    const stops = stopsIn(region);
    const place = stops.indexOf(document.activeElement);
    stops[place < 0 ? 0 : Math.min(Math.max(place + step, 0), stops.length - 1)]?.focus();
  }

  #cross(step) {
    const regions = this.#regions.filter((region) => stopsIn(region).length > 0);
    const place = regions.indexOf(this.#here());
    const next = regions[place < 0 ? 0 : (place + step + regions.length) % regions.length];
    if (next) {
      stopsIn(next)[0].focus();
    }
  }

  // What is in hand, or else the card that is looked at.
  #pick() {
    const card = document.activeElement;
    if (isCard(card) && document.querySelectorAll(".note :checked").length === 0) {
      card.click();
    }
  }

  #group() {
    this.#pick();
    document.dispatchEvent(new CustomEvent("board:group-with"));
  }

  #takeOut() {
    this.#pick();
    if (document.querySelector(".bucket .note :checked")) {
      document.querySelector("[data-out]").click();
    }
  }

  #rename() {
    const menu = this.#here()?.querySelector(".bucket__menu");
    if (menu) {
      menu.open = true;
      menu.querySelector("[name=title]").select();
    }
  }

  #rove(target) {
    if (isCard(target)) {
      tabTo(cardsIn(target.closest("[data-region]")), target);
    }
  }
}

function cardsIn(region) {
  return [...region.querySelectorAll(".note:not([hidden]) input[type=checkbox]")];
}

function stopsIn(region) {
  const isHeld = document.querySelector(".note :checked") !== null;
  const put = isHeld ? [...region.querySelectorAll("[data-put], [data-out], [data-open]")] : [];
  return [...put.filter((button) => button.checkVisibility()), ...cardsIn(region)];
}

function tabTo(cards, chosen) {
  const stop = cards.includes(chosen) ? chosen : cards[0];
  for (const card of cards) {
    card.tabIndex = card === stop ? 0 : -1;
  }
}

function isCard(element) {
  return element.matches?.(".note input[type=checkbox]");
}

// In a dialog, at what Escape closes, or among choices that arrows go through.
function isElsewhere({ key, target }) {
  const closes = key === "Escape" ? "dialog[open], :popover-open" : "dialog[open]";
  return document.querySelector(closes) !== null || (key.startsWith("Arrow") && target.matches?.("[type=radio]"));
}

function isTyping(element) {
  return element.matches?.("textarea, select, input:not([type=checkbox], [type=radio])");
}

// To the right, unless the page is written from there.
function onward() {
  return document.dir === "rtl" ? -1 : 1;
}

customElements.define("board-keys", BoardKeys);
