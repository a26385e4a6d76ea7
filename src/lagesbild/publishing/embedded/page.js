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
