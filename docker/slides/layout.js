// Lays the lesson's cells out on pages that hold them. What does not fit on a page goes on the next
// one below; a page may be set a little smaller to keep together what belongs together.

const room = 664; // pixels of height that a page fills: a slide's 720 without the slide number's
const figureScale = 1.2; // of a figure, whose letters are meant for a page to read

// Sizes to try, of letters and of figures; the second is that of pages that go on below.
const settings = [[1, 1.25], [1, 1], [1, 0.8], [0.92, 1], [0.92, 0.8], [0.85, 0.8]];

// blocksOf lists what stands below each other in the cells of a section.
function blocksOf(section) {
  const blocks = [];
  for (const cell of section.querySelectorAll(":scope > .cell")) {
    for (const element of [...cell.children]) {
      const kind = element.matches("details") ? "solution"
        : element.matches(".output") ? "output"
        : cell.matches(".code") ? "code"
        : element.matches("h1, h2, h3, h4") ? "heading" : "text";
      if (kind === "code") element.classList.toggle("exercise", cell.matches(".exercise"));
      if (kind === "solution") element.open = true; // its room is kept
      if (kind !== "output" || element.textContent.trim() || element.querySelector("img, svg, figure"))
        blocks.push({ kind, element });
    }
  }
  return blocks;
}

// shape sizes a page and what is on it.
function shape(page, [letters, figures]) {
  page.style.fontSize = `${26 * letters}px`;
  for (const figure of page.querySelectorAll("figure.plotly"))
    figure.style.height = `${Math.round(Math.min(600, figureScale * heightOf(figure) * figures))}px`;
}

// heightOf is the height that a figure asks for, in pixels.
function heightOf(figure) {
  figure.dataset.height ??= JSON.parse(figure.querySelector("script").textContent).layout?.height ?? 400;
  return Number(figure.dataset.height);
}

// fill puts the first blocks on the page, as many as it holds but at least one, and says how many.
function fill(page, blocks) {
  const running = page.querySelector(".running");
  page.replaceChildren(...(running ? [running] : []));
  let n = 0;
  while (n < blocks.length) {
    page.append(blocks[n].element);
    if (page.offsetHeight > room && n > 0) {
      blocks[n].element.remove();
      break;
    }
    n++;
  }
  while (n > 1 && n < blocks.length && blocks[n - 1].kind === "heading") blocks[--n].element.remove();
  return n;
}

// compose fills one page in the first setting that keeps all together, else text and its code.
function compose(page, blocks) {
  const code = blocks.findIndex((b) => b.kind === "code") + 1;
  const held = settings.map((setting) => {
    page.append(...blocks.map((b) => b.element));
    shape(page, setting);
    return fill(page, blocks);
  });
  let best = held.indexOf(blocks.length);
  if (best < 0) best = held.findIndex((n, i) => i > 0 && code > 0 && n >= code);
  if (best < 0) best = 1;
  page.append(...blocks.map((b) => b.element));
  shape(page, settings[best]);
  const n = fill(page, blocks);
  squeeze(page, blocks.slice(0, n));
  return n;
}

// squeeze sets a block that no page holds smaller, and where that is not enough lets it scroll.
function squeeze(page, blocks) {
  for (const { element } of blocks) {
    const wide = () => element.scrollWidth > element.clientWidth + 1 ||
      [...element.querySelectorAll("pre, table")].some((e) => e.scrollWidth > element.clientWidth + 1);
    for (let size = 95; size >= 60 && (wide() || page.offsetHeight > room); size -= 5)
      element.style.fontSize = `${size}%`;
    if (wide()) element.classList.add("scrolls");
  }
  const over = page.offsetHeight - room;
  if (over <= 0) return;
  const tallest = blocks.map((b) => b.element).sort((a, b) => b.offsetHeight - a.offsetHeight)[0];
  tallest.style.maxHeight = `${tallest.offsetHeight - over}px`;
  tallest.classList.add("scrolls");
}

// hideUntilAsked shows output, and what is said of it, only at the next step: first comes the guess.
function hideUntilAsked(blocks) {
  const code = blocks.findIndex((b) => b.kind === "code");
  const first = blocks.findIndex((b, i) => code >= 0 && i > code && b.kind === "output");
  if (first < 0) return;
  for (const { element } of blocks.slice(first)) {
    element.classList.add("fragment");
    element.dataset.fragmentIndex = 0;
  }
}

// layOut turns the lesson into reveal.js's sections of sections.
function layOut(lesson, slides) {
  for (const slide of [...lesson.querySelectorAll(":scope > section")]) {
    const stack = document.createElement("section");
    const title = slide.querySelector("h1, h2, h3")?.textContent ?? "";
    for (const section of slide.querySelectorAll(":scope > section")) {
      let blocks = blocksOf(section);
      while (blocks.length > 0) {
        const page = document.createElement("div");
        page.className = "page";
        lesson.append(page);
        if (blocks[0].kind !== "heading" && title) {
          const running = document.createElement("p");
          running.className = "running";
          running.textContent = title;
          page.append(running);
        }
        const n = compose(page, blocks);
        hideUntilAsked(blocks.slice(0, n));
        blocks = blocks.slice(n);
        const subslide = document.createElement("section");
        subslide.append(page);
        stack.append(subslide);
      }
    }
    if (stack.children.length > 0) slides.append(stack);
  }
  for (const solution of slides.querySelectorAll("details")) solution.open = false;
  lesson.remove();
}
