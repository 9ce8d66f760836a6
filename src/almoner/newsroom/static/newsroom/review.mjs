// The review queue by single keys, and publishing many with progress. Without this every step is a button.

const PART = 50;
const switching = document.querySelector("[data-keys]");
const isOn = () => localStorage.getItem("almoner-single-keys") !== "off";

if (switching) {
  switching.parentElement.hidden = false;
  switching.checked = isOn();
  switching.addEventListener("change", () => {
    localStorage.setItem("almoner-single-keys", switching.checked ? "on" : "off");
  });
}

const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isTyping(event.target)) event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !isOn() || isTyping(event.target)) return;
  const pressed = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!pressed) return;
  event.preventDefault();
  if (pressed.matches("input, textarea")) {
    pressed.focus();
    pressed.select();
  } else {
    pressed.click();
  }
});

// A text of several lines is saved by Ctrl+Enter, where Enter begins a line.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches(".review__remedy textarea")) {
    event.target.form.querySelector("[name=write]").click();
  }
});

const page = document.querySelector(".review__blocks");
const own = page?.querySelector(".newsroom-block--ours");
if (own) page.scrollTop = own.getBoundingClientRect().top - page.getBoundingClientRect().top - 80;

const ready = document.querySelector("[data-ready]");

ready?.addEventListener("submit", async (event) => {
  const chosen = [...ready.querySelectorAll("[name=item]:checked")].map((box) => box.value);
  if (chosen.length <= PART) return;
  event.preventDefault();
  const progress = ready.querySelector("progress");
  const said = ready.querySelector("[data-said]");
  const token = ready.querySelector("[name=csrfmiddlewaretoken]").value;
  ready.querySelector("button").disabled = true;
  progress.hidden = false;
  progress.max = chosen.length;
  let done = 0;
  let left = 0;
  for (let at = 0; at < chosen.length; at += PART) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token);
    for (const key of chosen.slice(at, at + PART)) body.append("item", key);
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      done += told.published;
      left += told.left;
    } catch {
      said.textContent = `${done} are published. Then the service did not answer; the others wait still.`;
      return;
    }
    progress.value = Math.min(at + PART, chosen.length);
    said.textContent = `${done} of ${chosen.length} published`;
  }
  if (left) said.textContent += `; ${left} were changed, or decided about, meanwhile`;
  else location.reload();
});
