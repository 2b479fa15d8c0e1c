"""Export executed lessons as pages that need nothing but a browser.

    export.py OUTDIR NOTEBOOK...

Each page holds all it shows: formulas as MathML, plotly.js once, compressed,
if the lesson has figures. A content security policy in the page forbids every
request. Each page is written under a temporary name, then renamed. Reports on
standard output, one JSON object a page: {"page", "bytes", "figures",
"formulas"}, or {"notebook", "error"}; the exit status is then 1.
"""

import base64
import functools
import gzip
import json
import os
import re
import sys
import tempfile

import latex2mathml.converter
import nbformat
import plotly
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.formatters import HtmlFormatter
from traitlets.config import Config

HERE = os.path.dirname(os.path.abspath(__file__))
PLOTLY = "application/vnd.plotly.v1+json"
RESULTS = "application/vnd.sparseq.results+json"

# Nothing is loaded from anywhere: scripts and styles are the page's own.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"


class FormulaError(Exception):
    """A formula that cannot be rendered; the message quotes it."""


# Functions that TeX sets off from a letter beside them; not inside an element that counts its children.
FUNCTION = (r"(?<!<msub>)(?<!<msup>)(?<!<msubsup>)(?<!<munder>)(?<!<mover>)(?<!<munderover>)(?<!<mfrac>)"
            r"(<mi>(?:ln|log|exp|sin|cos|tan|sinh|cosh|tanh|det)</mi>)")
THIN = '<mspace width="0.167em" />'


def mathml(tex, display):
    """A formula in TeX as MathML, which browsers draw without JavaScript."""
    # latex2mathml knows LaTeX's align* where MathJax has aligned inside a display.
    source = re.sub(r"\\(begin|end)\{aligned\}", r"\\\1{align*}", tex.strip())
    try:
        out = latex2mathml.converter.convert(source, display=display)
    except Exception as error:
        raise FormulaError(f"the formula {tex.strip()!r} cannot be rendered: {type(error).__name__}") from None
    # Of the variants, browsers draw the upright one only; bold is a matter of style.
    out = re.sub(r'mathvariant="bold(-italic)?"', 'style="font-weight: bold"', out)
    unknown = re.search(r'<m\w+>(\\[A-Za-z]+|&)</m|mathvariant="(?!normal")([a-z-]+)"', out)
    if unknown:
        raise FormulaError(f"the formula {tex.strip()!r} holds {unknown[1] or unknown[2]}, which cannot be rendered")
    out = re.sub(rf"(?<=</mi>|</mn>){FUNCTION}", rf"{THIN}\1", out)
    return re.sub(rf"{FUNCTION}(?=<m(?!o|space))", rf"\1{THIN}", out)


class Renderer(IPythonRenderer):
    """Markdown with formulas as MathML, and links to lessons that lead to their pages."""

    formulas = 0

    def inline_math(self, body):
        Renderer.formulas += 1
        return mathml(body, "inline")

    def block_math(self, body):
        Renderer.formulas += 1
        return f'<div class="formula">{mathml(body, "block")}</div>'

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def link(self, text, url, title=None):
        return super().link(text, re.sub(r"^(\d\d-[\w-]+)\.ipynb(?=$|#)", r"\1.html", url), title)


def markdown2html(source):
    return MarkdownWithMath(renderer=Renderer(escape=False)).render(source)


def alt_text(figure):
    """What the figure says of itself in words; its title where it says nothing."""
    layout = figure.get("layout", {})
    meta = layout.get("meta")
    title = layout.get("title")
    return (meta.get("alt") if isinstance(meta, dict) else None) or (
        title.get("text") if isinstance(title, dict) else title) or "figure"


def script_json(value):
    """JSON that may stand inside a script element."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


def read(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        return f.read()


@functools.cache
def style():
    """The pages' style, with the colours of code in light and in dark."""
    light = HtmlFormatter(style="xcode").get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    colours = "{}\n@media (prefers-color-scheme: dark) {{\n{}\n}}".format(light, dark)
    # The page sets the background; what the kernel's own commands look like is no error.
    kept = [line for line in colours.splitlines() if ".highlight {" not in line and ".err" not in line]
    kept = [line for line in kept if line.startswith((".highlight", "@media", "}"))]
    return "\n".join(kept) + "\n" + read("style.css")


@functools.cache
def plotly_js():
    """plotly.js of the installed plotly, gzipped, in base64: 2 MB of 4.8 MB."""
    with open(os.path.join(os.path.dirname(plotly.__file__), "package_data", "plotly.min.js"), "rb") as f:
        return base64.b64encode(gzip.compress(f.read(), 9, mtime=0)).decode()


def about(nb):
    """The lesson as the index shows it: {"title", "about", "seconds", "quick", "results"}."""
    first = nb.cells[0].source if nb.cells else ""
    heading = re.search(r"^#[ \t]+(.+?)[ \t#]*$", first, re.M)
    paragraphs = BeautifulSoup(markdown2html(first), "html.parser").find_all("p")
    record = nb.metadata.get("sparseq", {})
    results = {}
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            results.update(output.get("data", {}).get(RESULTS, {}))
    return {
        "title": heading[1].strip("*_` ") if heading else "",
        "about": " ".join(paragraphs[0].get_text().split()) if paragraphs else "",
        "seconds": record.get("seconds", 0), "quick": record.get("quick", False), "results": results,
    }


def figure_count(nb):
    return sum(PLOTLY in output.get("data", {}) for cell in nb.cells for output in cell.get("outputs", []))


def remark(lesson):
    said = f"Run from top to bottom in {lesson['seconds']:.0f} s" if lesson["seconds"] else "Not run"
    return said + (", in the quick setting: the results mean little." if lesson["quick"] else ".")


def convert(path):
    """The page of one executed notebook, and what it holds."""
    nb = nbformat.read(path, as_version=4)
    nb.metadata.language_info = {"name": "go"}
    config = Config()
    config.TemplateExporter.extra_template_basedirs = [HERE]
    config.HTMLExporter.template_name = "lesson"
    config.HighlightMagicsPreprocessor.enabled = False
    config.NbConvertBase.display_data_priority = [
        PLOTLY, "text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]
    exporter = HTMLExporter(config=config)
    for name, function in (("alt_text", alt_text), ("script_json", script_json), ("markdown2html", markdown2html)):
        exporter.register_filter(name, function)
    lesson = about(nb)
    figures, Renderer.formulas = figure_count(nb), 0
    resources = {
        "policy": POLICY, "style": style(), "scripts": "<!--scripts-->",
        "lesson": lesson, "remark": remark(lesson),
    }
    page, _ = exporter.from_notebook_node(nb, resources)
    scripts = ""
    if figures:  # after the export, which parses the page: 2 MB of it would take seconds
        scripts = (f'<script type="text/plain" id="plotly.js.gz">{plotly_js()}</script>\n'
                   f"<script>\n{read('figures.js')}</script>")
    return page.replace("<!--scripts-->", scripts), figures, Renderer.formulas


def write(path, text):
    handle, temporary = tempfile.mkstemp(prefix="." + os.path.basename(path), dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as f:
            f.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def main(folder, notebooks):
    os.makedirs(folder, exist_ok=True)
    failed = False
    for path in notebooks:
        name = os.path.splitext(os.path.basename(path))[0]
        page = os.path.join(os.path.abspath(folder), name + ".html")
        try:
            text, figures, formulas = convert(path)
            write(page, text)
        except (FormulaError, OSError, nbformat.reader.NotJSONError) as error:
            failed = True
            print(json.dumps({"notebook": name, "error": str(error)}), flush=True)
            continue
        print(json.dumps({"page": page, "bytes": len(text.encode()), "figures": figures, "formulas": formulas}), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: export.py OUTDIR NOTEBOOK...")
    sys.exit(main(sys.argv[1], sys.argv[2:]))
