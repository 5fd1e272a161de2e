// Lets a marker work from the keyboard: number keys choose for the first line of the rubric that is still open, or for
// the one that has the focus; Ctrl and Enter save and go on. Without this script the page is a plain form.
"use strict";

(() => {
  const form = document.querySelector("form.marking-form");
  if (!form) return;
  document.getElementById("marking-keys").hidden = false;
  const lines = [...form.querySelectorAll(".rubric-line")];
  const chosen = (line) => line.querySelector("input:checked");
  let current = null;

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const typing = event.target.closest("textarea, input:not([type=radio]):not([type=checkbox])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
    const focused = lines.find((line) => line.contains(document.activeElement));
    const line = focused || lines.find((each) => !chosen(each)) || current || lines[0];
    const input = line && line.querySelector(`input[data-key="${event.key}"]`);
    if (!input) return;
    event.preventDefault();
    input.checked = true;
    current = lines[lines.indexOf(line) + 1] || line;
    (current.querySelector("input:checked") || current.querySelector("input")).focus();
  });
})();
