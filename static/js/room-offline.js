// Keeps the room for a reload without a network, where the browser allows it (HTTPS, localhost); elsewhere says
// `room:fragile` and warns before the page is left while something is unsent. Leaving the workshop for good, by signing
// out, a [data-leaves-room], or because it is no more, wipes what this device holds of it; unsent things are asked about.
// <room-offline data-worker data-sign-out> names the addresses of both; data-ask and data-ask-gone are "{count} …".

const CACHE = "mdd-rooms";
const STATIC = "mdd-static";
const REST = 2_000;
const MARKS =
  `data-sending data-behind data-holding data-dragging data-taking data-mode data-holder aria-description state
  fragile ready`.split(/\s+/);
const isSafe = "serviceWorker" in navigator && "caches" in window;

let waiting = 0;

class RoomOffline extends HTMLElement {
  #ends;
  #isAsked = false;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    document.addEventListener("submit", (event) => this.#leave(event, event.target), { signal, capture: true });
    document.addEventListener("click", (event) => this.#leave(event, event.target.closest?.("a")), {
      signal,
      capture: true,
    });
    document.addEventListener("room:gone", () => this.#lose(), { signal });
    document.addEventListener("room:taken", ({ detail }) => keepPage(detail), { signal });
    document.addEventListener("room:changed", ({ detail }) => detail.isOwn && keepSoon(), { signal });
    window.addEventListener("beforeunload", (event) => !isSafe && waiting > 0 && event.preventDefault(), { signal });
    this.#register().catch(() => {
      if (!navigator.serviceWorker?.controller) {
        document.dispatchEvent(new CustomEvent("room:fragile"));
      }
    });
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  // Rejects where no page can be kept, or the worker cannot be fetched now.
  async #register() {
    await navigator.serviceWorker.register(this.dataset.worker, { scope: "/" });
    await navigator.serviceWorker.ready;
    await keepStatic();
    const kept = await (await caches.open(CACHE)).match(location.pathname);
    if (kept?.headers.get("MDD-Person") !== document.getElementById("room").dataset.person) {
      const response = await fetch(location.pathname);
      await keepPage({ html: await response.clone().text(), status: response.status }, response);
    }
    this.toggleAttribute("ready", true);
  }

  async #leave(event, element) {
    const isSignOut = element?.matches?.("form") && pathOf(element.action) === this.dataset.signOut;
    if (!isSignOut && !element?.matches?.("[data-leaves-room]")) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.#agrees(this.dataset.ask)) {
      await wipe();
      if (element.matches("form")) {
        HTMLFormElement.prototype.submit.call(element);
      } else {
        location.assign(element.href);
      }
    }
  }

  async #lose() {
    if (this.#isAsked) {
      return;
    }
    this.#isAsked = true;
    if (this.#agrees(this.dataset.askGone)) {
      await wipe();
      location.reload();
    }
  }

  #agrees(question) {
    const count = unsent();
    return count === 0 || window.confirm(question.replace("{count}", count));
  }
}

function pathOf(url) {
  return new URL(url, location.href).pathname;
}

// What waits in the outbox, what is half written, and what was given back.
function unsent() {
  const { person, workshop } = document.getElementById("room").dataset;
  const drafts = Object.keys(localStorage).filter((key) => key.startsWith(`mdd:draft:${person}:${workshop}:`));
  const returned = JSON.parse(localStorage.getItem(`mdd:unsent:${person}:${workshop}`) ?? "[]");
  return waiting + drafts.length + returned.length;
}

async function keepStatic() {
  const cache = await caches.open(STATIC);
  const urls = performance.getEntriesByType("resource").map(({ name }) => name);
  for (const url of new Set(urls.filter((each) => new URL(each).pathname.startsWith("/static/")))) {
    if (!(await cache.match(url))) {
      await cache.add(url);
    }
  }
}

// The page as it was last: a reload without a network then shows what has been answered since it was opened.
async function keepPage({ html, status = 200, isView = false }, response) {
  if (!isSafe || status !== 200 || isView || !html.includes('id="room"')) {
    return;
  }
  const cache = await caches.open(CACHE);
  const { headers } = response ?? (await cache.match(location.pathname)) ?? {};
  if (headers) {
    await cache.put(location.pathname, new Response(html, { headers }));
  }
}

let soon;

// An answer that holds what is one's own alone is no page: then the page is kept as it stands, once there is some rest,
// or at once when the network goes or the page is left.
function keepSoon() {
  clearTimeout(soon);
  soon = setTimeout(keepNow, REST);
}

function keepNow() {
  clearTimeout(soon);
  soon = undefined;
  keepPage({ html: asItStands() });
}

function keepWaiting() {
  if (soon !== undefined) {
    keepNow();
  }
}

// Without what scripts have set, and set again when the page is opened.
function asItStands() {
  const page = document.documentElement.cloneNode(true);
  for (const name of MARKS) {
    for (const element of page.querySelectorAll(`[${name}]`)) {
      element.removeAttribute(name);
    }
  }
  for (const element of page.querySelectorAll("dialog[open]")) {
    element.removeAttribute("open");
  }
  page.querySelector("#toasts").replaceChildren(...page.querySelectorAll("#toasts > template"));
  return `<!DOCTYPE html>${page.outerHTML}`;
}

// Whoever keeps something adds a promise to `waits`.
async function wipe() {
  const waits = isSafe ? [caches.open(CACHE).then((cache) => cache.delete(location.pathname))] : [];
  document.dispatchEvent(new CustomEvent("room:wipe", { detail: { waits } }));
  await Promise.allSettled(waits);
}

document.addEventListener("outbox:state", ({ detail }) => {
  waiting = detail.waiting;
});
document.addEventListener("visibilitychange", () => document.hidden && keepWaiting());
window.addEventListener("offline", keepWaiting);

customElements.define("room-offline", RoomOffline);
