// Tabs: without this script every tab's content stands on the page, one after the other.
document.querySelectorAll(".panel-tabset").forEach(function (set) {
  var tabs = Array.from(set.querySelectorAll(":scope > .nav-tabs [role=tab]"));
  function show(chosen, focus) {
    tabs.forEach(function (tab) {
      var on = tab === chosen;
      tab.setAttribute("aria-selected", on ? "true" : "false");
      tab.classList.toggle("active", on);
      tab.tabIndex = on ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !on;
    });
    if (focus) chosen.focus();
  }
  tabs.forEach(function (tab, n) {
    tab.addEventListener("click", function (event) {
      event.preventDefault();
      show(tab, false);
    });
    tab.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) {
        event.preventDefault();
        show(tabs[(n + step + tabs.length) % tabs.length], true);
      }
    });
  });
  if (tabs.length) show(tabs[0], false);
});
// The menu on a narrow screen: the style sheet shows its button, and hides its list until it is asked for, only
// where scripts run.
document.querySelectorAll(".meny-knapp").forEach(function (button) {
  var menu = document.getElementById(button.getAttribute("aria-controls"));
  function open(on) {
    menu.classList.toggle("oppen", on);
    button.setAttribute("aria-expanded", on ? "true" : "false");
  }
  button.addEventListener("click", function () {
    open(button.getAttribute("aria-expanded") !== "true");
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
      open(false);
      button.focus();
    }
  });
});
// A table that is wider than its screen says so, and can be reached by the keyboard; others are no stop on the way.
(function () {
  var regions = Array.from(document.querySelectorAll(".table-responsive"));
  function measure() {
    regions.map(function (region) {
      return region.scrollWidth > region.clientWidth + 1;
    }).forEach(function (wide, n) {
      regions[n].classList.toggle("rullar", wide);
      if (wide) regions[n].tabIndex = 0;
      else regions[n].removeAttribute("tabindex");
    });
  }
  if (!regions.length) return;
  // When the page has come and been shown: measuring lays out all of it.
  if (document.readyState === "complete") setTimeout(measure);
  else addEventListener("load", function () { setTimeout(measure); });
  addEventListener("resize", measure);
})();
