// A page that follows the stream has its parts from there, and asks for what is its person's own alone.
//
// window.heldParts() is what it says of itself with such a question, or nothing where it wants the whole room.
// window.keepParts(fresh, old) puts something where the answer has left parts out, <template data-kept="name">, that a
// morph leaves alone: [data-kept]. It says whether this page has all of them.

window.heldParts = () => {
  const { epoch, serial } = document.getElementById("room").dataset;
  const isLive = document.querySelector("live-topic")?.dataset.mode === "live";
  return isLive && !location.search ? { "MDD-Parts": `${epoch}.${serial}` } : {};
};

window.keepParts = (fresh, old) => [...fresh.querySelectorAll("template[data-kept]")].every((seat) => keep(seat, old));

function keep(seat, old) {
  const name = seat.dataset.kept;
  const held = old.querySelector(`[id="${CSS.escape(name)}"]`);
  if (held && seat.parentElement.id !== name) {
    seat.replaceWith(standIn(held));
  } else if (held && isList(seat) && held.querySelector(":scope > :not([data-v])") === null) {
    seat.parentElement.toggleAttribute("data-kept", true);
  } else if (held) {
    seat.replaceWith(...[...held.querySelectorAll(":scope > [data-v]")].map(standIn));
  }
  return held !== null;
}

function isList({ parentElement }) {
  return parentElement.childElementCount === 1;
}

function standIn({ localName, id }) {
  const element = document.createElement(localName);
  element.id = id;
  element.toggleAttribute("data-kept", true);
  return element;
}
