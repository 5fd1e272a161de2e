// Signing out leaves no answer on the device that was not sent yet: the next student may be somebody else.
"use strict";

(() => {
  const form = document.querySelector("form.site-person");
  form?.addEventListener("submit", () => {
    try {
      Object.keys(localStorage).filter((key) => key.startsWith("quiz-attempt:")).forEach((key) => localStorage.removeItem(key));
    } catch { /* nothing was kept */ }
  });
})();
