// Corrections open where they are asked for: the form of the page behind the link stands under it,
// Escape or Cancel closes it, and what was decided shows in its place. Without this file, or with a
// key held to open elsewhere, the links lead to pages of their own.
"use strict";
(() => {
  const LINKS = "a.correct[href^='/correct/'], .correct a[href^='/correct/']";
  const WAIT = 1000; // ms between looks at what is being worked out
  let open = null; // { box, link }
  let number = 0;

  const parsed = async (answer) =>
    new DOMParser().parseFromString(await answer.text(), "text/html");

  const asked = (address, given) =>
    fetch(address, { credentials: "same-origin", headers: { Accept: "text/html" }, ...given });

  const pending = (page) => page.querySelector("meta[http-equiv=refresh]");

  const close = () => {
    if (!open) return;
    const { box, link } = open;
    open = null;
    box.remove();
    link.removeAttribute("aria-expanded");
    link.focus();
  };

  const say = (box, words, wrong) => {
    const line = box.querySelector(".inline-said");
    line.textContent = words;
    line.classList.toggle("wrong", Boolean(wrong));
  };

  // The page's main part, without what belongs to a page alone.
  const fill = (box, page) => {
    const main = page.querySelector("main");
    const title = main.querySelector("h1");
    const head = document.createElement("h2");
    head.id = `inline-${number}`;
    head.tabIndex = -1;
    head.append(...(title ? title.childNodes : [document.createTextNode("Correct")]));
    for (const one of main.querySelectorAll(".decided, :scope > .by, h1, script")) one.remove();
    for (const one of main.querySelectorAll("[id]")) one.removeAttribute("id");
    for (const form of main.querySelectorAll("form[method=post]")) {
      let back = form.querySelector("input[name=back]");
      if (!back) {
        back = document.createElement("input");
        back.type = "hidden";
        back.name = "back";
        form.append(back);
      }
      back.value = location.pathname + location.search;
    }
    const said = document.createElement("p");
    said.className = "facts inline-said";
    said.setAttribute("role", "status");
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "quiet inline-cancel";
    cancel.textContent = "Cancel";
    cancel.addEventListener("click", close);
    box.replaceChildren(head, ...main.childNodes, said, cancel);
    box.setAttribute("aria-labelledby", head.id);
    const wrong = box.querySelector("[role=alert]");
    (wrong || head).focus();
  };

  const begin = async (link) => {
    close();
    link.setAttribute("aria-busy", "true");
    let answer;
    try {
      answer = await asked(link.href);
    } catch {
      location.assign(link.href);
      return;
    } finally {
      link.removeAttribute("aria-busy");
    }
    const page = await parsed(answer);
    if (!answer.ok || pending(page) || !page.querySelector("main form[method=post]")) {
      location.assign(link.href);
      return;
    }
    number += 1;
    const box = document.createElement("section");
    box.className = "inline-correction";
    const beside = link.closest("p, li, header, tr") || link;
    if (beside.matches("li")) beside.append(box);
    else if (beside.matches("tr")) (link.closest("td, th") || link.parentElement).append(box);
    else beside.after(box);
    open = { box, link };
    link.setAttribute("aria-expanded", "true");
    fill(box, page);
  };

  // The link again, or what stands where it stood.
  const again = (href, part) => {
    const link = [...document.querySelectorAll(LINKS)].find(
      (one) => one.getAttribute("href") === href,
    );
    const place = part && document.getElementById(part);
    const main = document.getElementById("main");
    if (link) return link;
    if (place && place.tabIndex < 0) place.tabIndex = -1;
    return place || main;
  };

  const show = (page) => {
    const { link } = open;
    const href = link.getAttribute("href");
    const near = link.closest("main [id]");
    const at = window.scrollY;
    open = null;
    const main = document.getElementById("main");
    main.replaceChildren(...page.querySelector("main").childNodes);
    document.title = page.title;
    if (window.htmx) window.htmx.process(main);
    window.scrollTo(0, at);
    again(href, near && near.id).focus({ preventScroll: true });
  };

  const settle = async (box, answer) => {
    let page = await parsed(answer);
    const address = answer.url;
    while (answer.ok && pending(page)) {
      if (!open || open.box !== box) return; // closed meanwhile: the decision holds all the same
      say(box, "Decided. What follows from it is being worked out …");
      await new Promise((done) => setTimeout(done, WAIT));
      page = await parsed(await asked(address));
    }
    if (!open || open.box !== box) return;
    if (answer.ok) show(page);
    else location.assign(address);
  };

  const send = async (form, button) => {
    const { box } = open;
    const fields = new URLSearchParams(new FormData(form));
    if (button && button.name) fields.append(button.name, button.value);
    const address = new URL(form.getAttribute("action"), location.href);
    const buttons = [...box.querySelectorAll("button:not(.inline-cancel)")];
    let answer;
    for (const one of buttons) one.disabled = true;
    try {
      if (form.method === "get") {
        address.search = fields.toString();
        answer = await asked(address);
      } else {
        answer = await asked(address, { method: "POST", body: fields });
      }
    } catch {
      say(box, "The server cannot be reached. Nothing was changed.", true);
      for (const one of buttons) one.disabled = false;
      return;
    }
    if (!open || open.box !== box) return;
    if (answer.redirected) {
      await settle(box, answer);
      return;
    }
    const page = await parsed(answer);
    if (page.querySelector("main form[method=post]")) fill(box, page);
    else {
      const words = page.querySelector("main h1");
      say(box, words ? words.textContent : "This could not be done.", true);
      for (const one of buttons) one.disabled = false;
    }
  };

  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element && event.target.closest(LINKS);
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    if (open && open.link === link) close();
    else begin(link);
  });

  document.addEventListener("submit", (event) => {
    if (!open || !open.box.contains(event.target)) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open && !event.defaultPrevented) close();
  });
})();
