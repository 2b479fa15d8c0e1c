"""A lesson's Markdown as HTML, with the sections that it has."""

import html
import re
from urllib.parse import quote

import latex2mathml.converter
from bs4 import BeautifulSoup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

# Blocks whose parts are words of their own.
BLOCKS = {"ul", "ol", "div", "table", "blockquote"}


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
    """Markdown with formulas as MathML, headings that can be linked to, and links that lead to pages."""

    def __init__(self, prose):
        super().__init__(escape=False)
        self.prose = prose

    def inline_math(self, body):
        self.prose.formulas += 1
        return mathml(body, "inline")

    def block_math(self, body):
        self.prose.formulas += 1
        return f'<div class="formula">{mathml(body, "block")}</div>'

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def link(self, text, url, title=None):
        return super().link(text, re.sub(r"^(\d\d-[\w-]+)\.ipynb(?=$|#)", r"\1.html", url), title)

    def heading(self, text, level, **attrs):
        anchor = self.prose.anchor(BeautifulSoup(text, "html.parser").get_text())
        # Not for the keyboard, nor to be read out: the table of contents has the same link.
        link = f'<a class="anchor-link" href="#{quote(anchor)}" aria-hidden="true" tabindex="-1">¶</a>'
        return f'<h{level} id="{html.escape(anchor)}">{text}{link}</h{level}>\n'

    def table(self, text):
        return f'<div class="scroll"><table>\n{text}</table></div>\n'


class Prose:
    """Renders the Markdown of one page, and collects its headings and their text."""

    def __init__(self):
        self.formulas = 0
        self.anchors = set()
        self.sections = []  # [{"level", "anchor", "heading", "text"}] in reading order

    def anchor(self, heading):
        """The heading as JupyterLab writes it in links, numbered where two are the same."""
        words = "-".join(heading.split()) or "section"
        anchor, number = words, 1
        while anchor in self.anchors:
            number += 1
            anchor = f"{words}-{number}"
        self.anchors.add(anchor)
        return anchor

    def markdown(self, source):
        return MarkdownWithMath(renderer=Renderer(self)).render(source)

    def cell(self, source):
        """A Markdown cell as HTML; its headings and prose are kept for the contents and the search."""
        rendered = self.markdown(source)
        for block in BeautifulSoup(rendered, "html.parser").find_all(recursive=False):
            for hidden in block.select("math, .anchor-link"):
                hidden.extract()
            text = " ".join(block.get_text(" " if block.name in BLOCKS else "").split())
            if re.fullmatch("h[1-6]", block.name) and block.get("id"):
                self.sections.append(
                    {"level": int(block.name[1]), "anchor": block["id"], "heading": text, "text": ""})
            elif self.sections and block.name != "details":  # a solution is not to be found
                section = self.sections[-1]
                section["text"] = f"{section['text']} {text}".strip()
        return rendered

    def contents(self):
        """The table of contents: the headings below the title."""
        entries = "\n".join(
            f'<li class="level{s["level"]}"><a href="#{quote(s["anchor"])}">{html.escape(s["heading"])}</a></li>'
            for s in self.sections if s["level"] in (2, 3))
        return f"<ol>\n{entries}\n</ol>" if entries else ""
