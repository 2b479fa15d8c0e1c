// Lets the keyboard into what scrolls by itself, and folds the contents on a small screen.

const scrolling = { pre: "Code or output", ".outputs": "Output", ".scroll": "Table", ".formula": "Formula", "figure.plotly": "Figure" };

function reach() {
  for (const [selector, name] of Object.entries(scrolling)) {
    for (const element of document.querySelectorAll(`main ${selector}`)) {
      const scrolls = element.scrollWidth > element.clientWidth + 1;
      if (scrolls === (element.tabIndex === 0)) continue;
      if (scrolls) {
        element.tabIndex = 0;
        if (element.localName === "figure") continue; // it has a name
        element.setAttribute("role", "group");
        element.setAttribute("aria-label", `${name}, wider than the page`);
      } else {
        element.removeAttribute("tabindex");
        if (element.localName === "figure") continue;
        element.removeAttribute("role");
        element.removeAttribute("aria-label");
      }
    }
  }
}

new ResizeObserver(reach).observe(document.querySelector("main"));
document.addEventListener("toggle", reach, true); // a solution was unfolded

const contents = document.querySelector(".contents details");
const wide = matchMedia("(min-width: 75rem)");
const fold = () => contents && (contents.open = wide.matches);
wide.addEventListener("change", fold);
fold();
