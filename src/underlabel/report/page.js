"use strict";
(() => {
  const form = document.getElementById("facets");
  if (!form) return;
  const search = form.querySelector("input[type=search]");
  const told = document.getElementById("shown");
  const answers = [...document.querySelectorAll("details.answer")];
  const lines = [...document.querySelectorAll("li.line")];
  const groups = [...document.querySelectorAll("details.group, section.group")];
  const texts = new Map();
  const text = (node) => {
    if (!texts.has(node)) texts.set(node, node.textContent.toLowerCase());
    return texts.get(node);
  };
  const apply = () => {
    const verdicts = new Set([...form.querySelectorAll("input[name=verdict]:checked")].map((box) => box.value));
    const regimes = new Set([...form.querySelectorAll("input[name=regime]:checked")].map((box) => box.value));
    const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (node) =>
      node.dataset.f.split(" ").some((pair) => {
        const at = pair.indexOf(":");
        return verdicts.has(pair.slice(0, at)) && regimes.has(pair.slice(at + 1));
      }) && wanted.every((word) => text(node).includes(word));
    let open = 0;
    let rows = 0;
    for (const node of answers) { node.hidden = !fits(node); open += !node.hidden; }
    for (const node of lines) { node.hidden = !fits(node); rows += !node.hidden; }
    for (const group of groups) group.hidden = !group.querySelector("details.answer:not([hidden])");
    const [a, b, c, d] = [open, answers.length, rows, lines.length].map((count) => count.toLocaleString("en"));
    told.textContent = `${a} of ${b} answers, ${c} of ${d} lines shown`;
  };
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
      node.hidden = false;
    }
    if (target) target.scrollIntoView();
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => {
    for (const node of document.querySelectorAll("details")) node.open = true;
  });
  if (location.hash) reveal();
  apply();
})();
