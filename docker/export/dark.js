// Figures in the dark. They are drawn for white paper: each colour keeps its hue, and its lightness
// is turned over, so that what stood out on white stands out on black.

const ink = [0xe6, 0xed, 0xf3], paper = [0x0d, 0x11, 0x17]; // what black and white become: the page's own

// turned is a colour for the dark; what is no colour in hexadecimal or rgb() stays as it is.
function turned(color) {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color)?.[1];
  const parts = hex
    ? (hex.length === 3 ? [...hex].map((c) => c + c) : hex.match(/../g)).map((c) => parseInt(c, 16))
    : /^rgba?\(([^)]*)\)$/.exec(color)?.[1].split(",").map(Number);
  if (!parts || parts.some(Number.isNaN)) return color;
  const [rgb, alpha] = [parts.slice(0, 3), parts[3]];
  const [high, low] = [Math.max(...rgb), Math.min(...rgb)];
  const light = (high + low) / 2;
  const mixed = ink.map((c, i) => c + ((paper[i] - c) * light) / 255);
  // The hue is where the parts lie about their middle; there is less room for it near black and white.
  const room = (l) => 1 - Math.abs(l / 127.5 - 1);
  const middle = mixed.reduce((a, b) => a + b) / 3;
  const grow = high > low ? room(middle) / Math.max(room(light), .001) : 0;
  const out = rgb.map((c, i) => Math.round(Math.min(255, Math.max(0, (high - low < 8 ? mixed[i] : middle + (c - light) * grow)))));
  return alpha === undefined ? `rgb(${out})` : `rgba(${out},${alpha})`;
}

const shadow = (text) => text.replace(/#[0-9a-f]{3,6}/gi, turned);

// inTheDark is a copy of a figure, or of a part of one, with its colours turned over.
function inTheDark(part, key = "") {
  if (Array.isArray(part)) return part.map((p) => inTheDark(p, key));
  if (part !== null && typeof part === "object")
    return Object.fromEntries(Object.entries(part).map(([k, v]) => [k, inTheDark(v, k)]));
  if (typeof part !== "string") return part;
  if (key === "shadow") return shadow(part);
  return /color(s|way|scale)?$/.test(key) ? turned(part) : part;
}
