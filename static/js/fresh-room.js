// Brings the room up to date in place. `room:fresh` {html, url, status, isAnswer, isView} is a page that holds a new
// #room and new #toasts: the answer to what was sent, or another view that was asked for. `room:stale` {serial} asks
// for one (several at once are one request, and none while something is sent).
//
// What somebody is at stays: a form with typed words is left alone, ticks, choices, open <details>, focus, caret and
// scroll as well. What has been sent and answered is theirs no more: there the fresh page counts.
// An older page never replaces a newer one: #room says its data-serial and data-epoch.
// Elements that draw their inside themselves (data-own, and those in OWN) get new attributes only.
// Says `room:changed` {status, isAnswer} afterwards, and `room:uprooted` {texts} for words whose form is no more.

const OWN = "time-box, relative-time, copy-text, metric-chart, toast-list, [data-own]";
const TEXTUAL = "textarea, input:is([type=text], [type=search], [type=url], [type=email], [type=date], :not([type]))";
const JITTER = 300;

// Values as they were when their form was sent; `answered` holds those that the server has answered for.
const sent = new Map();
const answered = new WeakMap();

function stateOf(field) {
  return field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value;
}

function defaultOf(field) {
  if (field.matches("[type=checkbox], [type=radio]")) {
    return field.defaultChecked;
  }
  if (field.matches("select")) {
    return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
  }
  return field.defaultValue;
}

function isTouched(field) {
  const state = stateOf(field);
  return state !== defaultOf(field) && answered.get(field) !== state;
}

function holdsWords(form) {
  return [...form.elements].some((field) => field.matches(TEXTUAL) && isTouched(field));
}

function actionOf(form) {
  return new URL(form.getAttribute("action") ?? "", location).pathname;
}

function morphNode(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    return true;
  }
  if (old.matches(OWN) && fresh.matches(OWN)) {
    copyAttributes(old, fresh);
    return false;
  }
  if (old.matches("form")) {
    return !(holdsWords(old) && actionOf(old) === actionOf(fresh));
  }
  if (old.matches("[type=checkbox], [type=radio]") && (old.value !== fresh.value || old.name !== fresh.name)) {
    old.checked = old.defaultChecked;
  }
  return true;
}

// The morpher puts an element on the page before what is in it: it begins once more when it is whole.
function reconnect(node) {
  if (node.localName?.includes("-")) {
    node.replaceWith(node);
  }
}

function copyAttributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) {
      old.setAttribute(name, value);
    }
  }
}

// `held` are the fields that somebody has touched: known before, as the morph itself changes what they compare with.
function updateAttribute(mayOpen, held) {
  return (name, element, change) => {
    if (name === "open" && element.matches("details, dialog")) {
      return mayOpen && change === "update";
    }
    if (name === "checked" || name === "value") {
      return element.type === "hidden" || !held.has(element);
    }
    return !(name === "selected" && held.has(element.closest("select")));
  };
}

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
  document.title = page.title || document.title;
  const written = [...old.querySelectorAll("form[data-posts]")]
    .filter(holdsWords)
    .map((form) => [form, actionOf(form)]);
  const held = new Set([...old.querySelectorAll("input, select, textarea")].filter(isTouched));
  const words = new Map(written.map(([form]) => [form, wordsIn(form)]));
  window.Idiomorph.morph(old, fresh, {
    morphStyle: "outerHTML",
    callbacks: {
      afterNodeAdded: reconnect,
      beforeNodeMorphed: morphNode,
      beforeAttributeUpdated: updateAttribute(status === 422 || isView, held),
    },
  });
  const uprooted = written.filter(([form, action]) => !form.isConnected || actionOf(form) !== action);
  for (const [form] of isView ? [] : uprooted) {
    say("room:uprooted", { texts: words.get(form) });
  }
  say("room:changed", { status, isAnswer });
}

function wordsIn(form) {
  return [...form.elements].filter((field) => field.matches(TEXTUAL) && isTouched(field)).map((field) => field.value);
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
let isWanted = false;
let isAsking = false;

function ask({ serial } = {}) {
  const { dataset } = document.getElementById("room");
  if (serial !== undefined && Number(dataset.serial) >= Number(serial)) {
    return;
  }
  isWanted = true;
  clearTimeout(timer);
  timer = setTimeout(fetchRoom, Math.random() * JITTER);
}

async function fetchRoom() {
  if (!isWanted || isSending || isAsking) {
    return;
  }
  isWanted = false;
  isAsking = true;
  try {
    await read(await fetch(location.href, { signal: AbortSignal.timeout(20_000) }));
  } catch {
    // Offline, or cut in the middle: whoever said that the room is stale says so again after the next connection.
  } finally {
    isAsking = false;
  }
  if (isWanted) {
    ask();
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

function remember({ item, form }) {
  sent.set(item.id, new Map([...form.elements].map((field) => [field, stateOf(field)])));
}

function letGo({ item, status }) {
  for (const [field, state] of sent.get(item.id) ?? []) {
    answered.set(field, state);
    if (status !== 422 && !isTouched(field)) {
      field.closest("details")?.removeAttribute("open");
    }
  }
  sent.delete(item.id);
}

function say(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

document.addEventListener("room:fresh", ({ detail }) => take(detail));
document.addEventListener("room:stale", ({ detail }) => ask(detail ?? {}));
document.addEventListener("outbox:kept", ({ detail }) => remember(detail));
for (const name of ["outbox:done", "outbox:refused", "outbox:returned"]) {
  // Before the fresh page comes, which the same event brings.
  document.addEventListener(name, ({ detail }) => letGo(detail), { capture: true });
}
document.addEventListener("outbox:state", ({ detail }) => {
  isSending = detail.isSending;
  fetchRoom();
});
window.addEventListener("online", () => ask());
