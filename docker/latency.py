"""Times cells through the Go kernel, as JupyterLab runs them: python latency.py < CELLS

CELLS is JSON, a list of sources. Each runs once to be warm, then five times, with a remark that
makes its text new; the seconds of the five come out as JSON, a list for each cell.
"""
import json
import sys
import time

from jupyter_client.manager import start_new_kernel


def run(client, source):
    started = time.perf_counter()
    reply = client.execute_interactive(source, timeout=300, output_hook=lambda _: None)
    seconds = time.perf_counter() - started
    if reply["content"]["status"] != "ok":
        sys.exit(f"the cell failed: {reply['content'].get('evalue')}")
    return seconds


manager, client = start_new_kernel(kernel_name="gonb", startup_timeout=60)
try:
    report = []
    for cell in json.load(sys.stdin):
        run(client, cell)
        report.append([run(client, f"{cell}\n// {i}") for i in range(5)])
    print(json.dumps(report))
finally:
    client.stop_channels()
    manager.shutdown_kernel()
