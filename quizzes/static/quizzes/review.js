// Before handing in, sends the answers that this device still keeps: a student may come here by another way than by the
// buttons of the questions' pages, and handing in drops what was not sent.
"use strict";

(() => {
  const store = window.answersKept;
  const list = document.querySelector("ol.review-list[data-attempt]");
  const told = document.getElementById("attempt-kept");
  const form = document.querySelector("form.hand-in");
  if (!list || !told || !form || !window.fetch) return;
  const words = list.dataset;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;

  const kept = [...list.querySelectorAll("li[data-save-url]")]
    .map((line) => ({ line, key: store.key(words.student, words.attempt, line.dataset.position) }))
    .filter(({ key }) => store.read(key));
  if (!kept.length) return;
  let handingIn = false;

  async function post(line, save) {
    const body = new URLSearchParams(save.fields);
    body.set(`q${line.dataset.position}-revision`, save.revision);
    body.set("save", save.save);
    const response = await fetch(line.dataset.saveUrl, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
    });
    const type = response.headers.get("Content-Type") || "";
    return type.startsWith("application/json") ? response.json() : {};
  }

  // "saved", what the server says against it, or "" where there was no answer to be had.
  async function send({ line, key }) {
    const saves = store.read(key) || [];
    while (saves.length) {
      let reply;
      try { reply = await post(line, saves[0]); } catch { return ""; }
      if (reply.state === "closed") window.location.assign(reply.next);
      const decided = reply.state === "saved" || (reply.state === "refused" && saves.length > 1);
      if (!decided) return reply.message || "";
      saves.shift();
      if (saves.length && reply.revision) saves[0].revision = String(reply.revision);
      if (saves.length) store.write(key, saves);
      else store.drop(key);
    }
    return "saved";
  }

  function tell(messages) {
    const lines = messages.map(({ line, message }) => {
      const item = document.createElement("li");
      const { number, questionUrl } = line.dataset;
      const name = questionUrl ? document.createElement("a") : document.createElement("span");
      if (questionUrl) name.href = questionUrl;
      name.textContent = number;
      item.append(name, ` ${message || words.unsent}`);
      return item;
    });
    const heading = document.createElement("p");
    heading.textContent = words.kept;
    const items = document.createElement("ul");
    items.append(...lines);
    told.replaceChildren(heading, items);
    told.hidden = false;
  }

  // Whether all of them have arrived.
  async function sendAll() {
    const messages = [];
    for (const each of kept) messages.push({ line: each.line, message: await send(each) });
    const open = messages.filter(({ message }) => message !== "saved");
    if (open.length) tell(open);
    else if (!handingIn) window.location.reload();
    return !open.length;
  }

  let arrived = sendAll();
  window.addEventListener("online", () => { arrived = arrived.then((all) => all || sendAll()); });

  // Handing in waits for what is on its way. What does not arrive has to be told first; then the student decides.
  let leaving = false;
  form.addEventListener("submit", async (event) => {
    if (leaving || !told.hidden) return;
    event.preventDefault();
    const { submitter } = event;
    handingIn = true;
    // A form that is sent again while its first sending is still being told of stays.
    [leaving] = await Promise.all([arrived, new Promise((over) => { setTimeout(over); })]);
    handingIn = leaving;
    if (leaving) form.requestSubmit(submitter);
    else told.scrollIntoView({ block: "center" });
  });
})();
