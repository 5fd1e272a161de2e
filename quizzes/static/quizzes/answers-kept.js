// The answers that a device keeps until the server has them, by student, attempt and question; in use by the pages of an
// attempt. Signing out leaves none of them on the device: the next student may be somebody else.
"use strict";

(() => {
  const PREFIX = "quiz-attempt";

  const store = {
    // The beginning of a key, where its last part is empty.
    key: (...parts) => [PREFIX, ...parts].join(":"),
    read(key) {
      try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
    },
    write(key, value) {
      // A full or forbidden store costs the buffer, not the page.
      try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* sent again while the page is open */ }
    },
    drop(key) {
      try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
    },
    dropWhere(isGone) {
      try {
        const kept = Object.keys(localStorage).filter((key) => key.startsWith(store.key("")));
        kept.filter(isGone).forEach((key) => store.drop(key));
      } catch { /* nothing was kept */ }
    },
  };
  window.answersKept = store;

  document.querySelector("form.site-person")?.addEventListener("submit", () => store.dropWhere(() => true));
})();
