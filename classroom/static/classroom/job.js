// Looks every two seconds how far a long work is, until it is over. Without this script the page loads itself again.
"use strict";

(() => {
  const part = document.querySelector("[data-job]");
  const said = document.querySelector("[data-job-said]");

  const look = async () => {
    try {
      const reply = await fetch(location.href, { redirect: "error" });
      if (reply.ok) {
        const page = new DOMParser().parseFromString(await reply.text(), "text/html");
        show(page.querySelector("[data-job]"), page.querySelector("[data-job-said]").textContent);
      }
    } catch {
      // The site does not answer just now: the next look may find it.
    }
    if ("jobRuns" in part.dataset) setTimeout(look, 2000);
  };

  const show = (now, words) => {
    // Said aloud when the words are others, and only then.
    if (said.textContent !== words) said.textContent = words;
    if (!("jobRuns" in now.dataset)) delete part.dataset.jobRuns;
    const [bar, newBar] = [part.querySelector("progress"), now.querySelector("progress")];
    if (bar && newBar) bar.parentElement.replaceWith(newBar.parentElement); // the button beside it keeps its focus
    else {
      const held = part.contains(document.activeElement);
      part.replaceChildren(...now.childNodes);
      if (held) part.querySelector("button, a").focus();
    }
  };

  setTimeout(look, 2000);
})();
