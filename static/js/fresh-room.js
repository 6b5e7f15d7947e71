// Brings the room up to date in place. `room:fresh` {html, url, status, isAnswer, isView} is a page that holds a new
// #room and new #toasts: the answer to what was sent, or another view that was asked for. `room:stale` {serial} asks
// for one (several at once are one request, none while something is sent, and none where the page that was fetched last is
// of that serial already).
// An older page never replaces a newer one: #room says its data-serial and data-epoch.
// Says `room:changed` {status, isAnswer} afterwards, and `room:uprooted` {texts} for words whose form is no more.

const JITTER = 300;

function take({ html, url, status = 200, isAnswer = false, isView = false }) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("room");
  const old = document.getElementById("room");
  takeToasts(page, isAnswer);
  if (!fresh || isOlder(fresh, old)) {
    return;
  }
  if (isAnswer && status === 200 && location.search && new URL(url).search !== location.search) {
    // The answer is the room as anybody opens it, and we have something open: ask for it as it stands here.
    ask();
    return;
  }
  whole = Number(fresh.dataset.serial);
  document.title = page.title || document.title;
  for (const texts of window.morphKept(old, fresh, { mayOpen: status === 422 || isView })) {
    if (!isView) {
      say("room:uprooted", { texts });
    }
  }
  say("room:changed", { status, isAnswer });
}

function isOlder(fresh, old) {
  const isSameLine = fresh.dataset.epoch === old.dataset.epoch && fresh.dataset.person === old.dataset.person;
  return isSameLine && Number(fresh.dataset.serial) < Number(old.dataset.serial);
}

function takeToasts(page, isAnswer) {
  const shown = document.getElementById("toasts");
  const said = [...(page.getElementById("toasts")?.querySelectorAll(":scope > .toast") ?? [])];
  if (said.length > 0 || isAnswer) {
    for (const toast of shown.querySelectorAll(":scope > .toast")) {
      toast.remove();
    }
  }
  shown.append(...said);
}

let timer;
let isSending = false;
let isAsking = false;
let whole = Number(document.getElementById("room").dataset.serial); // of the page as it came, before any step
let wanted = whole;

function ask({ serial = Number.POSITIVE_INFINITY } = {}) {
  wanted = Math.max(wanted, serial);
  clearTimeout(timer);
  timer = setTimeout(fetchRoom, Math.random() * JITTER);
}

async function fetchRoom() {
  if (wanted <= whole || isSending || isAsking) {
    return;
  }
  wanted = whole;
  isAsking = true;
  try {
    await read(await fetch(location.href, { signal: AbortSignal.timeout(20_000) }));
  } catch {
    // Offline, or cut in the middle: whoever said that the room is stale says so again after the next connection.
  } finally {
    isAsking = false;
  }
  if (wanted > whole) {
    ask({ serial: wanted });
  }
}

async function read(response) {
  if (response.status === 404 || response.status === 410) {
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
document.addEventListener("outbox:state", ({ detail }) => {
  isSending = detail.isSending;
  fetchRoom();
});
window.addEventListener("online", () => ask());
