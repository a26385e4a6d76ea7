// Elements made without markup: what comes from data becomes text, never HTML.

/**
 * Return a new element.
 *
 * `attributes` named like `onclick` are listeners, `true` gives an empty attribute, `false` and null none.
 * `children` are elements or texts.
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Return an option of a select. */
export function option(value, text, selected = false) {
  return element("option", { value, selected }, text);
}

/** Return a control with its label above it. */
export function labelled(text, control) {
  return element("div", { class: "falt" }, element("label", { for: control.id }, text), control);
}

/** Return the JSON of a file beside the page; an error in words where it can't be had. */
export async function fetched(address) {
  let answer;
  try {
    answer = await fetch(address);
  } catch {
    throw new Error("Uppgifterna kunde inte hämtas. Kontrollera uppkopplingen och ladda om sidan.");
  }
  if (!answer.ok) throw new Error(`Uppgifterna kunde inte hämtas (svar ${answer.status}). Ladda om sidan om en stund.`);
  return answer.json();
}
