// Keys by which somebody composes signs, as in Japanese, belong to that: no script takes them for its own.

window.addEventListener(
  "keydown",
  (event) => {
    // Safari says so by the code alone: there, composing has ended when the Enter that ends it comes.
    if (event.isComposing || event.keyCode === 229) {
      event.stopPropagation();
    }
  },
  { capture: true },
);
