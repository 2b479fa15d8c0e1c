"""What a page says of its lesson: the index is made of it."""

import os
import re
import time

from bs4 import BeautifulSoup

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLOTLY = "application/vnd.plotly.v1+json"
RESULTS = "application/vnd.sparseq.results+json"
# What imdb.Source says of the bundled sample.
SAMPLE = "NOT the IMDB data"
# Bytes of a picture that the index may hold, in base64.
PICTURE = 60_000


def alt_text(figure):
    """What the figure says of itself in words; its title where it says nothing."""
    layout = figure.get("layout", {})
    meta = layout.get("meta")
    title = layout.get("title")
    return (meta.get("alt") if isinstance(meta, dict) else None) or (
        title.get("text") if isinstance(title, dict) else title) or "figure"


def picture(nb):
    """The picture of the first figure that is no heavy one, and what it shows in words."""
    found = []
    for output in outputs(nb):
        image = re.search(r'src="(data:image/[\w+.-]+;base64,[A-Za-z0-9+/=]+)"', output.get("data", {}).get("text/html", ""))
        if image and PLOTLY in output["data"]:
            found.append((image[1], alt_text(output["data"][PLOTLY])))
    light = [p for p in found if len(p[0]) <= PICTURE]
    return (light or sorted(found, key=lambda p: len(p[0])) or [("", "")])[0]


def failure(nb):
    """Why the run failed, in one line; "" where it did not."""
    for output in outputs(nb):
        if output.output_type == "error":
            lines = [line for line in output.evalue.splitlines() if line.strip()]
            return lines[-1].strip().replace(ROOT + os.sep, "") if lines else output.ename
    return "" if nb.metadata.get("sparseq", {}).get("ok", True) else "it did not end"


def outputs(nb):
    return [output for cell in nb.cells for output in cell.get("outputs", [])]


def about(nb, path, prose, first):
    """The lesson as the index shows it; first is its first cell, rendered."""
    record = nb.metadata.get("sparseq", {})
    paragraphs = BeautifulSoup(first, "html.parser").find_all("p")
    results = {}
    for output in outputs(nb):
        results.update(output.get("data", {}).get(RESULTS, {}))
    image, alt = picture(nb)
    return {
        "title": next((s["heading"] for s in prose.sections), ""),
        "about": " ".join(paragraphs[0].get_text().split()) if paragraphs else "",
        "ran": time.strftime("%Y-%m-%d", time.localtime(os.path.getmtime(path))) if record else "",
        "seconds": record.get("seconds", 0), "quick": record.get("quick", False),
        "sample": any(SAMPLE in output.get("text", "") for output in outputs(nb)),
        "failure": failure(nb), "source": record.get("source", ""), "results": results,
        "picture": image, "alt": alt, "sections": prose.sections,
    }


def figure_count(nb):
    return sum(PLOTLY in output.get("data", {}) for output in outputs(nb))


def remark(lesson):
    """How the lesson was run."""
    if not lesson["ran"]:
        return "Not run."
    if lesson["failure"]:
        said = f"The run of {lesson['ran']} failed: {lesson['failure']}"
    else:
        said = f"Run from top to bottom in {lesson['seconds']:.0f} s on {lesson['ran']}"
    few = [s for s, so in (("in the quick setting", lesson["quick"]), ("on the bundled sample of reviews", lesson["sample"])) if so]
    return said + (f", {' and '.join(few)}: the results mean little." if few else ".")
