// Brings the room up to date in place. `room:fresh` {html, url, status, isAnswer, isView} is a page that holds a new
// #room and new #toasts: the answer to what was sent, or another view that was asked for. `room:stale` {serial} asks
// for one (several at once are one request, none while something is sent, and none where the page that was fetched last is
// of that serial already).
// An older page never replaces a newer one: #room says its data-serial and data-epoch.
// Says `room:taken` {html, status, isView} of a whole page that was not, `room:changed` {status, isAnswer} afterwards, and
// `room:uprooted` {texts} for words whose form is no more.
//
// To a page that follows the stream the server may answer with what is its person's own alone (held-parts.js). Its parts
// then come by the stream, and only when they are as new as the answer is it told as one: {status, isAnswer, parts: [],
// isOwn}. Should they not come, or should anything differ, the whole room is asked for.
//
// <body data-behind>: something was asked for that is not shown yet.

const JITTER = 300;
const PATIENCE = 2_000;
const LONGEST_PAUSE = 30_000;
const GONE = new Set([404, 410]);

function take({ html, url, status = 200, isAnswer = false, isView = false }) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("room");
  const old = document.getElementById("room");
  takeToasts(page, isAnswer);
  if (!fresh) {
    return;
  }
  if (isOlder(fresh, old)) {
    askAgain(page, old);
    return;
  }
  if (page.body.hasAttribute("data-is-own")) {
    takeOwn(page, fresh, old, { status, isAnswer });
    return;
  }
  if (isAnswer && status === 200 && location.search && new URL(url).search !== location.search) {
    // The answer is the room as anybody opens it, and we have something open: ask for it as it stands here.
    ask();
    return;
  }
  whole = Number(fresh.dataset.serial);
  own = whole;
  catchUp();
  morph(page, fresh, old, { mayOpen: status === 422 || isView, isView });
  say("room:taken", { html, status, isView });
  say("room:changed", { status, isAnswer: isAnswer || answer !== undefined });
  answer = undefined;
  clearTimeout(patience);
}

function takeOwn(page, fresh, old, { status, isAnswer }) {
  const serial = Number(fresh.dataset.serial);
  if (isAnswer) {
    answer = { status, serial };
  }
  if (!isSame(fresh, old) || !window.keepParts(fresh, old)) {
    ask();
    return;
  }
  own = serial;
  catchUp();
  // How far the parts are says the page that has them.
  fresh.dataset.serial = old.dataset.serial;
  morph(page, fresh, old, {});
  say("room:changed", { status, isAnswer: false, parts: [], lists: [], isOwn: true });
  settle();
}

function morph(page, fresh, old, { mayOpen = false, isView = false }) {
  document.title = page.title || document.title;
  for (const texts of window.morphKept(old, fresh, { mayOpen })) {
    if (!isView) {
      say("room:uprooted", { texts });
    }
  }
}

function settle() {
  const { serial } = document.getElementById("room").dataset;
  clearTimeout(patience);
  if (answer && Number(serial) >= answer.serial) {
    const { status } = answer;
    answer = undefined;
    say("room:changed", { status, isAnswer: true, parts: [], lists: [], isOwn: true });
  } else if (answer) {
    patience = setTimeout(ask, PATIENCE);
  }
}

// What others did meanwhile has overtaken it.
function askAgain(page, old) {
  if (document.body.hasAttribute("data-behind")) {
    ask({ serial: Number(old.dataset.serial), isOwn: page.body.hasAttribute("data-is-own") });
  }
}

function catchUp() {
  document.body.toggleAttribute("data-behind", wanted > whole || wantedOwn > own);
}

function isSame(fresh, old) {
  return ["epoch", "person", "stage", "audience"].every((name) => fresh.dataset[name] === old.dataset[name]);
}

function isOlder(fresh, old) {
  const isSameLine = fresh.dataset.epoch === old.dataset.epoch && fresh.dataset.person === old.dataset.person;
  return isSameLine && Number(fresh.dataset.serial) < Math.max(Number(old.dataset.serial), own);
}

function takeToasts(page, isAnswer) {
  const shown = document.getElementById("toasts");
  const said = [...(page.getElementById("toasts")?.querySelectorAll(":scope > .toast") ?? [])];
  if (said.length > 0 || isAnswer) {
    for (const toast of shown.querySelectorAll(":scope > .toast[data-read]")) {
      toast.remove();
    }
  }
  shown.append(...said);
}

let timer;
let isSending = false;
let isAsking = false;
let whole = Number(document.getElementById("room").dataset.serial); // of the page as it came, before any step
let own = whole; // of what is one's own
let wanted = whole;
let wantedOwn = own;
let failures = 0; // of fetching, one after the other
let answer; // what is still to be told as one
let patience;

function ask({ serial = Number.POSITIVE_INFINITY, isOwn = false } = {}) {
  if (isOwn) {
    wantedOwn = Math.max(wantedOwn, serial);
  } else {
    wanted = Math.max(wanted, serial);
  }
  if (wanted > whole || wantedOwn > own) {
    document.body.toggleAttribute("data-behind", true);
  }
  fetchSoon();
}

function fetchSoon() {
  clearTimeout(timer);
  const pause = failures > 0 ? Math.min(1000 * 2 ** failures, LONGEST_PAUSE) : 0;
  timer = setTimeout(fetchRoom, pause + Math.random() * JITTER);
}

async function fetchRoom() {
  if ((wanted <= whole && wantedOwn <= own) || isSending || isAsking) {
    return;
  }
  const headers = wanted > whole ? {} : window.heldParts?.();
  const sought = [wanted, wantedOwn];
  wanted = whole;
  wantedOwn = own;
  isAsking = true;
  const asked = location.href;
  try {
    const response = await fetch(asked, { headers, signal: AbortSignal.timeout(20_000) });
    if (location.href !== asked) {
      // Another view was opened meanwhile, and this page would close it.
      ask();
    } else if (response.ok || GONE.has(response.status)) {
      failures = 0;
      await read(response);
    } else {
      want(...sought);
    }
  } catch {
    want(...sought);
  } finally {
    isAsking = false;
  }
  if (wanted > whole || wantedOwn > own) {
    fetchSoon();
  }
}

// Nobody says again that the room is stale while the stream goes on.
function want(serial, ownSerial) {
  failures += 1;
  wanted = Math.max(wanted, serial);
  wantedOwn = Math.max(wantedOwn, ownSerial);
}

async function read(response) {
  if (GONE.has(response.status)) {
    say("room:gone", {});
  } else if (response.ok && new URL(response.url).pathname === location.pathname) {
    const html = await response.text();
    if (isStranger(html)) {
      location.reload();
    } else {
      say("room:fresh", { html, url: response.url, status: 200 });
    }
  }
}

function isStranger(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("room");
  return Boolean(fresh) && fresh.dataset.person !== document.getElementById("room").dataset.person;
}

function say(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

document.addEventListener("room:fresh", ({ detail }) => take(detail));
document.addEventListener("room:stale", ({ detail }) => ask(detail ?? {}));
// The cursor of the page is set once the step has been told.
document.addEventListener("live:step", () => queueMicrotask(settle));
// Whichever page comes first brings what the server has to say: the answer that follows has not read it.
function readToasts() {
  for (const toast of document.querySelectorAll("#toasts > .toast")) {
    toast.toggleAttribute("data-read", true);
  }
}

document.addEventListener("outbox:state", ({ detail }) => {
  if (detail.isSending && !isSending) {
    readToasts();
  }
  isSending = detail.isSending;
  fetchRoom();
});
window.addEventListener("online", () => ask());
