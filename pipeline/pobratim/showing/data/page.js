
"use strict";
(() => {
  const text = document.getElementById("text");
  const records = document.getElementById("records");
  const spans = new Map();
  for (const span of text.querySelectorAll("[data-m]")) {
    const id = span.dataset.m;
    if (!spans.has(id)) spans.set(id, []);
    spans.get(id).push(span);
  }
  const cards = new Map();
  for (const card of records.querySelectorAll("[data-r]")) {
    for (const id of card.dataset.r.split(" ")) {
      if (!cards.has(id)) cards.set(id, []);
      cards.get(id).push(card);
    }
  }
  const evidence = (card) => card.dataset.r.split(" ").flatMap((id) => spans.get(id) || []);
  const clear = () => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  };
  const light = (elements) => {
    clear();
    for (const element of elements) element.classList.add("lit");
  };
  const cardOf = (event) => event.target.closest("[data-r]");
  const reveal = (card) => {
    light([card, ...evidence(card)]);
    const first = evidence(card)[0];
    if (first) first.scrollIntoView({ block: "center" });
  };

  records.addEventListener("mouseover", (event) => {
    const card = cardOf(event);
    if (card) light([card, ...evidence(card)]);
  });
  records.addEventListener("focusin", (event) => {
    const card = cardOf(event);
    if (card) light([card, ...evidence(card)]);
  });
  records.addEventListener("mouseleave", clear);
  records.addEventListener("click", (event) => {
    const card = cardOf(event);
    if (card) reveal(card);
  });
  records.addEventListener("keydown", (event) => {
    const card = cardOf(event);
    if (card && event.key === "Enter") reveal(card);
  });
  text.addEventListener("mouseover", (event) => {
    const span = event.target.closest("[data-m]");
    if (!span) return clear();
    const id = span.dataset.m;
    light([...spans.get(id), ...(cards.get(id) || [])]);
  });
  text.addEventListener("click", (event) => {
    const span = event.target.closest("[data-m]");
    const card = span && (cards.get(span.dataset.m) || [])[0];
    if (card) card.scrollIntoView({ block: "nearest" });
  });
  document.getElementById("legend").addEventListener("change", (event) => {
    for (const span of text.getElementsByClassName(event.target.value)) {
      span.classList.toggle("off", !event.target.checked);
    }
  });
})();
