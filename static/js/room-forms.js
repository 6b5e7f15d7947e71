// Takes every form of the room that says data-posts, so that nothing is lost on the way: what it holds becomes an item
// of the outbox, with a key of its own. Without JavaScript, or where the browser keeps nothing, it posts as any form.
//
//   data-composer   is empty at once, for the next words, and may hold the same ones again
//   data-repeats    may be pressed again while the first press waits
//   data-does       on a button, in words: what it would have done, should it come back
//   data-ends       closes what the address opened (?edit=7): sent, the room is shown without it
//
// Says `outbox:put` {item, form}; hears `outbox:kept` {item, form} and `outbox:unkept` {form, submitter}.

const OWN = new Set(["csrfmiddlewaretoken", "operation"]);
const TEXTUAL = "textarea, input:is([type=text], [type=search], [type=url], [type=email], :not([type]))";

function take(event) {
  const { target: form, submitter } = event;
  const room = document.getElementById("room");
  if (event.defaultPrevented || !form.matches("[data-posts]") || !room?.dataset.person) {
    return;
  }
  event.preventDefault();
  if (form.hasAttribute("data-taking") && !hasNextWords(form)) {
    return;
  }
  form.toggleAttribute("data-taking", true);
  form.closest(".fold:popover-open")?.hidePopover();
  document.body.toggleAttribute("data-sending", true);
  say("outbox:put", { item: itemOf(form, submitter, room), form, submitter });
}

// The disk may still be at work on those before.
function hasNextWords(form) {
  return form.matches("[data-composer]") && typedIn(form).length > 0;
}

function itemOf(form, submitter, { dataset }) {
  const id = newId();
  const fields = [...new FormData(form, submitter)].filter(([name]) => !OWN.has(name));
  return {
    id,
    url: submitter?.hasAttribute("formaction")
      ? submitter.formAction
      : new URL(form.getAttribute("action"), location).href,
    fields: [...fields, ["operation", id]],
    texts: typedIn(form),
    label: (submitter?.dataset.does ?? submitter?.getAttribute("aria-label") ?? submitter?.textContent ?? "")
      .replace(/\s+/g, " ")
      .trim(),
    repeats: form.matches("[data-composer], [data-repeats]"),
    person: dataset.person,
    workshop: dataset.workshop,
    at: Date.now(),
  };
}

function typedIn(form) {
  const fields = [...form.elements].filter((field) => field.matches(TEXTUAL) && field.name);
  return fields.map((field) => field.value.trim()).filter(Boolean);
}

// crypto.randomUUID is missing on plain HTTP, where workshops happen too.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function release({ form }) {
  form?.removeAttribute("data-taking");
  if (form?.hasAttribute("data-ends") && location.search) {
    history.replaceState(null, "", location.pathname);
  }
}

function sendPlainly({ form, submitter }) {
  form.inert = true;
  if (submitter?.name) {
    const pressed = Object.assign(document.createElement("input"), { type: "hidden" });
    pressed.name = submitter.name;
    pressed.value = submitter.value;
    form.append(pressed);
  }
  if (submitter?.hasAttribute("formaction")) {
    form.setAttribute("action", submitter.formAction);
  }
  HTMLFormElement.prototype.submit.call(form);
}

function say(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

document.addEventListener("submit", take);
document.addEventListener("outbox:kept", ({ detail }) => release(detail));
document.addEventListener("outbox:unkept", ({ detail }) => sendPlainly(detail));
