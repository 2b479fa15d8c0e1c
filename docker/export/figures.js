// Makes the page's figures live. Until then, in print, and where a browser cannot
// unpack plotly.js, each shows its static picture.

const drawsIn3D = (figure) => figure.data.some((t) => /3d$|^surface$|gl$/.test(t.type));

function hasWebGL() {
  const context = document.createElement("canvas").getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

// plain is a hover text without plotly's markup.
function plain(markup) {
  const text = document.createElement("textarea"); // reads entities, runs nothing
  text.innerHTML = markup.replace(/<br\s*\/?>/g, ", ");
  return text.value;
}

// searchable lists the points of a figure that have notes.
function searchable(data) {
  const points = [];
  data.forEach((trace, curve) => {
    if (!/^scatter/.test(trace.type ?? "scatter") || !Array.isArray(trace.hovertext)) return;
    trace.hovertext.forEach((note, number) => {
      if (note && trace.x[number] !== null && trace.y[number] !== null)
        points.push({ curve, number, note: plain(note) });
    });
  });
  return points;
}

const ringName = "found";

// addSearch puts a box above a figure: the point whose note begins with what is typed gets a
// ring, and its note is shown. Enter goes on to the next one.
function addSearch(figure, live, points) {
  const box = document.createElement("p");
  box.className = "search";
  box.innerHTML = '<label>Find a point <input type="search" autocomplete="off" spellcheck="false"></label> <output></output>';
  figure.before(box);
  const [input, output] = [box.querySelector("input"), box.querySelector("output")];
  let matches = [], chosen = 0, drawing = Promise.resolve();

  async function draw(point) {
    const { curve, number } = point ?? { curve: 0, number: -1 };
    const color = isDark() ? "#ffffff" : "#000000";
    const trace = live.data[curve];
    const at = (list) => [[list?.[number] ?? null]];
    const place = { x: at(trace.x), y: at(trace.y), ...(trace.z && { z: at(trace.z) }) };
    const size = trace.marker?.size;
    place["marker.size"] = ((Array.isArray(size) ? size[number] : size) ?? 6) + 14;
    place.text = [[point ? point.note.split(/[\s:,;·(]/)[0] : ""]];
    if (!live.data.some((t) => t.name === ringName)) {
      await Plotly.addTraces(live, {
        type: trace.type, scene: trace.scene, mode: trace.z ? "markers+text" : "markers", x: [null], y: [null], z: [null],
        marker: { symbol: "circle-open", color, line: { color, width: 3 } },
        textposition: "top center", textfont: { color, size: 14 },
        hoverinfo: "skip", showlegend: false, name: ringName,
      });
    }
    await Plotly.restyle(live, place, [live.data.findIndex((t) => t.name === ringName)]);
    if (!trace.z) Plotly.Fx.hover(live, point ? [{ curveNumber: curve, pointNumber: number }] : []);
  }

  function show() {
    const point = matches[chosen];
    output.textContent = point
      ? point.note + (matches.length > 1 ? ` (${chosen + 1} of ${matches.length}; Enter: the next)` : "")
      : input.value.trim() && "none begins like this";
    drawing = drawing.then(() => draw(point));
  }

  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    const exact = (p) => (/^[\p{L}\p{N}']/u.test(p.note.slice(wanted.length)) ? 1 : 0); // "good" before "goodness"
    matches = wanted ? points.filter((p) => p.note.toLowerCase().startsWith(wanted)).sort((a, b) => exact(a) - exact(b)) : [];
    chosen = 0;
    show();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || matches.length < 2) return;
    chosen = (chosen + 1) % matches.length;
    show();
  });
}

// narrow makes room for a figure on a small screen: legend and colour bar go below it, and what is
// in three dimensions is seen from farther away.
function narrow(layout) {
  const below = { orientation: "h", x: 0, xanchor: "left", y: -0.25, yanchor: "top" };
  layout.legend = { ...layout.legend, ...below };
  const bar = layout.coloraxis?.colorbar;
  if (bar) Object.assign(bar, below, { y: layout.showlegend ? -0.4 : -0.25, len: 1, title: { ...bar.title, side: "top" } });
  const eye = layout.scene?.camera?.eye;
  for (const axis in eye) eye[axis] *= 1.2;
}

// drawFigure draws the figure in the page's colours.
async function drawFigure(live, drawn) {
  const figure = isDark() ? inTheDark(drawn) : structuredClone(drawn); // plotly writes into what it gets
  const small = live.clientWidth < 500;
  if (small) narrow(figure.layout);
  // On a small screen the tools would lie on the title; fingers do without.
  await Plotly.newPlot(live, figure.data, figure.layout,
    { ...drawn.config, responsive: true, displaylogo: false, displayModeBar: small ? false : "hover" });
  if (figure.frames) await Plotly.addFrames(live, figure.frames);
  // The figure has a name that says what it shows; its ticks and labels, one by one, say nothing.
  for (const svg of live.querySelectorAll("svg.main-svg")) svg.setAttribute("aria-hidden", "true");
}

(async () => {
  const packed = Uint8Array.from(
    atob(document.getElementById("plotly.js.gz").textContent), (c) => c.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(unpacked).text();
  document.head.append(script);
  for (const figure of document.querySelectorAll("figure.plotly")) {
    const drawn = JSON.parse(figure.querySelector("script").textContent);
    if (drawsIn3D(drawn) && !hasWebGL()) {
      const remark = document.createElement("figcaption");
      remark.textContent = "A picture of the figure: this browser lacks WebGL, which draws it in three dimensions.";
      figure.append(remark);
      continue;
    }
    const live = document.createElement("div");
    figure.prepend(live);
    await drawFigure(live, drawn);
    figure.classList.add("live");
    const points = searchable(drawn.data);
    if (points.length > 50) addSearch(figure, live, points);
    let drawing = Promise.resolve();
    document.addEventListener("colours", () => (drawing = drawing.then(() => drawFigure(live, drawn))));
  }
})();
