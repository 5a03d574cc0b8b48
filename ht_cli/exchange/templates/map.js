"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const land = byId("land"), homes = byId("homes"), panel = byId("panel"), cursor = byId("cursor");
const whole = land.getAttribute("viewBox").split(" ").map(Number);
let pinned = null, here = homes.firstElementChild;

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function network(heading, id) {
  const found = data.networks[id], list = element("ul");
  for (const contact of found.contacts) {
    const item = element("li");
    item.append(contact.href ? element("a", contact.text, { href: contact.href, rel: "noreferrer" }) : contact.text);
    list.append(item);
  }
  if (!found.contacts.length) list.append(element("li", data.texts.no_contact));
  return [element("h3", heading), element("p", found.name), list];
}

function show(path) {
  if (!path) return;
  const home = data.homes[path.id.slice(1)];
  panel.classList.remove("empty");
  panel.replaceChildren(
    element("h2", home.name, { tabindex: "-1" }), element("p", home.postcodes),
    ...network(data.texts.adult, home.adult), element("p", home.sure), ...network(data.texts.youth, home.youth),
    ...home.counts.map((count, number) => element("p", data.texts.counts[number] + ": " + count)),
  );
  cursor.setAttribute("d", path.getAttribute("d"));
}

function go(path, pin) {
  here.tabIndex = -1;
  here = path;
  here.tabIndex = 0;
  if (pin) {
    if (pinned) pinned.setAttribute("aria-selected", "false");
    pinned = path;
    pinned.setAttribute("aria-selected", "true");
  }
  show(path);
}

function look(x, y, wide) {
  const width = Math.min(wide, whole[2]), height = width * whole[3] / whole[2];
  const left = Math.max(0, Math.min(whole[2] - width, x - width / 2)), top = Math.max(0, Math.min(whole[3] - height, y - height / 2));
  land.setAttribute("viewBox", [left, top, width, height].join(" "));
  land.style.setProperty("--k", Math.max(.3, width / whole[2]));
}

const middle = (path) => data.homes[path.id.slice(1)].at;
const seen = () => land.getAttribute("viewBox").split(" ").map(Number);
const centre = () => (pinned ? middle(pinned) : [seen()[0] + seen()[2] / 2, seen()[1] + seen()[3] / 2]);

function neighbour(path, dx, dy) {
  const [x, y] = middle(path);
  let best = null, least = Infinity;
  for (const other of homes.children) {
    const [u, v] = middle(other), along = (u - x) * dx + (v - y) * dy, across = Math.abs((u - x) * dy - (v - y) * dx);
    if (along > .5 && across <= along * 1.2 && along + 2 * across < least) { least = along + 2 * across; best = other; }
  }
  return best;
}

homes.addEventListener("pointerover", (event) => show(event.target.closest("path")));
homes.addEventListener("pointerleave", () => { if (pinned) show(pinned); });
homes.addEventListener("click", (event) => { const path = event.target.closest("path"); if (path) go(path, true); });
homes.addEventListener("focusin", (event) => go(event.target, false));
homes.addEventListener("keydown", (event) => {
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  if (ways[event.key]) {
    const next = neighbour(event.target, ...ways[event.key]);
    if (next) next.focus();
  } else if (event.key === "Enter" || event.key === " ") {
    go(event.target, true);
    panel.querySelector("h2").focus();
  } else return;
  event.preventDefault();
});
panel.addEventListener("keydown", (event) => { if (event.key === "Escape") here.focus(); });

const fold = (text) => text.replace(/ß/g, "ss").replace(/œ/gi, "oe").replace(/æ/gi, "ae").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

function search(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const exact = [], begins = [];
  for (const [nis, keys] of Object.entries(data.spellings)) {
    const words = keys.split(" ");
    if (words.includes(wanted)) exact.push(nis);
    else if (words.some((word) => word.startsWith(wanted))) begins.push(nis);
  }
  return [...exact, ...begins].slice(0, 12);
}

function choose(nis) {
  const path = byId("m" + nis);
  go(path, true);
  look(...middle(path), whole[2] / 3);
  byId("said").textContent = path.getAttribute("aria-label");
}

byId("q").addEventListener("input", (event) => {
  const found = search(event.target.value);
  byId("found").replaceChildren(...found.map((nis) => {
    const item = element("li"), button = element("button", data.homes[nis].name, { type: "button" });
    button.addEventListener("click", () => choose(nis));
    item.append(button);
    return item;
  }));
  byId("said").textContent = !event.target.value.trim() ? "" : found.length ? String(found.length) : data.texts.not_found;
});
byId("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const [first] = search(byId("q").value);
  if (first) choose(first);
});
byId("layers").addEventListener("change", (event) => { document.body.className = "show" + event.target.value; });
byId("in").addEventListener("click", () => look(...centre(), seen()[2] / 1.6));
byId("out").addEventListener("click", () => look(...centre(), seen()[2] * 1.6));
byId("whole").addEventListener("click", () => look(whole[2] / 2, whole[3] / 2, whole[2]));
byId("brussels").addEventListener("click", () => look(...data.brussels));
if (data.start) choose(data.start);
