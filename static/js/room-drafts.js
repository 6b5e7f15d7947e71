// What is being typed in a form of the room is kept on this device, for this person and workshop, from the first
// letter: a reload or a crash loses nothing. A draft ends when the outbox has it, when the field is as the page gave
// it, when somebody leaves it (data-drops), or when the workshop is left (`room:wipe`). Refused words become one again.
// A form that the words have kept at an earlier stage goes on with the room once they are deleted.

const TEXTUAL = "textarea, input:is([type=text], [type=search], [type=url], [type=email], [type=date], :not([type]))";
const room = () => document.getElementById("room").dataset;
const prefix = () => {
  const { person, workshop } = room();
  return `mdd:draft:${person}:${workshop}:`;
};

// The stage belongs to the key: words for one question are no answer to the next.
function keyOf(action, stage, name) {
  return `${prefix()}${new URL(action, location.href).pathname}:${stage ?? ""}:${name}`;
}

function keyIn(field) {
  return keyOf(field.form.getAttribute("action"), stageOf(field), field.name);
}

function stageOf(field) {
  return field.form.elements.namedItem("stage")?.value;
}

function isKept(field) {
  return Boolean(field.name && field.form?.matches("[data-posts]") && field.matches(TEXTUAL));
}

function keep({ target: field }) {
  if (isKept(field)) {
    write(keyIn(field), field.value === field.defaultValue ? "" : field.value);
    if (field.value === "" && (stageOf(field) ?? room().stage) !== room().stage) {
      document.dispatchEvent(new CustomEvent("room:stale"));
    }
  }
}

function write(key, text) {
  try {
    if (text === "") {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, text);
    }
  } catch {
    // Full or forbidden: the words are in the field still, and whoever sends them loses nothing.
  }
}

function bringBack() {
  const start = prefix();
  if (!Object.keys(localStorage).some((each) => each.startsWith(start))) {
    return;
  }
  for (const form of document.querySelectorAll("#room form[data-posts]")) {
    for (const field of [...form.elements].filter(isKept)) {
      const draft = localStorage.getItem(keyIn(field));
      if (draft !== null && field.value === field.defaultValue && draft !== field.value) {
        field.value = draft;
        field.closest("details")?.setAttribute("open", "");
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  }
}

function composedIn(form) {
  return form.matches("[data-composer]") ? [...form.elements].filter(isKept) : [];
}

function clear({ form }) {
  for (const field of composedIn(form)) {
    field.defaultValue = "";
    field.value = "";
  }
}

function end({ item, form }) {
  const said = new Map(item.fields);
  for (const field of [...form.elements].filter(isKept)) {
    if (localStorage.getItem(keyIn(field)) === said.get(field.name)) {
      write(keyIn(field), "");
    }
  }
}

function restore({ item, form }) {
  end({ item, form });
  const said = new Map(item.fields);
  for (const field of composedIn(form)) {
    field.value = said.get(field.name);
  }
}

// The page shows them with what is wrong, but not where somebody writes the next thing already.
function giveBack({ item, html }) {
  const fields = new Map(item.fields);
  for (const [name, text] of [...fields].filter(([, each]) => each && item.texts.includes(each.trim()))) {
    const key = keyOf(item.url, fields.get("stage"), name);
    if (localStorage.getItem(key) === null) {
      write(key, text);
    } else {
      const page = new DOMParser().parseFromString(html, "text/html");
      const why = page.querySelector(".field__error, .form__problem")?.textContent.trim();
      document.dispatchEvent(new CustomEvent("room:uprooted", { detail: { texts: [text], why } }));
    }
  }
}

function drop({ target }) {
  const link = target.closest?.("[data-drops]");
  for (const field of link ? [...link.closest("form").elements].filter(isKept) : []) {
    write(keyIn(field), "");
  }
}

function wipe() {
  const start = prefix();
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(start))) {
    localStorage.removeItem(key);
  }
}

document.addEventListener("input", keep);
document.addEventListener("click", drop, { capture: true });
document.addEventListener("outbox:put", ({ detail }) => clear(detail));
document.addEventListener("outbox:kept", ({ detail }) => end(detail));
document.addEventListener("outbox:unkept", ({ detail }) => restore(detail), { capture: true });
document.addEventListener("outbox:refused", ({ detail }) => giveBack(detail), { capture: true });
document.addEventListener("room:changed", bringBack);
document.addEventListener("room:wipe", wipe);
bringBack();
