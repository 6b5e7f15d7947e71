// window.serverNow() is what the server's clock says, in milliseconds. #room says it as data-now when it is made.
//
// A page comes later than it was made, a kept one much later: the sample that is furthest ahead is the closest.

let ahead = Number.NEGATIVE_INFINITY;

function learn() {
  const made = Date.parse(document.getElementById("room")?.dataset.now);
  if (!Number.isNaN(made)) {
    ahead = Math.max(ahead, made - Date.now());
  }
}

window.serverNow = () => Date.now() + (Number.isFinite(ahead) ? ahead : 0);

learn();
document.addEventListener("room:changed", learn);
