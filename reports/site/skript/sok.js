// The search page: asks the index that is served with the site, and shows what it finds by kind of page.
const KINDS = [
  ["Kommun", "Kommuner"],
  ["Område", "Områden"],
  ["Indikator", "Indikatorer"],
  ["Metod", "Metod"],
  ["Lägesrapport", "Lägesrapporter"],
  ["Sida", "Övriga sidor"],
];
const SHOWN = 10;

const field = document.getElementById("fraga");
const message = document.getElementById("besked");
const list = document.getElementById("traffar");
let index;
let asked = 0;

async function opened() {
  if (!index) {
    index = await import("../pagefind/pagefind.js");
    await index.options({ excerptLength: 0 });
    await index.init();
  }
  return index;
}

function element(name, text, parent) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

function group(heading, hits) {
  const section = document.createElement("section");
  element("h2", `${heading} (${hits.length})`, section);
  const items = element("ul", "", section);
  items.className = "traffar";
  hits.forEach((hit, n) => {
    const item = element("li", "", items);
    item.hidden = n >= SHOWN;
    const link = element("a", hit.meta.title, item);
    // The index has addresses from the site's top; this page is one step below it.
    link.href = `../${(hit.raw_url || hit.url).replace(/^\//, "")}index.html`;
    if (hit.meta.text) element("p", hit.meta.text, item);
  });
  if (hits.length > SHOWN) {
    const more = element("button", `Visa alla ${hits.length}`, section);
    more.type = "button";
    more.addEventListener("click", () => {
      const hidden = Array.from(items.children).filter((item) => item.hidden);
      hidden.forEach((item) => (item.hidden = false));
      more.remove();
      hidden[0].querySelector("a").focus();
    });
  }
  return section;
}

async function search(text) {
  const turn = ++asked;
  list.replaceChildren();
  if (!text.trim()) {
    message.textContent = "";
    return;
  }
  try {
    const found = await (await opened()).search(text);
    const hits = await Promise.all(found.results.map((one) => one.data()));
    if (turn !== asked) return;
    // A kommun whose name is what was asked for comes first.
    const wanted = text.trim().toLocaleLowerCase("sv");
    const exact = (hit) => (hit.meta.title.toLocaleLowerCase("sv") === wanted ? 0 : 1);
    hits.sort((a, b) => exact(a) - exact(b));
    const groups = KINDS.map(([kind, heading]) => [heading, hits.filter((hit) => hit.meta.slag === kind)]);
    list.append(...groups.filter(([, some]) => some.length).map(([heading, some]) => group(heading, some)));
    message.textContent = hits.length
      ? `${hits.length} ${hits.length === 1 ? "träff" : "träffar"} på ”${text.trim()}”.`
      : `Inga träffar på ”${text.trim()}”. Pröva ett annat ord, eller listorna nedan.`;
  } catch {
    message.textContent = "Sökningen kunde inte göras här. Använd listorna nedan.";
  }
}

const first = new URLSearchParams(location.search).get("q") || "";
field.value = first;
document.getElementById("sok").addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
  search(field.value);
});
search(first);
