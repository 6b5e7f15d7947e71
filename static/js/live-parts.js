// Puts what a step brings where it belongs: hears `live:step` {parts, lists}.
//
// `parts` are elements as HTML, by their id: each is morphed in place, and what somebody is at stays. `lists` name what
// an element holds now, in order: what is new or has come from elsewhere is put in, what is not named any more leaves.

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function take({ parts, lists }) {
  const fresh = new Map(Object.entries(parts).map(([id, html]) => [id, made(html)]));
  for (const [id, element] of fresh) {
    const old = document.getElementById(id);
    if (old) {
      for (const texts of window.morphKept(old, element)) {
        document.dispatchEvent(new CustomEvent("room:uprooted", { detail: { texts } }));
      }
    }
  }
  for (const [id, names] of Object.entries(lists)) {
    arrange(document.getElementById(id), names, fresh);
  }
  document.dispatchEvent(new CustomEvent("room:changed", { detail: { status: 200, isAnswer: false } }));
}

function arrange(list, names, fresh) {
  if (!list) {
    return;
  }
  let place = list.firstElementChild;
  for (const name of names) {
    const element = document.getElementById(name) ?? fresh.get(name);
    if (element === place) {
      place = place.nextElementSibling;
    } else if (element) {
      list.insertBefore(element, place);
    }
  }
  const kept = new Set(names);
  for (const element of [...list.children]) {
    if (element.hasAttribute("data-v") && !kept.has(element.id)) {
      element.remove();
    }
  }
}

document.addEventListener("live:step", ({ detail }) => take(detail));
