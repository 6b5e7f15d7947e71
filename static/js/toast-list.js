// <toast-list> shows short messages: those of the page, and one when htmx could not do what was asked.
// Good news leaves by itself unless it is pointed at or holds the focus; warnings and errors stay.
// The <template> inside is one toast; data-refused and data-lost are the sentences for failed requests.

const STAYS = 9_000;

class ToastList extends HTMLElement {
  #ends;
  #before; // what had the focus before one came in here

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    this.addEventListener("click", ({ target }) => this.#dismiss(target.closest("[type=button]")), { signal });
    this.addEventListener("focusin", ({ relatedTarget }) => this.#note(relatedTarget), { signal });
    document.addEventListener("htmx:responseError", () => this.#add(this.dataset.refused), { signal });
    document.addEventListener("htmx:sendError", () => this.#add(this.dataset.lost), { signal });
    document.addEventListener("room:toast", ({ detail }) => this.#add(detail.text), { signal });
    document.addEventListener("room:lost", () => this.#add(this.dataset.lost), { signal });
    document.addEventListener("room:changed", () => this.#time(), { signal });
    this.#time();
  }

  disconnectedCallback() {
    this.#ends.abort();
  }

  #dismiss(button) {
    if (!button) {
      return;
    }
    const others = [...this.querySelectorAll(".toast [type=button]")].filter((each) => each !== button);
    const holdsFocus = button.parentElement.contains(document.activeElement);
    button.parentElement.remove();
    if (holdsFocus) {
      (others[0] ?? this.#before)?.focus();
    }
  }

  #note(left) {
    this.#before = left && !this.contains(left) ? left : this.#before;
  }

  #time() {
    for (const toast of this.querySelectorAll(".toast:not(.toast--error, .toast--warning, [data-timed])")) {
      toast.toggleAttribute("data-timed", true);
      leaveLater(toast);
    }
  }

  #add(sentence) {
    const toast = this.querySelector("template").content.firstElementChild.cloneNode(true);
    toast.querySelector("p").textContent = sentence;
    this.append(toast);
  }
}

function leaveLater(toast) {
  setTimeout(() => (toast.matches(":hover, :focus-within") ? leaveLater(toast) : toast.remove()), STAYS);
}

customElements.define("toast-list", ToastList);
