// The outbox of the room: what somebody does is kept in IndexedDB first and then sent, in order, one at a time for a
// person and workshop, whatever tab it came from. It stays until the server has answered for it, over reloads and
// days offline; the server does each operation once, so that asking twice is harmless.
//
// Hears `outbox:put` {item, form, submitter} and says
//   outbox:kept {item, form} | outbox:unkept {item, form, submitter}   it is on this device, or cannot be kept here
//   outbox:send {item, settle}                                   whoever sends calls settle({kind, …})
//   outbox:done {item} | outbox:refused {item} | outbox:returned {item, status, why}
//   outbox:list {items} and outbox:state {waiting, online, isSending, isSignedOut}
// Kinds of answers: done, refused (asked again), returned (never to be done), later, signed-out, stranger.

const LONGEST = 10_000;
const room = () => document.getElementById("room").dataset;
const scope = () => `${room().person}|${room().workshop}`;
const channel = new BroadcastChannel("mdd-room");

let opened;
let timer;
let fails = 0;
let isDraining = false;
let isAskedAgain = false;
let isSignedOut = false;
let isSending = false;
let puts = 0; // what is on its way to the disk

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("mdd-room", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true }).createIndex("scope", "scope");
      request.result.createObjectStore("leases", { keyPath: "scope" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

// Resolves with what `work` hands to its second argument, once that is safely on the disk.
async function within(name, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, "readwrite", { durability: "strict" });
    let found;
    transaction.oncomplete = () => resolve(found);
    transaction.onabort = () => reject(transaction.error);
    work(transaction.objectStore(name), (result) => {
      found = result;
    });
  });
}

function list() {
  return within("outbox", (store, give) => {
    store.index("scope").getAll(scope()).onsuccess = ({ target }) => give(target.result);
  });
}

function keep(item) {
  return within("outbox", (store, give) => {
    store.index("scope").getAll(item.scope).onsuccess = ({ target }) => {
      const last = target.result.findLast((other) => other.url === item.url);
      const isNew = item.repeats || !last || !isSame(last, item);
      give(isNew);
      if (isNew) {
        store.add(item);
      }
    };
  });
}

function isSame(one, other) {
  const bare = ({ url, fields }) => JSON.stringify([url, fields.filter(([name]) => name !== "operation")]);
  return bare(one) === bare(other);
}

function remove({ seq }) {
  return within("outbox", (store) => store.delete(seq));
}

async function put({ item, form, submitter }) {
  puts += 1;
  try {
    await keep({ ...item, scope: scope() });
  } catch {
    say("outbox:unkept", { item, form, submitter });
    return;
  } finally {
    puts -= 1;
  }
  say("outbox:kept", { item, form });
  channel.postMessage({ scope: scope(), kind: "kept" });
  await tell();
  drain();
}

async function drain() {
  clearTimeout(timer);
  isAskedAgain = isDraining;
  if (isDraining) {
    return;
  }
  isDraining = true;
  try {
    await alone(sendAll);
  } finally {
    isDraining = false;
    await tell();
  }
  if (isAskedAgain) {
    drain();
  }
}

// One tab sends at a time: by a lock, or on plain HTTP, where there are none, by a lease in the database.
async function alone(work) {
  if (navigator.locks) {
    await navigator.locks.request(`mdd-outbox:${scope()}`, work);
  } else if (await lease()) {
    const renewal = setInterval(lease, 5_000);
    await work().finally(() => clearInterval(renewal));
    await within("leases", (store) => store.delete(scope()));
  } else {
    wait();
  }
}

const tab = crypto.getRandomValues(new Uint32Array(2)).join("-");

function lease() {
  return within("leases", (store, give) => {
    store.get(scope()).onsuccess = ({ target }) => {
      const isOurs = !target.result || target.result.tab === tab || target.result.until < Date.now();
      give(isOurs);
      if (isOurs) {
        store.put({ scope: scope(), tab, until: Date.now() + 15_000 });
      }
    };
  });
}

async function sendAll() {
  isSending = true;
  try {
    await sendEach();
  } finally {
    isSending = false;
  }
}

async function sendEach() {
  for (let items = await list(); items.length > 0; items = await list()) {
    await tell();
    const answer = await new Promise((settle) =>
      say("outbox:send", { item: items[0], isLast: items.length === 1, settle }),
    );
    if (!(await settle(items[0], answer))) {
      return;
    }
  }
  fails = 0;
}

async function settle(item, answer) {
  isSignedOut = answer.kind === "signed-out";
  if (["later", "signed-out", "stranger"].includes(answer.kind)) {
    fails += 1;
    wait(answer.after);
    return false;
  }
  fails = 0;
  if (answer.kind === "done") {
    await remove(item);
    say("outbox:done", { item, ...answer });
  } else {
    // What was typed is given back before it is let go of here.
    say(`outbox:${answer.kind}`, { item, ...answer });
    await remove(item);
  }
  channel.postMessage({ scope: scope(), kind: "sent", item });
  await tell();
  return true;
}

function wait(after = 0) {
  const pause = Math.max(Math.min(1_000 * 2 ** fails, LONGEST) * (0.75 + Math.random() / 2), after);
  clearTimeout(timer);
  timer = setTimeout(drain, pause);
}

async function tell() {
  const items = await list();
  document.body.toggleAttribute("data-sending", items.length + puts > 0);
  const online = navigator.onLine && (fails === 0 || isSignedOut);
  say("outbox:list", { items });
  say("outbox:state", { waiting: items.length, online, isSending: isSending && fails === 0, isSignedOut });
}

function hear({ data }) {
  if (data.scope !== scope()) {
    return;
  }
  tell();
  if (data.kind === "sent") {
    say("outbox:done", { item: data.item });
    say("room:stale", {});
  } else {
    // Should that tab be closed before it has sent.
    setTimeout(drain, LONGEST);
  }
}

async function wipe() {
  await within("outbox", (store) => {
    store.index("scope").openKeyCursor(scope()).onsuccess = ({ target: { result: cursor } }) => {
      if (cursor) {
        store.delete(cursor.primaryKey);
        cursor.continue();
      }
    };
  });
  await tell();
}

function say(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

channel.addEventListener("message", hear);
document.addEventListener("outbox:put", ({ detail }) => put(detail));
document.addEventListener("room:wipe", ({ detail }) => detail.waits.push(wipe()));
document.addEventListener("room:changed", () => tell());
document.addEventListener("visibilitychange", () => document.hidden || drain());
window.addEventListener("online", drain);
window.addEventListener("offline", () => tell());
drain();
