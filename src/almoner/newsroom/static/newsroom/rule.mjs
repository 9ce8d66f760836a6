// Writing a rule: line numbers, the way from a fault to its line, and choosing elements in the page.
// Without this all of it can be typed and tried; with it, an element of the page is a click.

const text = document.getElementById("rule");
const lines = document.querySelector(".rule__lines");
const picked = document.getElementById("picked");
const frame = document.querySelector(".rule__frame");
const FIELDS = ["record", "title", "link", "date", "author", "category", "text", "remove"];

function number() {
  const count = text.value.split("\n").length;
  while (lines.childElementCount > count) lines.lastElementChild.remove();
  while (lines.childElementCount < count) {
    const line = document.createElement("span");
    line.textContent = lines.childElementCount + 1;
    lines.append(line);
  }
  text.rows = count + 2;
}

function goTo(line) {
  const all = text.value.split("\n");
  const start = all.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (all[line - 1] ?? "").length);
}

// Put `key = "value"` into [select], in place of what it said before.
function say(key, value) {
  const written = `${key} = ${JSON.stringify(value)}`;
  const all = text.value.replace(/\s+$/, "").split("\n");
  let start = all.findIndex((line) => /^\s*\[select\]/.test(line));
  if (start < 0) {
    if (all.at(-1)) all.push("");
    else all.pop();
    start = all.push("[select]") - 1;
  }
  let end = all.findIndex((line, place) => place > start && /^\s*\[/.test(line));
  if (end < 0) end = all.length;
  const old = all.findIndex((line, place) => place > start && place < end && new RegExp(`^\\s*${key}\\s*=`).test(line));
  if (old >= 0) all[old] = written;
  else {
    while (end > start + 1 && !all[end - 1].trim()) end -= 1;
    all.splice(end, 0, written);
  }
  text.value = `${all.join("\n")}\n`;
  number();
  goTo((old >= 0 ? old : end) + 1);
}

function element(name, said, options = {}) {
  const made = Object.assign(document.createElement(name), options);
  made.textContent = said;
  return made;
}

async function show(box) {
  const page = frame.contentDocument;
  page.querySelector(".picked")?.classList.remove("picked");
  box.classList.add("picked");
  picked.replaceChildren("…");  // what is shown of another piece must not be pressed for this one
  picked.hidden = false;
  const answer = await fetch(`${picked.dataset.address}?node=${box.id.slice(1)}`);
  if (!answer.ok) return;
  const { selectors } = await answer.json();
  if (!box.classList.contains("picked")) return;  // another was chosen meanwhile
  const choice = element("select", "", { id: "selector" });
  for (const { selector, matches } of selectors) {
    choice.append(element("option", `${selector} (${matches} on this page)`, { value: selector }));
  }
  const buttons = element("div", "", { className: "newsroom-buttons" });
  const outer = box.parentElement.closest("[id^=n]");
  const wider = element("button", "What is around it", { type: "button", className: "button button-small button-secondary", disabled: !outer });
  wider.addEventListener("click", () => show(outer));
  buttons.append(wider);
  for (const field of FIELDS) {
    const button = element("button", `is the ${field}`, { type: "button", className: "button button-small button-secondary" });
    if (field === "remove") button.textContent = "belongs to none";
    button.addEventListener("click", () => say(field, choice.value));
    buttons.append(button);
  }
  picked.replaceChildren(element("label", "Chosen. It can be called", { htmlFor: "selector" }), choice, buttons);
}

function arrive() {
  const page = frame.contentDocument;
  if (!page) return;
  for (const item of document.querySelectorAll(".rule__item[data-node]")) {
    page.getElementById(item.dataset.node)?.classList.add("item");
  }
  page.addEventListener("click", (event) => {
    const box = event.target.closest("main [id^=n]");
    if (box && page.querySelector("main > .block") === null) show(box);
  });
}

if (text) {
  text.addEventListener("input", number);
  number();
}
for (const link of document.querySelectorAll("[data-line]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    goTo(Number(link.dataset.line));
  });
}
if (frame) {
  frame.addEventListener("load", arrive);
  if (frame.contentDocument?.readyState === "complete") arrive();
}
