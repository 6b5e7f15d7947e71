// A field for a time zone, in a form that nobody has sent yet, begins with the zone that the browser is in.

const field = document.querySelector("[data-own-zone]");
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
if (field && timeZone && field.value === field.defaultValue) {
  field.value = timeZone;
}
