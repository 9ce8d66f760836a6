// Keeps what is typed into an item's form a moment after it was typed, and says so.
const said = document.querySelector("[data-draft]");
const form = document.getElementById("w-editor-form");

if (said && form) {
  let waiting;
  let leaving = false;
  const keep = async () => {
    if (leaving) return;
    try {
      const answer = await fetch(said.dataset.draft, { method: "POST", body: new FormData(form) });
      said.textContent = (await answer.json()).said;
    } catch {
      said.textContent = "What you typed could not be kept: the service does not answer. It is still on this page.";
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 1500);
  });
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(waiting);
  });
}
