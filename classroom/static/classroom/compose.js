// Writing a post: what is typed is kept on the server as it is typed, never on the device, which others use; and the
// sentence starters can be put into the text.
"use strict";

(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const text = form.elements.body;
  const state = form.querySelector("[data-draft-state]");
  const WAIT = 1500;
  let timer = null;
  let kept = text.value;
  let sending = false;

  async function keep() {
    timer = null;
    if (sending || text.value === kept) return;
    const body = text.value;
    const data = new FormData(form);
    data.set("by-script", "1");
    try {
      const reply = await fetch(form.dataset.draft, { method: "POST", body: data, keepalive: body.length < 20000 });
      if (!reply.ok || reply.redirected) throw new Error(reply.statusText);
      kept = body;
      state.textContent = state.dataset.saved;
    } catch {
      state.textContent = state.dataset.failed;
      timer = timer || setTimeout(keep, WAIT * 4);
    }
  }

  text.addEventListener("input", () => {
    state.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
  // Once it is sent, no late draft of it may follow.
  form.addEventListener("submit", () => { sending = true; clearTimeout(timer); });

  for (const button of document.querySelectorAll("[data-starter]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const before = text.value && !text.value.endsWith("\n") ? `${text.value}\n\n` : text.value;
      text.value = `${before}${button.dataset.starter} `;
      text.focus();
      text.dispatchEvent(new Event("input"));
    });
  }
})();
