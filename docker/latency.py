"""Times cells through the Go kernel, as JupyterLab runs them: python latency.py < CELLS

CELLS is JSON, a list of sources. Each runs once to be warm, then five times, with a remark that
makes its text new; the seconds of the five come out as JSON, a list for each cell.
"""
import json
import sys
import time

from gokernel import go_kernel


def run(client, source):
    started = time.perf_counter()
    reply = client.execute_interactive(source, timeout=300, output_hook=lambda _: None)
    seconds = time.perf_counter() - started
    if reply["content"]["status"] != "ok":
        sys.exit(f"the cell failed: {reply['content'].get('evalue')}")
    return seconds


def measure(source):
    # A kernel of its own: a later cell is built with all that earlier ones declared.
    with go_kernel() as client:
        run(client, source)
        return [run(client, f"{source}\n// {i}") for i in range(5)]


print(json.dumps([measure(cell) for cell in json.load(sys.stdin)]))
