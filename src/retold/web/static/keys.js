// Keys: "/" puts the cursor into the search; j or n goes to the next passage, statement or line,
// k or p to the one before; at the end they follow the link to the next or previous page.
"use strict";
(() => {
  const typing = (node) => node instanceof Element && node.closest("input, textarea, select");

  const follow = (rel) => {
    const link = document.querySelector(`a[rel=${rel}]`);
    if (link) link.click();
  };

  const step = (way) => {
    const steps = [...document.querySelectorAll("[data-step]")];
    if (!steps.length) return follow(way > 0 ? "next" : "prev");
    const here = document.activeElement && document.activeElement.closest("[data-step]");
    let at = steps.indexOf(here);
    if (at < 0) {
      const first = steps.findIndex((one) => one.getBoundingClientRect().bottom > 0);
      at = way > 0 ? first : Math.max(first - 1, 0);
      if (first < 0) at = way > 0 ? steps.length : steps.length - 1;
    } else {
      at += way;
    }
    const one = steps[at];
    if (!one) return follow(way > 0 ? "next" : "prev");
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "start" });
    return undefined;
  };

  const ways = { j: 1, n: 1, k: -1, p: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const field = document.querySelector("input[type=search]");
      if (!field) return;
      event.preventDefault();
      field.focus();
    } else if (Object.hasOwn(ways, event.key)) {
      event.preventDefault();
      step(ways[event.key]);
    }
  });
})();
