// <ask-unkept> around the form that says “I am done” asks first, in its <dialog>, where another form of the room holds
// words or a choice that have not been sent: [data-back] leads there, the dialog's other button says so all the same.

const WORDS = "textarea, input:is([type=text], [type=search], [type=url], [type=email], [type=date], :not([type]))";
// The choices of a composer go with the words, and stay for the next ones.
const CHOICES = "form:not([data-composer]) [type=radio]";

class AskUnkept extends HTMLElement {
  #ends;

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    this.addEventListener("submit", (event) => this.#ask(event), { signal });
    this.querySelector("[data-back]").addEventListener("click", () => this.#goBack(), { signal });
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  get #dialog() {
    return this.querySelector("dialog");
  }

  #ask(event) {
    if (this.#dialog.contains(event.submitter)) {
      this.#dialog.close();
    } else if (event.target.elements.is_done.value && unkept()) {
      event.preventDefault();
      this.#dialog.showModal();
    }
  }

  #goBack() {
    this.#dialog.close();
    const field = unkept();
    field?.closest("details")?.setAttribute("open", "");
    field?.focus();
  }
}

// Of two choices that differ from the page, the one that was made.
function unkept() {
  const fields = document.querySelectorAll("#room form[data-posts] :is(input, textarea)");
  const held = [...fields].filter((field) => field.matches(`${WORDS}, ${CHOICES}`) && window.isUnsent(field));
  return held.find((field) => field.type !== "radio" || field.checked);
}

customElements.define("ask-unkept", AskUnkept);
