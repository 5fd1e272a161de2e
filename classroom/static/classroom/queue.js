// The moderators' queue by keyboard. Each key presses what stands in the post that is in focus and says so with data-key;
// nothing is done that the page's own buttons would not do. The keys can be switched off, and never act while one types.
"use strict";

(() => {
  const queue = document.querySelector("[data-queue]");
  const keys = document.querySelector("[data-keys]");
  const OFF = "lights-up-queue-keys-off";
  const PLACE = "lights-up-queue-place";
  const posts = queue ? [...queue.querySelectorAll("article")] : [];
  let on = localStorage.getItem(OFF) === null;

  function current() {
    const found = document.activeElement ? document.activeElement.closest("[data-queue] article") : null;
    return found ? posts.indexOf(found) : -1;
  }

  function go(place) {
    if (!posts.length) return;
    const post = posts[Math.max(0, Math.min(place, posts.length - 1))];
    post.focus({ preventScroll: true });
    post.scrollIntoView({ block: "nearest" });
  }

  function press(key) {
    const inPost = current() >= 0 ? posts[current()].querySelector(`[data-key="${key}"]`) : null;
    const found = inPost || document.querySelector(`[data-key="${key}"]:not([data-queue] *)`);
    if (!found) return false;
    // After a decision the page comes back: the next post then stands where this one stood.
    if (current() >= 0) sessionStorage.setItem(PLACE, String(current()));
    found.click();
    return true;
  }

  function act(key) {
    if (key === "j") go(current() + 1);
    else if (key === "k") go(current() - 1);
    else if (key === "?" && keys) keys.open = !keys.open;
    else return /^[alrhdmtcxou]$/.test(key) && press(key);
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (act(event.key)) event.preventDefault();
  });

  if (keys) {
    const button = keys.querySelector("[data-keys-switch]");
    const show = () => button.setAttribute("aria-pressed", String(on));
    keys.hidden = false;
    show();
    button.addEventListener("click", () => {
      on = !on;
      if (on) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
      show();
    });
  }

  const place = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (place !== null && on && !location.hash) go(Number(place));
})();
