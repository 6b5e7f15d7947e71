// Morphs a part of the room in place: window.morphKept(old, fresh, {mayOpen, keepsLists}) returns the words whose form
// is no more. `keepsLists`: the lists in it are left as they are.
//
// What somebody is at stays: a form with typed words is left alone, ticks, choices, open <details>, focus, caret and
// scroll as well. What has been sent and answered is theirs no more: there the fresh page counts. A form that asks again
// keeps what is wrong until it is sent again, or another view is opened.
// Elements that draw their inside themselves (data-own, and those in OWN) get new attributes only.

const OWN = "time-box, count-down, relative-time, copy-text, toast-list, [data-own]";
const TEXTUAL = "textarea, input:is([type=text], [type=search], [type=url], [type=email], [type=date], :not([type]))";

// Values as they were when their form was sent; `answered` holds those that the server has answered for.
const sent = new Map();
const answered = new WeakMap();
const sentAgain = new WeakSet();

function isTick(field) {
  return field.matches("[type=checkbox], [type=radio]");
}

function stateOf(field) {
  return isTick(field) ? field.checked : field.value;
}

function defaultOf(field) {
  if (isTick(field)) {
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

// Whether somebody has typed or chosen what is not on its way yet.
window.isUnsent = (field) =>
  isTouched(field) && ![...sent.values()].some((states) => states.get(field) === stateOf(field));

function holdsWords(form) {
  return [...form.elements].some((field) => field.matches(TEXTUAL) && isTouched(field));
}

function actionOf(form) {
  return new URL(form.getAttribute("action") ?? "", location).pathname;
}

function asksAgain(form) {
  return form.querySelector(".field__error") && !sentAgain.has(form);
}

function morphNode(old, fresh, { mayOpen, keepsLists }) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    return true;
  }
  if (fresh.hasAttribute("data-kept")) {
    return false;
  }
  if ((old.matches(OWN) && fresh.matches(OWN)) || (keepsLists && old.matches("[data-list]"))) {
    copyAttributes(old, fresh);
    return false;
  }
  if (old.matches("form")) {
    const isHeld = holdsWords(old) || (asksAgain(old) && !mayOpen);
    return !(isHeld && actionOf(old) === actionOf(fresh));
  }
  if (isTick(old) && (old.value !== fresh.value || old.name !== fresh.name)) {
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
// The value of a tick is no state of it: it says what it stands for.
function updateAttribute(mayOpen, held) {
  return (name, element, change) => {
    if (name === "open" && element.matches("details, dialog")) {
      return mayOpen && change === "update";
    }
    if (name === "checked" || (name === "value" && !isTick(element))) {
      return element.type === "hidden" || !held.has(element);
    }
    return !(name === "selected" && held.has(element.closest("select")));
  };
}

function wordsIn(form) {
  return [...form.elements].filter((field) => field.matches(TEXTUAL) && isTouched(field)).map((field) => field.value);
}

function inside(element, selector) {
  return [element, ...element.querySelectorAll(selector)].filter((each) => each.matches(selector));
}

window.morphKept = (old, fresh, { mayOpen = false, keepsLists = false } = {}) => {
  const written = inside(old, "form[data-posts]")
    .filter(holdsWords)
    .map((form) => ({ form, action: actionOf(form), words: wordsIn(form) }));
  const held = new Set(inside(old, "input, select, textarea").filter(isTouched));
  window.Idiomorph.morph(old, fresh, {
    morphStyle: "outerHTML",
    callbacks: {
      afterNodeAdded: reconnect,
      beforeNodeMorphed: (node, other) => morphNode(node, other, { mayOpen, keepsLists }),
      beforeAttributeUpdated: updateAttribute(mayOpen, held),
    },
  });
  const uprooted = written.filter(({ form, action }) => !form.isConnected || actionOf(form) !== action);
  return uprooted.map(({ words }) => words);
};

function remember({ item, form }) {
  sent.set(item.id, new Map([...form.elements].map((field) => [field, stateOf(field)])));
  sentAgain.add(form);
}

function letGo({ item, status }) {
  for (const [field, state] of sent.get(item.id) ?? []) {
    answered.set(field, state);
    if (status === 422) {
      sentAgain.delete(field.form);
    }
    if (status !== 422 && !isTouched(field)) {
      field.closest("details:not([data-stays])")?.removeAttribute("open");
    }
  }
  sent.delete(item.id);
}

// Before a composer is emptied.
document.addEventListener("outbox:put", ({ detail }) => remember(detail), { capture: true });
for (const name of ["outbox:done", "outbox:refused", "outbox:returned"]) {
  // Before the fresh page comes, which the same event brings.
  document.addEventListener(name, ({ detail }) => letGo(detail), { capture: true });
}
