// Puts what a step brings where it belongs: hears `live:step` {parts, lists}.
//
// `parts` are elements as HTML, by their id: each is morphed in place, and what somebody is at stays. `lists` name what
// an element holds now, in order: what is new or has come from elsewhere is put in, what is not named any more leaves.
// A list is named behind the list that its element is new in.
// A list in a part (data-list) is brought up to date by itself. What is new says so for a moment: .is-new.
// What was somebody's own until now, and comes as a part, has gone from more than its place: the page is asked for.

const MOMENT = 1_000;

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function take({ parts, lists }) {
  const fresh = new Map(Object.entries(parts).map(([id, html]) => [id, made(html)]));
  const wasOwn = [...fresh.keys()].some((id) => document.getElementById(id)?.hasAttribute("data-v") === false);
  for (const [id, element] of fresh) {
    const old = document.getElementById(id);
    if (old) {
      for (const texts of window.morphKept(old, element, { keepsLists: true })) {
        document.dispatchEvent(new CustomEvent("room:uprooted", { detail: { texts } }));
      }
    }
  }
  const wanted = Object.entries(lists).map(([id, names]) => [id, new Set(names)]);
  for (const [id, names] of wanted) {
    arrange(document.getElementById(id), names, fresh);
  }
  // Only now: what has gone to another list is there.
  for (const [id, names] of wanted) {
    clear(document.getElementById(id), names);
  }
  const detail = { status: 200, isAnswer: false, parts: [...fresh.keys()], lists: Object.keys(lists) };
  document.dispatchEvent(new CustomEvent("room:changed", { detail }));
  if (wasOwn) {
    document.dispatchEvent(new CustomEvent("room:stale", { detail: {} }));
  }
}

function arrange(list, names, fresh) {
  let place = list?.firstElementChild;
  for (const name of list ? names : []) {
    while (place && !names.has(place.id)) {
      place = place.nextElementSibling;
    }
    const element = document.getElementById(name) ?? landing(fresh.get(name));
    if (element === place) {
      place = place.nextElementSibling;
    } else if (element) {
      put(list, element, place);
    }
  }
}

// Moved within the page it keeps the focus, where the browser can.
function put(list, element, place) {
  if (element.isConnected && list.moveBefore) {
    list.moveBefore(element, place);
  } else {
    list.insertBefore(element, place);
  }
}

function landing(element) {
  element?.classList.add("is-new");
  setTimeout(() => element?.classList.remove("is-new"), MOMENT);
  return element;
}

function clear(list, kept) {
  for (const element of [...(list?.children ?? [])]) {
    if (element.hasAttribute("data-v") && !kept.has(element.id)) {
      element.remove();
    }
  }
}

document.addEventListener("live:step", ({ detail }) => take(detail));
