"use strict";
(() => {
  const form = document.querySelector(".filters");
  const fields = [...form.querySelectorAll("[data-filter]")];
  const items = [...document.querySelectorAll("#list > article")];
  const texts = items.map((item) => item.textContent.toLowerCase());
  const output = form.querySelector("output");
  const apply = () => {
    let shown = 0;
    items.forEach((item, number) => {
      const fits = fields.every(({ dataset, value }) =>
        value === "" ||
        (dataset.filter === "words"
          ? texts[number].includes(value.toLowerCase())
          : item.dataset[dataset.filter] === value));
      item.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    output.textContent = `${shown} of ${items.length} shown`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
