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
import sys
import tempfile

import nbformat
import plotly
from nbconvert import HTMLExporter
from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES
from traitlets.config import Config

from prose import FormulaError, Prose
from summary import PLOTLY, about, alt_text, figure_count, remark

HERE = os.path.dirname(os.path.abspath(__file__))

# Nothing is loaded from anywhere: scripts and styles are the page's own.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"


def script_json(value):
    """JSON that may stand inside a script element."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


def read(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        return f.read()


def code_colours():
    """The colours of code, in light and in dark, for the pages' own background."""
    light, dark = get_style_by_name("xcode"), get_style_by_name("github-dark")
    rules = []
    for token, name in STANDARD_TYPES.items():
        on_light, on_dark = light.style_for_token(token), dark.style_for_token(token)
        # What the kernel's own commands look like is no error; the page sets the colour of plain text.
        if not name or name in ("w", "err") or not (on_light["color"] or on_dark["color"]):
            continue
        pair = [f"#{style['color']}" if style["color"] else "var(--text)" for style in (on_light, on_dark)]
        weight = " font-weight: bold;" if on_light["bold"] else ""
        rules.append(f".highlight .{name} {{ color: light-dark({', '.join(pair)});{weight} }}")
    return "\n".join(rules)


@functools.cache
def style():
    """The pages' style."""
    return code_colours() + "\n" + read("style.css")


@functools.cache
def plotly_js():
    """plotly.js of the installed plotly, gzipped, in base64: 2 MB of 4.8 MB."""
    with open(os.path.join(os.path.dirname(plotly.__file__), "package_data", "plotly.min.js"), "rb") as f:
        return base64.b64encode(gzip.compress(f.read(), 9, mtime=0)).decode()


def configured(kind, folder, template, markdown):
    """An exporter of a kind with a template of the folder, and what turns Markdown into HTML."""
    config = Config()
    config.TemplateExporter.extra_template_basedirs = [folder]
    config[kind.__name__].template_name = template
    config.HighlightMagicsPreprocessor.enabled = False
    config.NbConvertBase.display_data_priority = [
        PLOTLY, "text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]
    exporter = kind(config=config)
    for name, function in (("alt_text", alt_text), ("script_json", script_json), ("markdown2html", markdown)):
        exporter.register_filter(name, function)
    return exporter


def convert(path):
    """The page of one executed notebook, and what it holds."""
    nb = nbformat.read(path, as_version=4)
    nb.metadata.language_info = {"name": "go"}
    prose = Prose()
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            cell.metadata["html"] = prose.cell(cell.source)
    lesson = about(nb, path, prose, nb.cells[0].metadata.get("html", "") if nb.cells else "")
    exporter = configured(HTMLExporter, HERE, "lesson", prose.markdown)
    figures = figure_count(nb)
    resources = {
        "policy": POLICY, "style": style(), "head": read("colours.js"), "page": read("page.js"), "scripts": "<!--scripts-->",
        "lesson": lesson, "contents": prose.contents(), "remark": remark(lesson),
    }
    text, _ = exporter.from_notebook_node(nb, resources)
    scripts = ""
    if figures:  # after the export, which parses the page: 2 MB of it would take seconds
        scripts = (f'<script type="text/plain" id="plotly.js.gz">{plotly_js()}</script>\n'
                   f"<script>\n{read('dark.js')}{read('figures.js')}</script>")
    return text.replace("<!--scripts-->", scripts), figures, prose.formulas


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
