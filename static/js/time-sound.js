// <time-sound><button aria-pressed="false">Sound at the end</button></time-sound>: a short tone on `time:over`.
// Off until somebody presses it on this device, which remembers. Pressing it lets one hear what will come; a browser
// makes no sound before somebody has touched its page, so after a reload the first touch readies it.

const KEY = "mdd-time-sound";
const TONES = [
  [660, 0],
  [880, 0.18],
];

let audio;

function ready() {
  audio ??= new AudioContext();
  return audio.state === "running" ? Promise.resolve() : audio.resume();
}

async function sound() {
  await ready();
  for (const [pitch, delay] of TONES) {
    const begins = audio.currentTime + delay;
    const tone = new OscillatorNode(audio, { frequency: pitch });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.linearRampToValueAtTime(0.2, begins + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.5);
    tone.connect(volume).connect(audio.destination);
    tone.start(begins);
    tone.stop(begins + 0.5);
  }
}

class TimeSound extends HTMLElement {
  #ends;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    this.addEventListener("click", () => this.#turn(), { signal });
    document.addEventListener("time:over", () => this.#isOn && sound(), { signal });
    document.addEventListener("pointerdown", () => this.#isOn && ready(), { signal, once: true });
    document.addEventListener("keydown", () => this.#isOn && ready(), { signal, once: true });
    this.#show();
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  get #isOn() {
    return localStorage.getItem(KEY) === "on";
  }

  #turn() {
    localStorage.setItem(KEY, this.#isOn ? "off" : "on");
    this.#show();
    if (this.#isOn) {
      sound();
    }
  }

  #show() {
    this.querySelector("button")?.setAttribute("aria-pressed", this.#isOn);
  }
}

customElements.define("time-sound", TimeSound);
