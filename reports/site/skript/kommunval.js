// From a kommun's name to its page: on the start page, and on the list that the form leads to where no script has run.
const form = document.getElementById("kommunval");
const field = document.getElementById("kommunnamn");
const fault = document.getElementById("kommunfel");
const folder = form.getAttribute("action").replace("index.html", "");

function plain(name) {
  return name
    .trim()
    .toLocaleLowerCase("sv")
    .replace(/ (kommun|stad|s kommun)$/, "")
    .replace(/\s+/g, " ");
}

const places = Array.from(document.querySelectorAll("#kommunnamnen option"), (option) => ({
  name: plain(option.value),
  address: option.dataset.adress,
}));

function chosen(text) {
  const wanted = plain(text);
  if (!wanted) return [];
  const exact = places.filter((one) => one.name === wanted || `${one.name}s` === wanted);
  return exact.length ? exact : places.filter((one) => one.name.startsWith(wanted));
}

function lead(text) {
  const found = chosen(text);
  if (found.length === 1) location.href = `${folder}${found[0].address}/index.html`;
  else fault.textContent = found.length
    ? `Flera kommuner börjar med ”${text.trim()}”. Skriv hela namnet.`
    : text.trim()
      ? `Det finns ingen kommun som heter ”${text.trim()}”. Kontrollera stavningen eller välj i listan efter län.`
      : "Skriv namnet på en kommun.";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  lead(field.value);
  if (fault.textContent) field.focus();
});
// A name picked from the list with the mouse needs no button.
field.addEventListener("input", (event) => {
  fault.textContent = "";
  if (event.inputType === "insertReplacementText" && chosen(field.value).length === 1) lead(field.value);
});

const asked = new URLSearchParams(location.search).get("namn");
if (asked) {
  field.value = asked;
  lead(asked);
}
