// <thought-lint data-bare="…" data-stuck="…" data-known="“{metric}” …"> inside a composer says a hint about the line that is
// being typed; nothing is asked of the server, and nothing is held back.
//
//   known   the squad has a metric of this name already (the names stand in the <ul> inside; guests are sent none)
//   stuck   a yes or no that moves only once
//   bare    a few words that neither ask nor say anything
//
// What counts as a word that asks, says, joins or moves comes from the server, in its language: data-asks and so on.

const PAUSE = 500;
const FEW = 3;
const KINDS = {
  "?": "question",
  "#": "metric",
  "!": "hunch",
  '"': "evidence",
  "“": "evidence",
  "„": "evidence",
  "«": "evidence",
};
const BULLET = /^(?:[-*•–·]|\d{1,3}[.)])\s+/;

class ThoughtLint extends HTMLElement {
  #ends;
  #timer;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    this.closest("form").addEventListener("input", () => this.#wait(PAUSE), { signal });
    document.addEventListener("outbox:put", () => this.#wait(0), { signal });
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#ends.abort();
  }

  #wait(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), pause);
  }

  #look() {
    const thought = read(lineIn(this.closest("form").elements.text), this.#chosen);
    const metric = this.#names.find((name) => plain(name) === plain(thought.text));
    const listed = (name) => (this.dataset[name] ?? "").split(" ");
    const found = metric ? "known" : problem(thought, listed);
    const words = found ? this.dataset[found].replace("{metric}", metric) : "";
    const shown = this.querySelector("p");
    if (shown.textContent !== words) {
      shown.textContent = words;
    }
  }

  get #chosen() {
    return this.closest("form").elements.kind?.value ?? "";
  }

  get #names() {
    return Array.from(this.querySelectorAll("li"), (name) => name.textContent.trim());
  }
}

// The line in which somebody types.
function lineIn({ value, selectionStart }) {
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  return value.slice(start).split("\n", 1)[0];
}

function read(line, chosen) {
  const bare = line.trim().replace(BULLET, "");
  const sign = KINDS[bare[0]];
  const text = sign ? bare.slice(1).trim() : bare;
  return { text, kind: sign ?? (chosen || (text.endsWith("?") ? "question" : "hunch")) };
}

function problem({ text, kind }, listed) {
  const words = wordsOf(text);
  const has = (name) => words.some((word) => isIn(word, listed(name), listed("endings")));
  if (words.length === 0 || kind === "evidence") {
    return "";
  }
  if (listed("yesNo").includes(words[0])) {
    return words.length > 2 && !has("moves") ? "stuck" : "";
  }
  const isShort = words.length <= FEW && !/\d|%/.test(text);
  return isShort && !text.endsWith("?") && !has("asks") && !has("says") && !has("joins") ? "bare" : "";
}

function isIn(word, list, endings) {
  return (
    list.includes(word) || endings.some((end) => word.endsWith(end) && list.includes(`${word.slice(0, -end.length)}…`))
  );
}

function wordsOf(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}'’%]+/gu) ?? [];
}

function plain(text) {
  return wordsOf(text).join(" ");
}

customElements.define("thought-lint", ThoughtLint);
