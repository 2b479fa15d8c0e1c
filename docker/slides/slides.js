// Starts the slides, and makes their figures live when they come into view. Until then, in print, and
// where a browser cannot unpack plotly.js, each shows its static picture.

async function loadPlotly() {
  const packed = Uint8Array.from(atob(document.getElementById("plotly.js.gz").textContent), (c) => c.charCodeAt(0));
  if (packed.length === 0) return;
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(unpacked).text();
  document.head.append(script);
}

function hasWebGL() {
  const context = document.createElement("canvas").getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

// draw draws a figure at the size that it is made for, and enlarges it as the slide needs.
async function draw(figure) {
  if (figure.querySelector(".drawing")) return;
  const { data, layout, config, frames } = JSON.parse(figure.querySelector("script").textContent);
  if (data.some((t) => /3d$|^surface$|gl$/.test(t.type)) && !hasWebGL()) return;
  const live = document.createElement("div");
  live.className = "drawing";
  figure.append(live);
  const height = heightOf(figure), scale = figure.clientHeight / height;
  const width = Math.min(1050, Math.floor(figure.clientWidth / scale));
  live.style.width = `${width}px`;
  live.style.transform = `scale(${scale})`;
  await Plotly.newPlot(live, data, { ...layout, width, height, autosize: false },
    { ...config, responsive: false, displaylogo: false });
  if (frames) await Plotly.addFrames(live, frames);
  figure.classList.add("live");
}

// showSolutions opens or closes the solutions on the slide.
function showSolutions() {
  for (const solution of Reveal.getCurrentSlide().querySelectorAll("details")) solution.open = !solution.open;
}

addEventListener("load", async () => {
  layOut(document.getElementById("lesson"), document.querySelector(".slides"));
  // Enter and the space bar open a solution that has the focus, rather than turn the page.
  for (const summary of document.querySelectorAll("summary"))
    summary.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") event.stopPropagation();
    });
  const plotly = loadPlotly();
  const drawCurrent = async () => {
    await plotly;
    for (const figure of Reveal.getCurrentSlide().querySelectorAll("figure.plotly")) await draw(figure);
  };
  await Reveal.initialize({
    width: 1280, height: 720, margin: 0.02, center: false, hash: true, slideNumber: "c/t", transition: "none",
    navigationMode: "linear", // no arrow passes over the slides below
    keyboard: { 83: showSolutions }, // S
    pdfSeparateFragments: false,
  });
  Reveal.on("slidechanged", drawCurrent);
  await drawCurrent();
});
