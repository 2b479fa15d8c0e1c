// Searches the lessons' titles, headings and text. A section is found if it, its heading and
// its lesson's title together hold every word, or a word that begins so.

const lessons = JSON.parse(document.getElementById("sections").textContent) ?? [];
const sections = lessons.flatMap((lesson) =>
  (lesson.sections ?? []).map((s) => ({ ...s, page: lesson.page, title: lesson.title })));
const most = 30; // results shown

const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const beginning = (words, flags) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join("|")})`, flags + "iu");

// score is 0 where a word is missing; a heading counts more than a title, and that more than text.
function score(section, patterns) {
  let sum = 0;
  for (const pattern of patterns) {
    const inText = section.text.match(new RegExp(pattern, "giu"))?.length ?? 0;
    const points = 8 * pattern.test(section.heading) + 4 * pattern.test(section.title) + Math.min(inText, 4);
    if (points === 0) return 0;
    sum += points;
  }
  return sum;
}

// marked appends text to an element, with the words marked.
function marked(element, text, pattern) {
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    element.append(text.slice(from, match.index));
    element.append(Object.assign(document.createElement("mark"), { textContent: match[0] }));
    from = match.index + match[0].length;
  }
  element.append(text.slice(from));
}

// passage is the part of the text around the first word found.
function passage(text, pattern) {
  const at = Math.max(0, text.search(pattern));
  const from = at < 60 ? 0 : text.indexOf(" ", at - 60) + 1;
  const to = from + 180 < text.length ? text.lastIndexOf(" ", from + 180) : text.length;
  return (from > 0 ? "… " : "") + text.slice(from, Math.max(to, at)) + (to < text.length ? " …" : "");
}

function result(section, words) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `${section.page}#${encodeURIComponent(section.anchor)}`;
  marked(link, section.heading, beginning(words, "g"));
  item.append(link);
  if (section.heading !== section.title)
    item.append(Object.assign(document.createElement("span"), { className: "faint", textContent: ` ${section.title}` }));
  const text = document.createElement("p");
  marked(text, passage(section.text, beginning(words, "")), beginning(words, "g"));
  item.append(text);
  return item;
}

const form = document.querySelector("form[role=search]");
const input = form.querySelector("input");

function show() {
  const words = input.value.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const patterns = words.map((word) => beginning([word], ""));
  const found = words.length === 0 ? [] : sections
    .map((section) => ({ section, points: score(section, patterns) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points);
  document.getElementById("found").replaceChildren(...found.slice(0, most).map(({ section }) => result(section, words)));
  form.querySelector("output").textContent = words.length === 0 ? ""
    : found.length === 0 ? "Nothing found."
    : found.length === 1 ? "1 section found."
    : `${found.length} sections found${found.length > most ? `, the best ${most} of them below` : ""}.`;
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
input.addEventListener("input", show);
addEventListener("pageshow", show); // coming back, the browser has kept what was typed
