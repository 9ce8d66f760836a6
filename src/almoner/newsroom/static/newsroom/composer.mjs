// Entries of an issue are dragged to their place. Without this, and by keyboard, the buttons of each do the same.

const composer = document.querySelector("[data-composer]");
const said = composer?.querySelector("[data-said]");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
let dragged = null;
let from = null;

const after = (list, y) =>
  [...list.querySelectorAll("[data-entry]")].find((entry) => {
    const box = entry.getBoundingClientRect();
    return entry !== dragged && y < box.top + box.height / 2;
  });

composer?.addEventListener("dragstart", (event) => {
  const entry = event.target.closest?.("[data-entry]");
  if (!entry) return;
  dragged = entry;
  from = { list: entry.parentElement, next: entry.nextElementSibling };
  event.dataTransfer.effectAllowed = "move";
  entry.classList.add("composer__entry--dragged");
});

composer?.addEventListener("dragover", (event) => {
  const section = event.target.closest("[data-section]");
  if (!dragged || !section) return;
  event.preventDefault();
  const list = section.querySelector("ol");
  list.insertBefore(dragged, after(list, event.clientY) ?? null);
});

composer?.addEventListener("drop", (event) => event.preventDefault());

composer?.addEventListener("dragend", async () => {
  if (!dragged) return;
  const entry = dragged;
  const before = from;
  dragged = from = null;
  entry.classList.remove("composer__entry--dragged");
  if (entry.parentElement === before.list && entry.nextElementSibling === before.next) return;
  const section = entry.closest("[data-section]");
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token);
  body.append("do", "move");
  body.append("entry", entry.dataset.entry);
  body.append("section", section.dataset.section);
  body.append("place", [...entry.parentElement.children].indexOf(entry));
  let fault = "The service did not answer; it stands where it was.";
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" } });
    fault = (await answer.json()).fault;
  } catch {
    // the words above say it
  }
  if (fault) before.list.insertBefore(entry, before.next);
  said.textContent = fault || `Moved to ${section.querySelector("h2").textContent}.`;
});

// A click into a form's field is no drag of the entry around it.
composer?.addEventListener("focusin", (event) => {
  const entry = event.target.closest("input, textarea") && event.target.closest("[data-entry]");
  if (entry) entry.draggable = false;
});
composer?.addEventListener("focusout", (event) => {
  const entry = event.target.closest("[data-entry]");
  if (entry) entry.draggable = true;
});
