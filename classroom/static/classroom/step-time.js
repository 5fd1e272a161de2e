// Where a step asks for a time: tells the server how long the page was visible, and shows when the step is done.
// Without this script the time runs from opening the step to the next move.
"use strict";

(() => {
  const form = document.querySelector("form.step-time");
  if (!form) return;
  const EVERY = 20000;
  const state = document.getElementById(form.dataset.state);
  let since = document.hidden ? null : performance.now();
  let over = false;

  function seconds() {
    if (since === null) return 0;
    const now = performance.now();
    const whole = Math.round((now - since) / 1000);
    since = now;
    return whole;
  }

  async function tell(away) {
    if (over) return;
    const data = new FormData(form);
    data.set("seconds", String(seconds()));
    if (away) {
      data.set("away", "on");
      since = null;
    }
    try {
      const reply = await fetch(form.action, { method: "POST", body: data, keepalive: true, redirect: "error" });
      if (!reply.ok) return;
      const told = await reply.json();
      if (told.done) {
        over = true;
        state.setAttribute("role", "status");
        state.textContent = told.words;
        state.className = "badge done";
      }
    } catch {
      // The server counts from its side too; the next word reaches it or the next move does.
    }
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      tell(true);
    } else {
      since = performance.now();
      tell(false);
    }
  });
  setInterval(() => {
    if (!document.hidden) tell(false);
  }, EVERY);
})();
