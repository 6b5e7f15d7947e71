// Sends one item of the outbox and says what became of it: hears `outbox:send` {item, isLast, settle}.
// The key of the form and the person come from the page as it is now: nobody sends what another one did.
// Only the last of those that wait asks for the page.

const PATIENCE = 30_000;
const FUTILE = 8;

// Whether what was done last is on no page yet.
let isPageOwed = false;

// How often the server has broken over an item, since this page was opened.
const broken = new Map();

async function send({ item, isLast, settle }) {
  let answer = { kind: "later" };
  try {
    answer = await answerOf(item, isLast ? window.heldParts() : { Prefer: "return=minimal" });
  } catch {
    // No connection: the outbox comes back.
  }
  settle(answer);
  if (isPageOwed && answer.kind !== "done") {
    document.dispatchEvent(new CustomEvent("room:stale", { detail: {} }));
  }
  isPageOwed = answer.kind === "done" && answer.html === undefined;
}

async function answerOf(item, wish, isSecond = false) {
  if (!navigator.onLine) {
    return { kind: "later" };
  }
  const { csrf, signIn } = document.getElementById("room").dataset;
  const response = await fetch(item.url, {
    method: "POST",
    body: new URLSearchParams(item.fields),
    headers: { "X-CSRFToken": csrf, "MDD-Person": item.person, ...wish },
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (new URL(response.url).pathname === signIn) {
    return { kind: "signed-out" };
  }
  if (response.status === 403 && !isSecond && (await renew(item))) {
    return answerOf(item, wish, true);
  }
  return judge(response, item);
}

// Whoever stands in front of MDD may answer with a page of its own: then nothing has arrived yet.
async function judge(response, item) {
  const { status } = response;
  if (!response.headers.has("MDD")) {
    return { kind: "later" };
  }
  if (status === 204) {
    return { kind: "done" };
  }
  if (status === 200 || status === 422) {
    const html = await response.text();
    return { kind: status === 200 ? "done" : "refused", status, html, url: response.url };
  }
  if (status === 409) {
    location.reload();
    return { kind: "stranger" };
  }
  const breaks = (broken.get(item.id) ?? 0) + (status === 500 ? 1 : 0);
  broken.set(item.id, breaks);
  // One thing that the server cannot do must not hold up all that come after it.
  if (breaks < FUTILE && (status >= 500 || status === 429 || status === 408)) {
    return { kind: "later", after: Number(response.headers.get("Retry-After") ?? 0) * 1000 || 0 };
  }
  return { kind: "returned", item, status, why: await reasonOf(response) };
}

// A sentence is the reason; a page is not.
async function reasonOf(response) {
  return response.headers.get("Content-Type")?.startsWith("text/plain") ? (await response.text()).trim() : "";
}

// A page that stood open through a new sign-in has an old key: look whether the room gives us another one.
async function renew({ person }) {
  const response = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) {
    return false;
  }
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("room");
  const isOurs = fresh?.dataset.person === person;
  if (isOurs) {
    document.getElementById("room").dataset.csrf = fresh.dataset.csrf;
  }
  return isOurs;
}

const begun = new Set();

document.addEventListener("outbox:put", ({ detail }) => begun.add(detail.item.id));
document.addEventListener("outbox:send", ({ detail }) => send(detail));
document.addEventListener("outbox:done", ({ detail: { item, html, url, status } }) => {
  if (!html) {
    return;
  }
  if (new URL(url).pathname === location.pathname) {
    document.dispatchEvent(new CustomEvent("room:fresh", { detail: { html, url, status, isAnswer: true } }));
  } else if (begun.has(item.id)) {
    setTimeout(() => location.assign(url));
  } else {
    document.dispatchEvent(new CustomEvent("room:stale", { detail: {} }));
  }
});
document.addEventListener("outbox:refused", ({ detail: { html, url, status } }) => {
  document.dispatchEvent(new CustomEvent("room:fresh", { detail: { html, url, status, isAnswer: true } }));
});
