// Another view of the same room: links and GET forms that say data-view are fetched and shown in place.
// Without JavaScript they lead there as ever. The address follows, and the browser's way back works.

async function show(url, { isNew = true } = {}) {
  const target = new URL(url, location.href);
  try {
    const response = await fetch(target, { signal: AbortSignal.timeout(20_000) });
    if (!response.ok || new URL(response.url).pathname !== location.pathname) {
      location.assign(target);
      return;
    }
    const html = await response.text();
    if (isNew) {
      history.pushState(null, "", target);
    }
    document.dispatchEvent(new CustomEvent("room:fresh", { detail: { html, url: response.url, isView: true } }));
    goTo(document.getElementById(target.hash.slice(1)));
  } catch {
    document.dispatchEvent(new CustomEvent("room:lost"));
  }
}

// What has been opened there is what one wants to write in. A finger is never led into a field.
function goTo(place) {
  place?.scrollIntoView({ block: "start" });
  if (!matchMedia("(hover: none)").matches) {
    place?.querySelector("details[open] :is(textarea, input:not([type=hidden]))")?.focus({ preventScroll: true });
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#room a[data-view]");
  if (link && !event.defaultPrevented && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    show(link.href);
  }
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.matches("#room form[data-view]")) {
    event.preventDefault();
    const url = new URL(form.getAttribute("action"), location.href);
    url.search = new URLSearchParams(new FormData(form, submitter));
    show(url);
  }
});

window.addEventListener("popstate", () => show(location.href, { isNew: false }));
