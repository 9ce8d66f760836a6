/* Suggestions under a search box: the editable combobox of the WAI-ARIA Authoring Practices, with a list. What is typed
   goes by POST to our own server and nowhere else, and nothing of it is stored here. Without this file the box is as it
   was. */
const PAUSE = 150; /* milliseconds after the last key */
const SHORTEST = 2; /* letters, as the server has it */

export function suggest(form) {
  const box = form.elements.q;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  list.id = `suggestions-${document.querySelectorAll(".suggestions").length}`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
  box.type = "text"; /* a box of type search is none that may have a list */
  box.enterKeyHint = "search";
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  let active = -1;
  let timer = 0;
  let asking = null;
  close();

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    active = -1;
    status.textContent = "";
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    if (!found.length || document.activeElement !== box) return close();
    list.replaceChildren(...found.map(option));
    list.hidden = false;
    active = -1;
    box.setAttribute("aria-expanded", "true");
    box.removeAttribute("aria-activedescendant");
    status.textContent = `${found.length} suggestion${found.length > 1 ? "s" : ""}. Up and down arrows to move.`;
  }

  function option({ words, what, address }, number) {
    const line = document.createElement("li");
    const kind = document.createElement("span");
    line.id = `${list.id}-${number}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.dataset.address = address;
    line.dataset.words = words;
    kind.className = "kind";
    kind.textContent = what;
    line.append(words, " ", kind);
    return line;
  }

  function move(step) {
    const lines = list.children;
    lines[active]?.setAttribute("aria-selected", "false");
    /* One place beside the lines stands for the box itself. */
    active = ((active + 1 + step + lines.length + 1) % (lines.length + 1)) - 1;
    if (active < 0) return box.removeAttribute("aria-activedescendant");
    lines[active].setAttribute("aria-selected", "true");
    lines[active].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", lines[active].id);
  }

  function take(line) {
    close();
    if (line.dataset.address) return window.location.assign(line.dataset.address);
    box.value = line.dataset.words;
    form.requestSubmit();
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.suggestions, {
        method: "POST",
        body: new URLSearchParams({ q: box.value }),
        credentials: "omit",
        signal: asking.signal,
      });
      show(answer.ok ? (await answer.json()).suggestions : []);
    } catch {
      /* typed on, or cut off: the box works without */
    }
  }

  box.addEventListener("input", () => {
    if (box.value.trim().length < SHORTEST) return close();
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && active >= 0) take(list.children[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); /* the box keeps the focus */
  list.addEventListener("click", (event) => {
    const line = event.target.closest("[role=option]");
    if (line) take(line);
  });
}
