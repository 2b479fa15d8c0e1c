"""Show executed lessons as slides that need nothing but a browser.

    slides.py OUTDIR REVEAL NOTEBOOK...

nbconvert's slides exporter finds the slides; slides.js lays them out. REVEAL is
the npm package reveal.js, packed. Each page holds all it shows, as export.py's
do. Reports on standard output, one JSON object a page: {"page", "bytes"}, or
{"notebook", "error"}; the exit status is then 1.
"""

import json
import os
import re
import sys
import tarfile

import nbformat
from nbconvert import SlidesExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.formatters import HtmlFormatter

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "export"))

from export import PLOTLY, POLICY, configured, plotly_js, write  # noqa: E402
from prose import FormulaError, mathml  # noqa: E402


class Renderer(IPythonRenderer):
    """Markdown with formulas as MathML, and links to lessons that lead to their slides."""

    def inline_math(self, body):
        return mathml(body, "inline")

    def block_math(self, body):
        return f'<div class="formula">{mathml(body, "block")}</div>'

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def heading(self, text, level, **attrs):
        return f"<h{level}>{text}</h{level}>\n"

    def link(self, text, url, title=None):
        return super().link(text, re.sub(r"^(\d\d-[\w-]+)\.ipynb(?=$|#)", r"\1.html", url), title)


def markdown2html(source):
    return MarkdownWithMath(renderer=Renderer(escape=False)).render(source)


def read(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        return f.read()


def reveal(path):
    """reveal.js and its style sheet, of the package."""
    with tarfile.open(path) as package:
        script, style = (
            package.extractfile(f"package/dist/reveal.{kind}").read().decode() for kind in ("js", "css"))
    return re.sub(r"//# sourceMappingURL=\S+", "", script), style


def code_style():
    """The colours of code."""
    kept = [line for line in HtmlFormatter(style="xcode").get_style_defs(".highlight").splitlines()
            # The page sets the background; what the kernel's own commands look like is no error.
            if line.startswith(".highlight .") and ".err" not in line]
    return "\n".join(kept)


def convert(path, script, style):
    """The page of one executed notebook."""
    nb = nbformat.read(path, as_version=4)
    nb.metadata.language_info = {"name": "go"}
    exporter = configured(SlidesExporter, HERE, "deck", markdown2html)
    heading = re.search(r"^#[ \t]+(.+?)[ \t#]*$", nb.cells[0].source if nb.cells else "", re.M)
    deck = {"policy": POLICY, "style": "\n".join((style, code_style(), read("slides.css"))),
            "title": heading[1].strip("*_` ") if heading else os.path.basename(path)}
    page, _ = exporter.from_notebook_node(nb, {"deck": deck})
    figures = any(PLOTLY in output.get("data", {}) for cell in nb.cells for output in cell.get("outputs", []))
    # After the export, which parses the page: 2 MB of it would take seconds.
    scripts = (f'<script type="text/plain" id="plotly.js.gz">{plotly_js() if figures else ""}</script>\n'
               f"<script>\n{script}\n</script>\n<script>\n{read('layout.js')}\n{read('slides.js')}</script>")
    return page.replace("<!--scripts-->", scripts)


def main(folder, package, notebooks):
    os.makedirs(folder, exist_ok=True)
    try:
        script, style = reveal(package)
    except (OSError, KeyError, tarfile.TarError) as error:
        sys.exit(f"{package} is not the npm package reveal.js: delete it ({error})")
    failed = False
    for path in notebooks:
        name = os.path.splitext(os.path.basename(path))[0]
        page = os.path.join(os.path.abspath(folder), name + ".html")
        try:
            text = convert(path, script, style)
            write(page, text)
        except (FormulaError, OSError, ValueError, nbformat.reader.NotJSONError) as error:
            failed = True
            print(json.dumps({"notebook": name, "error": str(error)}), flush=True)
            continue
        print(json.dumps({"page": page, "bytes": len(text.encode())}), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit("usage: slides.py OUTDIR REVEAL NOTEBOOK...")
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
