// Makes the page's figures live. Until then, and where a browser cannot unpack
// plotly.js, each shows its static picture.
(async () => {
  const packed = Uint8Array.from(
    atob(document.getElementById("plotly.js.gz").textContent), (c) => c.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(unpacked).text();
  document.head.append(script);
  for (const figure of document.querySelectorAll("figure.plotly")) {
    const { data, layout, config } = JSON.parse(figure.querySelector("script").textContent);
    const live = document.createElement("div");
    figure.prepend(live);
    await Plotly.newPlot(live, data, layout, { ...config, responsive: true, displaylogo: false });
    for (const picture of figure.querySelectorAll(":scope > :not(div:first-child)")) picture.remove();
  }
})();
