// Keeps each answer of a quiz as it is given. Without this script the page is a plain form that saves all at once.
//
// An answer that the server has not acknowledged stays in localStorage, by student, attempt and question, with the
// revision that the page had and the key of its save; it is sent again when the connection is back, when the page is
// loaded anew, and at the latest on the page before handing in (see review.js). "Saved" is shown only for a reply of 200.
// A save that meets a newer answer overwrites nothing: the student chooses. On a shared device nothing of one student is
// left for the next: what is kept goes with handing in and with signing out (see answers-kept.js), and a page drops
// whatever another student has left.
"use strict";

(() => {
  const WAIT_TYPING = 600;
  const RETRY_FIRST = 2000;
  const RETRY_LAST = 30000;
  const store = window.answersKept;

  const done = document.querySelector("[data-attempt-done]");
  if (done) {
    const { student, attemptDone } = done.dataset;
    store.dropWhere((key) => key.startsWith(store.key(student, attemptDone, "")));
    return;
  }

  const form = document.querySelector("form.quiz-form");
  if (!form || !window.fetch) return;
  const words = form.dataset;
  store.dropWhere((key) => !key.startsWith(store.key(words.student, "")));
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const offline = document.getElementById("attempt-offline");
  let closed = false;

  // The last revision of each question that this tab has had acknowledged.
  const reached = {
    read(key) {
      try { return Number(sessionStorage.getItem(key)); } catch { return 0; }
    },
    write(key, revision) {
      try { sessionStorage.setItem(key, revision); } catch { /* the server tells of what is stale */ }
    },
  };

  const newKey = () => (window.crypto.randomUUID ? crypto.randomUUID() : uuidFromBytes());
  // randomUUID exists in secure contexts alone, and a school's server may speak plain HTTP in its own network.
  function uuidFromBytes() {
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  // The saves of one question wait in a queue of two at most: one that has been sent, whose fate is known only from its
  // reply, and behind it the newest. Were the first one dropped when its reply is lost, the next would meet it as a stranger.
  class Question {
    constructor(element) {
      this.element = element;
      this.name = element.id;
      this.url = element.dataset.saveUrl;
      this.key = store.key(words.student, words.attempt, element.dataset.position);
      this.revision = element.querySelector(`[name="${this.name}-revision"]`);
      this.state = element.querySelector(".save-words");
      this.queue = []; // of {fields, revision, save, sent}
      this.timer = 0;
      this.retryIn = RETRY_FIRST;
      this.sending = null;
      this.stuck = false; // refused or stale: to send the same again would not help
      element.addEventListener("input", (event) => this.changed(/^text/.test(event.target.type) ? WAIT_TYPING : 0));
      element.addEventListener("change", () => this.changed(0));
      this.restore();
    }

    controls() {
      return [...this.element.querySelectorAll("input:not([type=hidden]), select, textarea")];
    }

    fields() {
      return this.controls()
        .filter((control) => !/^(radio|checkbox)$/.test(control.type) || control.checked)
        .map((control) => [control.name, control.value]);
    }

    fill(fields) {
      this.controls().forEach((control) => {
        const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
        if (/^(radio|checkbox)$/.test(control.type)) control.checked = values.includes(control.value);
        else control.value = values.length ? values[0] : "";
      });
    }

    // Whether the server gave out this page before a save that this tab has sent was kept.
    isBehind() {
      return !this.queue.length && Number(this.revision.value) < reached.read(this.key);
    }

    keep() {
      if (this.queue.length) store.write(this.key, this.queue);
      else store.drop(this.key);
    }

    restore() {
      const kept = store.read(this.key);
      if (!Array.isArray(kept) || !kept.length) return;
      this.queue = kept;
      this.fill(kept[kept.length - 1].fields);
      this.say(words.retry, "unsaved");
      this.send();
    }

    changed(wait) {
      if (closed) return;
      const fields = this.fields();
      const last = this.queue[this.queue.length - 1];
      if (last && JSON.stringify(last.fields) === JSON.stringify(fields)) return;
      const open = this.stuck ? [] : this.queue.filter((save) => save.sent).slice(0, 1);
      this.stuck = false;
      this.dropChoice();
      this.queue = [...open, { fields, revision: this.revision.value, save: newKey(), sent: false }];
      this.keep();
      this.say(words.saving, "saving");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), wait);
    }

    async send() {
      clearTimeout(this.timer);
      while (this.sending) await this.sending;
      if (!this.queue.length || closed || this.stuck) return;
      this.sending = this.drain();
      await this.sending;
      this.sending = null;
    }

    async drain() {
      let goOn = true;
      while (goOn && this.queue.length && !this.stuck && !closed) goOn = await this.post(this.queue[0]);
    }

    // True where the server has decided on the save, so that the next may go.
    async post(save) {
      save.sent = true;
      this.keep();
      const body = new URLSearchParams(save.fields);
      body.set(`${this.name}-revision`, save.revision);
      body.set("save", save.save);
      let response;
      let reply;
      try {
        // A redirect means that the session is over: it is no answer to a save.
        response = await fetch(this.url, {
          method: "POST",
          body,
          headers: { "X-CSRFToken": token, Accept: "application/json" },
          credentials: "same-origin",
          redirect: "manual",
        });
        const type = response.headers.get("Content-Type") || "";
        reply = type.startsWith("application/json") ? await response.json() : {};
      } catch {
        return this.failed(words.retry);
      }
      if (response.ok && reply.state === "saved") return this.saved(reply);
      if (reply.state === "stale") return this.stale(reply);
      if (reply.state === "refused") return this.refused(reply);
      if (reply.state === "closed") return shut(reply);
      return this.failed(response.type === "opaqueredirect" || response.status === 403 ? words.signin : words.retry);
    }

    saved(reply) {
      this.revision.value = reply.revision;
      reached.write(this.key, reply.revision);
      this.retryIn = RETRY_FIRST;
      tellConnection();
      this.queue.shift();
      if (this.queue.length) this.queue[0].revision = String(reply.revision);
      else this.say(reply.message, "saved");
      this.keep();
      return true;
    }

    refused(reply) {
      if (this.queue.length > 1) {
        this.queue.shift();
        this.keep();
        return true;
      }
      this.stuck = true;
      this.say(`${words.refused} ${reply.message}`, "unsaved");
      return false;
    }

    stale(reply) {
      this.stuck = true;
      this.say(reply.message, "unsaved");
      this.dropChoice();
      const choice = document.createElement("p");
      choice.className = "actions stale-choice";
      const mine = () => {
        this.revision.value = reply.revision;
        this.queue = [{ fields: this.fields(), revision: String(reply.revision), save: newKey(), sent: false }];
        this.keep();
        this.stuck = false;
        this.dropChoice();
        this.element.focus();
        this.send();
      };
      const theirs = () => {
        store.drop(this.key);
        window.location.reload();
      };
      choice.append(this.button(words.mine, mine), this.button(words.theirs, theirs));
      this.element.append(choice);
      return false;
    }

    button(text, act) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm btn-outline-secondary";
      button.textContent = text;
      button.addEventListener("click", act);
      return button;
    }

    dropChoice() {
      this.element.querySelector(".stale-choice")?.remove();
    }

    failed(message) {
      this.say(message, "unsaved");
      tellConnection();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), this.retryIn);
      this.retryIn = Math.min(this.retryIn * 2, RETRY_LAST);
      return false;
    }

    say(text, kind) {
      if (this.state.textContent !== text) this.state.textContent = text;
      this.element.dataset.state = kind;
    }
  }

  function tellConnection() {
    const cut = !navigator.onLine;
    offline.hidden = !cut;
    offline.textContent = cut ? words.offline : "";
  }

  function shut(reply) {
    closed = true;
    const own = store.key(words.student, words.attempt, "");
    store.dropWhere((key) => key.startsWith(own));
    const link = document.createElement("a");
    link.href = reply.next;
    link.textContent = words.closed;
    offline.hidden = false;
    offline.replaceChildren(`${reply.message} `, link);
    questions.filter(({ queue }) => queue.length).forEach((each) => each.say(`${words.refused} ${reply.message}`, "unsaved"));
    form.querySelectorAll("input, select, textarea, button").forEach((control) => { control.disabled = true; });
    link.focus();
    return false;
  }

  const questions = [...form.querySelectorAll("fieldset[data-save-url]")].map((element) => new Question(element));
  if (questions.some((question) => question.isBehind())) {
    questions.forEach((question) => reached.write(question.key, 0));
    window.location.reload();
  }
  const sendAll = () => Promise.all(questions.map((question) => question.send()));

  window.addEventListener("online", () => { tellConnection(); sendAll(); });
  window.addEventListener("offline", tellConnection);
  tellConnection();

  // A page from the browser's memory shows what was there, not what is kept now.
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

  let leaving = false;
  form.addEventListener("submit", async (event) => {
    if (leaving || closed) return;
    if (questions.every((question) => !question.queue.length && !question.sending)) return;
    event.preventDefault();
    // Which button it was says where to go: it has to go with the form.
    const { submitter } = event;
    // A form that is sent again while its first sending is still being told of stays: where nothing is to be waited for,
    // that has to end first.
    await Promise.all([sendAll(), new Promise((over) => { setTimeout(over); })]);
    if (closed) return;
    if (questions.some((question) => question.queue.length && !question.stuck)) {
      offline.hidden = false;
      offline.textContent = words.unsent;
      offline.scrollIntoView({ block: "center" });
      return;
    }
    // What is stuck goes with the form: the server says beside each question what is wrong with it.
    leaving = true;
    questions.forEach((question) => store.drop(question.key));
    form.requestSubmit(submitter);
  });
})();
