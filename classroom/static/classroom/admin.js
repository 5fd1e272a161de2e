// Names for what the panel's own scripts and tables make without one.
(() => {
  const name = () => {
    // Boxes that complete what is typed: they are called as the field is, and by what is chosen.
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const label = document.querySelector(`label[for="${select.id}"]`);
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      const shown = box?.querySelector(".select2-selection__rendered");
      if (!label || !shown) continue;
      box.removeAttribute("aria-labelledby");
      box.setAttribute("aria-label", `${label.textContent.trim()} ${shown.title}`.trim());
      shown.removeAttribute("role");
      shown.removeAttribute("aria-readonly");
    }
    for (const hint of document.querySelectorAll("span.help-tooltip[aria-label]")) hint.setAttribute("role", "img");
    // A column without a name has no header.
    for (const cell of document.querySelectorAll("thead th:empty")) cell.replaceWith(document.createElement("td"));
  };
  // After the panel's own scripts, which do their part when the page has loaded.
  window.addEventListener("load", () => setTimeout(name, 50));
  document.addEventListener("change", () => setTimeout(name));
})();
