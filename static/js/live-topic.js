// <live-topic src="/live/7/"> follows a topic and says on `document` what is to be done. The cursor stands around it,
// as data-epoch and data-serial: whoever fetches the page again brings the next one.
//
//   live:step  {parts, lists}   parts by the id of the element they replace; lists name the ids that an element holds now
//   live:whisper {…}            what is true for a moment only, and kept nowhere
//   room:stale {serial, isOwn}  the page is to be fetched again, unless it was since that serial: that is the snapshot;
//                               isOwn: nothing of it but what is its person's own
//   live:state {mode, why}      "live" | "polling" | "lost" | "over"
//
// A step that begins beyond the cursor, or a beat that is beyond it, means that something was lost, a digest that
// differs that the page has drifted: each has the page fetched. Where a proxy holds streams back, the same address is
// asked every few seconds.
//
// Where data-stamp stands beside the serial, no serial tells of a change: the page says which versions of parts it
// shows, and is told what it lacks. The stamp goes back as it came, so that nothing is drawn while nothing has changed.

const HELLO = 6_000; // a stream that says nothing for so long after opening is held back by something
const EVERY = 3_000;
const TRY_STREAM_AGAIN = 120_000;
const LONGEST = 30_000;
const ENDED = new Set([401, 403, 404, 410]);

class LiveTopic extends HTMLElement {
  #source;
  #silence;
  #again;
  #beat = 15_000;
  #held = 0; // streams in a row that were held back, while the server answered
  #lost = 0; // questions in a row that nobody answered
  #heldSince = 0;
  #drifts = 0;
  #sought; // the serial that a beat told of and no step had brought
  #ends;

  connectedCallback() {
    // A morph may put it aside for a moment, where nothing says what it follows.
    if (!this.closest("[data-serial]")) {
      return;
    }
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    window.addEventListener("online", () => this.#open(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.#source || this.#open(), { signal });
    this.#open();
  }

  disconnectedCallback() {
    this.#ends?.abort();
    this.#close();
  }

  get #cursor() {
    const { epoch, serial } = this.closest("[data-serial]").dataset;
    return { epoch, serial: Number(serial) };
  }

  get #address() {
    const { epoch, serial } = this.#cursor;
    const { stamp } = this.closest("[data-serial]").dataset;
    const src = this.getAttribute("src");
    const shown = stamp === undefined ? "" : `&stamp=${stamp}&shown=${versions(document).join(".")}`;
    return `${src}${src.includes("?") ? "&" : "?"}since=${epoch}.${serial}${shown}`;
  }

  #close() {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#silence);
    clearTimeout(this.#again);
  }

  #open() {
    this.#close();
    const source = new EventSource(this.#address);
    this.#source = source;
    source.addEventListener("hello", ({ data }) => this.#welcome(JSON.parse(data)));
    source.addEventListener("step", ({ data }) => this.#take(JSON.parse(data)));
    source.addEventListener("whisper", ({ data }) => whisper(JSON.parse(data)));
    source.addEventListener("beat", ({ data }) => this.#compare(JSON.parse(data)));
    source.addEventListener("over", ({ data }) => this.#end(JSON.parse(data)));
    source.addEventListener("error", () => this.#lose());
    this.#listen(HELLO);
  }

  // EventSource would come back with the address it began with: we come back with the cursor of the page.
  #lose() {
    this.#close();
    this.#held += 1;
    this.#heldSince ||= Date.now();
    this.#ask();
  }

  #listen(patience) {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lose(), patience);
  }

  #welcome({ epoch, beat }) {
    this.#held = 0;
    this.#heldSince = 0;
    this.#beat = beat * 1000;
    this.#listen(this.#beat * 2.5);
    this.#say("live");
    if (epoch !== this.#cursor.epoch) {
      this.#stale();
    }
  }

  #take({ since, to, parts = {}, lists = {}, stale, snapshot, mine }) {
    this.#listen(this.#beat * 2.5);
    const { serial } = this.#cursor;
    if (snapshot) {
      this.#stale();
      return;
    }
    if (to < serial || (to === serial && since !== to)) {
      return;
    }
    if (stale || since > serial) {
      this.#stale(to);
    } else if (since < serial && serial < to) {
      this.#catchUp();
    } else {
      this.#apply(to, { parts, lists, mine });
    }
  }

  #apply(to, { parts, lists, mine }) {
    document.dispatchEvent(new CustomEvent("live:step", { detail: { parts, lists } }));
    this.closest("[data-serial]").dataset.serial = to;
    if (mine) {
      this.#stale(to, true);
    }
  }

  // A step tells what differs from where it begins. A page that is inside of it asks for what it misses itself.
  async #catchUp() {
    try {
      const response = await fetch(this.#address, { signal: this.#ends.signal });
      if (response.ok && !response.redirected) {
        this.#take(await response.json());
      }
    } catch {
      // The next step or beat is beyond the cursor, and then the page is fetched.
    }
  }

  // A stream keeps its order: a beat from beyond the cursor comes after a step that was lost, or that is being fetched.
  #compare({ to, digest }) {
    this.#listen(this.#beat * 2.5);
    if (to > this.#cursor.serial && to !== this.#sought) {
      this.#sought = to;
      this.#stale(to);
    }
    if (digest === undefined || to !== this.#cursor.serial || digest === digestOf(document)) {
      this.#drifts = 0;
      return;
    }
    this.#drifts += 1;
    if (this.#drifts <= 2) {
      this.#stale();
    }
  }

  #stale(serial, isOwn = false) {
    document.dispatchEvent(new CustomEvent("room:stale", { detail: { serial, isOwn } }));
  }

  async #ask() {
    try {
      const { signal } = this.#ends;
      const response = await fetch(this.#address, { headers: { Accept: "application/json" }, signal });
      if (response.redirected || ENDED.has(response.status)) {
        this.#over();
        return;
      }
      if (!response.ok) {
        throw new Error(`${response.status}`);
      }
      this.#lost = 0;
      const told = await response.json();
      this.#take(told);
      for (const each of told.whispers ?? []) {
        whisper(each);
      }
      if (told.stamp !== undefined) {
        this.closest("[data-serial]").dataset.stamp = told.stamp;
      }
    } catch {
      this.#lost += 1;
    }
    if (this.isConnected) {
      this.#goOn();
    }
  }

  #goOn() {
    clearTimeout(this.#silence);
    if (this.#lost > 0) {
      this.#say("lost");
      this.#wait(Math.min(EVERY * 2 ** (this.#lost - 1), LONGEST), () => this.#ask());
    } else if (this.#held < 3 || Date.now() - this.#heldSince > TRY_STREAM_AGAIN) {
      this.#heldSince = 0;
      this.#wait(EVERY / 6, () => this.#open());
    } else {
      this.#say("polling");
      this.#wait(EVERY, () => this.#ask());
    }
  }

  #wait(pause, then) {
    clearTimeout(this.#again);
    this.#again = setTimeout(then, pause * (0.8 + Math.random() * 0.4));
  }

  // Whose part in it has changed sees another page, and follows it from there.
  #end({ why }) {
    this.#stale();
    if (why === "gone") {
      this.#over();
    } else {
      this.#close();
      this.#wait(EVERY / 6, () => this.#open());
    }
  }

  #over() {
    this.#close();
    this.#say("over");
    this.#ends.abort();
  }

  #say(mode) {
    this.dataset.mode = mode;
    document.dispatchEvent(new CustomEvent("live:state", { detail: { mode } }));
  }
}

function whisper(detail) {
  document.dispatchEvent(new CustomEvent("live:whisper", { detail }));
}

function versions(page) {
  return Array.from(page.querySelectorAll("[data-v]"), (part) => part.dataset.v);
}

function digestOf(page) {
  return versions(page).reduce((sum, version) => (sum + Number.parseInt(version, 16)) >>> 0, 0);
}

customElements.define("live-topic", LiveTopic);
