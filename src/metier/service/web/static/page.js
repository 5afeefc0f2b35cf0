// Everything that the page does by itself: the rest is HTMX asking the server for parts of it.
"use strict";
(() => {
  const root = document.documentElement;
  const toast = document.getElementById("toast");
  let fading = 0;

  const remembered = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  if (remembered()) root.dataset.theme = remembered();
  document.getElementById("theme")?.addEventListener("click", () => {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private windows keep nothing */ }
  });

  const tell = (words) => {
    toast.textContent = words;
    toast.classList.add("shown");
    clearTimeout(fading);
    fading = setTimeout(() => toast.classList.remove("shown"), 8000);
  };

  // On a phone what folds begins folded.
  if (matchMedia("(max-width: 52rem)").matches) {
    for (const fold of document.querySelectorAll("[data-fold]")) fold.open = false;
  }

  // A file may be dropped anywhere on the place for it.
  for (const place of document.querySelectorAll(".drop")) {
    const input = place.querySelector("input[type=file]");
    const words = place.querySelector(".drop-words");
    const named = () => { if (input.files.length) words.textContent = input.files[0].name; };
    for (const name of ["dragover", "dragenter"]) place.addEventListener(name, (event) => { event.preventDefault(); place.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      named();
      input.form.requestSubmit();
    });
    input.addEventListener("change", () => { named(); if (input.files.length) input.form.requestSubmit(); });
  }

  // Progress of what is sent, then of what is read.
  const parts = (form) => [form.querySelector("progress"), form.querySelector(".status"), form.querySelector("button:not([type=button])")];
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest(".sending");
    if (!form) return;
    const [bar, status, button] = parts(form);
    bar.hidden = false;
    bar.value = 0;
    button.disabled = true;
    status.textContent = form.dataset.sending;
  });
  document.body.addEventListener("htmx:xhr:progress", (event) => {
    const form = event.target.closest?.(".sending");
    if (!form || !event.detail.lengthComputable) return;
    const [bar, status] = parts(form);
    bar.value = 100 * event.detail.loaded / event.detail.total;
    if (event.detail.loaded === event.detail.total) { bar.removeAttribute("value"); status.textContent = form.dataset.reading; }
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest(".sending");
    if (!form || event.detail.successful) return;
    const [bar, status, button] = parts(form);
    bar.hidden = true;
    button.disabled = false;
    status.textContent = "";
  });

  // What went wrong is said in the server's words.
  const problem = (text) => { try { const found = JSON.parse(text); return [found.detail, found.hint].filter(Boolean).join(" "); } catch { return text.trim(); } };
  document.body.addEventListener("htmx:responseError", (event) => tell(problem(event.detail.xhr.responseText) || document.body.dataset.network));
  document.body.addEventListener("htmx:sendError", () => tell(document.body.dataset.network));
  document.body.addEventListener("htmx:timeout", () => tell(document.body.dataset.network));

  // Focus stays where it was when a part of the page is made anew.
  let wasWithin = false;
  document.body.addEventListener("htmx:beforeSwap", (event) => { wasWithin = event.detail.target.contains(document.activeElement); });
  document.body.addEventListener("htmx:afterSwap", () => {
    if (wasWithin && document.activeElement === document.body) document.getElementById("content").focus({ preventScroll: true });
    wasWithin = false;
  });

  // A reason lights up its words in both texts.
  const light = (button) => {
    const isOn = button.getAttribute("aria-pressed") === "true";
    for (const other of document.querySelectorAll(".reason[aria-pressed=true]")) other.setAttribute("aria-pressed", "false");
    for (const mark of document.querySelectorAll("mark.lit")) mark.classList.remove("lit");
    if (isOn) return;
    button.setAttribute("aria-pressed", "true");
    if (matchMedia("(max-width: 64rem)").matches) document.querySelector(".texts")?.scrollIntoView({ block: "start" });
    for (const paper of document.querySelectorAll(".paper")) {
      const lit = [...paper.querySelectorAll("mark")].filter((mark) => mark.dataset.names.split(" ").includes(button.dataset.quote));
      lit.forEach((mark) => mark.classList.add("lit"));
      if (lit.length) paper.scrollTop += lit[0].getBoundingClientRect().top - paper.getBoundingClientRect().top - paper.clientHeight / 3;
    }
  };
  document.body.addEventListener("click", (event) => {
    const button = event.target.closest(".reason");
    if (button) light(button);
    const mark = event.target.closest("mark[data-names]");
    const owner = mark && document.querySelector(`.reason[data-quote="${mark.dataset.names.split(" ")[0]}"]`);
    if (owner && owner.getAttribute("aria-pressed") !== "true") light(owner);
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.body.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest(".menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
})();
