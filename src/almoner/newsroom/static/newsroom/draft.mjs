// Keeps what is typed into an item's form a moment after it was typed, and says so. Where that fails, since the network
// or the session is gone, the form is not sent into nothing either: what was typed stays on the page.
const said = document.querySelector("[data-draft]");
const form = document.getElementById("w-editor-form");

if (said && form) {
  let waiting;
  let leaving = false;
  let reached = true;
  // Who signed in again in another tab has another token.
  const renewToken = () => {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    if (token) form.elements.csrfmiddlewaretoken.value = token[1];
  };
  const keep = async () => {
    if (leaving) return;
    try {
      renewToken();
      const answer = await fetch(said.dataset.draft, { method: "POST", body: new FormData(form), redirect: "manual" });
      reached = answer.type !== "opaqueredirect" && answer.status !== 403;
      said.textContent = reached
        ? (await answer.json()).said
        : "You are signed out. Sign in again in another tab, then save here: what you typed is still on this page.";
    } catch {
      reached = false;
      said.textContent = "What you typed could not be kept: the service does not answer. It is still on this page.";
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 1500);
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(waiting);
    renewToken();
    if (reached) {
      leaving = true;
      return;
    }
    event.preventDefault();
    await keep();
    if (reached) form.requestSubmit(event.submitter);
  });
}
