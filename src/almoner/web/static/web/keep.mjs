/* What a reader asks this browser to remember: items to read later, and what is new since the last visit. It is off
   until they switch it on at /saved/, since others may use the same browser; nothing of it ever leaves the browser, and
   it can be wiped. Where scripts do not run there is no trace of it. */
const SWITCH = "almoner.remember";
const SAVED = "almoner.saved"; /* a list of {address, title, at} */
const VISIT = "almoner.visit"; /* when a page was last opened */
const SINCE = "almoner.since"; /* the end of the visit before this one; for this tab alone */
const MOST = 200;

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; /* a browser that keeps nothing */
  }
}

function store(key, value) {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

function saved() {
  try {
    const list = JSON.parse(stored(SAVED) ?? "[]");
    const ours = (one) => typeof one?.title === "string" && /^\/items\/[a-z0-9-]+\/$/.test(one.address);
    return Array.isArray(list) ? list.filter(ours) : [];
  } catch {
    return [];
  }
}

function isSaved(address) {
  return saved().some((one) => one.address === address);
}

function toggle(address, title) {
  const others = saved().filter((one) => one.address !== address);
  if (!isSaved(address)) others.unshift({ address, title, at: new Date().toISOString() });
  return store(SAVED, JSON.stringify(others.slice(0, MOST)));
}

function wipe() {
  for (const key of [SWITCH, SAVED, VISIT]) localStorage.removeItem(key);
  sessionStorage.removeItem(SINCE);
}

function saver(address, title) {
  const button = document.createElement("button");
  const name = document.createElement("span");
  button.type = "button";
  button.className = "keep";
  name.className = "govuk-visually-hidden";
  const say = () => {
    button.textContent = isSaved(address) ? "Saved. Take it off" : "Save for later";
    name.textContent = ` ${title}`;
    button.append(name);
  };
  say();
  button.addEventListener("click", () => {
    toggle(address, title);
    say();
  });
  return button;
}

function offerToSave() {
  for (const card of document.querySelectorAll(".card")) {
    const link = card.querySelector("h2 a, h3 a, h4 a");
    const address = link?.getAttribute("href") ?? "";
    if (address.startsWith("/items/")) card.append(saver(address, link.textContent.trim()));
  }
  const head = document.querySelector("[data-item-title]");
  if (head) head.append(saver(location.pathname, head.dataset.itemTitle));
}

function since() {
  let before = sessionStorage.getItem(SINCE);
  if (before === null) {
    before = stored(VISIT) ?? "";
    sessionStorage.setItem(SINCE, before);
  }
  store(VISIT, new Date().toISOString());
  return before && !Number.isNaN(Date.parse(before)) ? new Date(before) : null;
}

function markNew(before) {
  let count = 0;
  for (const card of document.querySelectorAll(".card[data-changed]")) {
    if (new Date(card.dataset.changed) <= before) continue;
    const tag = document.createElement("span");
    tag.className = "tag fresh";
    tag.textContent = "New to you";
    card.querySelector(".kind")?.append(" ", tag);
    count += 1;
  }
  const place = document.querySelector("[data-new-since]");
  if (!place) return;
  const day = before.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const many = `${count} ${count === 1 ? "item" : "items"} on this page`;
  place.textContent = `${count ? many : "Nothing on this page"} came or changed since your last visit on ${day}.`;
  place.hidden = false;
}

function manage(page) {
  const part = (name) => page.querySelector(`[data-part="${name}"]`);
  const show = () => {
    const isOn = stored(SWITCH) === "on";
    part("without").hidden = true;
    part("off").hidden = isOn;
    part("on").hidden = !isOn;
    const list = saved();
    part("none").hidden = list.length > 0;
    part("list").replaceChildren(
      ...list.map(({ address, title }) => {
        const line = document.createElement("li");
        const link = document.createElement("a");
        link.href = address;
        link.textContent = title;
        const off = saver(address, title);
        off.addEventListener("click", show);
        line.append(link, " ", off);
        return line;
      }),
    );
  };
  part("switch-on").addEventListener("click", () => {
    part("status").textContent = store(SWITCH, "on")
      ? "This browser remembers now."
      : "This browser does not let pages remember anything.";
    show();
  });
  part("wipe").addEventListener("click", () => {
    wipe();
    part("status").textContent = "Switched off. What was remembered here is wiped.";
    show();
  });
  show();
}

export function keep() {
  const page = document.querySelector("[data-remembered]");
  if (page) manage(page);
  if (stored(SWITCH) !== "on") return;
  const before = since();
  offerToSave();
  if (before) markNew(before);
}
