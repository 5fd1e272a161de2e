// Lets a marker work from the keyboard: number keys choose for the first line of the rubric that is still open, or for
// the one that has the focus; Ctrl and Enter save and go on. The number keys can be switched off, and never act while
// one types. Without this script the page is a plain form.
"use strict";

(() => {
  const form = document.querySelector("form.marking-form");
  if (!form) return;
  const OFF = "lights-up-marking-keys-off";
  const told = document.getElementById("marking-keys");
  const button = told.querySelector("[data-keys-switch]");
  const inputs = [...form.querySelectorAll("input[data-key]")];
  const lines = [...new Set(inputs.map((input) => input.closest(".rubric-line")))];
  const chosen = (line) => line.querySelector("input:checked");
  let on = localStorage.getItem(OFF) === null;
  let current = null;

  function show() {
    button.setAttribute("aria-pressed", String(on));
    for (const key of form.querySelectorAll("kbd")) key.hidden = !on;
    for (const input of inputs) {
      if (on) input.setAttribute("aria-keyshortcuts", input.dataset.key);
      else input.removeAttribute("aria-keyshortcuts");
    }
  }

  told.hidden = false;
  show();
  button.addEventListener("click", () => {
    on = !on;
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    show();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (!/^[0-9]$/.test(event.key)) return;
    const focused = lines.find((line) => line.contains(document.activeElement));
    const line = focused || lines.find((each) => !chosen(each)) || current || lines[0];
    const input = line && line.querySelector(`input[data-key="${event.key}"]`);
    if (!input) return;
    event.preventDefault();
    input.checked = true;
    current = lines[lines.indexOf(line) + 1] || line;
    (chosen(current) || current.querySelector("input")).focus();
  });
})();
