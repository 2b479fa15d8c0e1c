"""Tries the image from inside, as its user and without a network: python docker/image/check.py

It measures the first cell, executes a lesson, sees that nothing was built again and that the user
may change what is the user's and nothing else, and asks JupyterLab over HTTP. One line for each;
the exit status is 1 at the first that is not as it should be.
"""
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

root = os.environ["SPARSEQ_ROOT"]
sys.path.insert(0, os.path.join(root, "docker"))
from gokernel import go_kernel  # noqa: E402

FIRST_CELL = 2.0  # seconds that a learner waits at most
cell = """import (
	"fmt"

	"sparseq/pkg/engine"
	"sparseq/pkg/show"
)

%%
e, err := engine.Open()
if err == nil {
	fmt.Println(e)
}
show.Note("ready")"""


def fail(message):
    sys.exit(f"image: {message}")


def run_cell(client, source):
    said = []

    def hear(message):
        if message["msg_type"] == "stream":
            said.append(message["content"]["text"])

    started = time.perf_counter()
    reply = client.execute_interactive(source, timeout=300, output_hook=hear)
    seconds = time.perf_counter() - started
    if reply["content"]["status"] != "ok":
        fail(f"a cell failed: {reply['content'].get('evalue')} {''.join(said)[-500:]}")
    return seconds, "".join(said).strip()


def check_cells():
    with go_kernel() as client:
        first, said = run_cell(client, cell)
        later = [run_cell(client, f"{cell}\n// {i}")[0] for i in range(5)]
    print(f"first cell {first:.1f} s, later cells {statistics.median(later):.1f} s; {said}")
    if first > FIRST_CELL:
        fail(f"the first cell took {first:.1f} s, more than {FIRST_CELL} s: the build cache is cold")
    if not said.startswith("XLA on the CPU"):
        fail("the lessons do not compute with XLA")


def check_user():
    if os.getuid() == 0:
        fail("it runs as root")
    cache = subprocess.check_output(["go", "env", "GOCACHE"], text=True).strip()
    for folder in [cache, "/data", os.path.join(root, "notebooks"), os.path.expanduser("~")]:
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    for path in ["pkg/engine/engine.go", ".venv/bin/gonb", ".venv/share/jupyter/kernels/gonb/kernel.json"]:
        if os.access(os.path.join(root, path), os.W_OK):
            fail(f"the user can change {path}")
    folders = [os.path.join(cache, name) for name in os.listdir(cache) if len(name) == 2]
    entry = next(os.path.join(folder, name) for folder in folders for name in os.listdir(folder)
                 if os.stat(os.path.join(folder, name)).st_uid == 0)
    try:
        os.unlink(entry)
        fail("the user can delete entries of the build cache")
    except PermissionError:
        pass
    print(f"user {os.getuid()} writes to the notebooks, /data and the caches, and cannot change the lab")


def check_lesson():
    with tempfile.TemporaryDirectory(dir="/data") as data:
        run = subprocess.run(
            [sys.executable, os.path.join(root, "docker", "execute.py"),
             os.path.join(root, "notebooks", "01-imdb1-onehot.ipynb"), os.path.join(data, "executed.ipynb")],
            env={**os.environ, "SPARSEQ_DATA": data, "SPARSEQ_IMDB": "sample", "SPARSEQ_QUICK": "1"},
            capture_output=True, text=True)
    events = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    if run.returncode != 0 or not events:
        fail(f"lesson 01 failed: {(events or [{}])[-1].get('message') or run.stderr[-500:]}")
    seconds = [e["seconds"] for e in events if e["event"] == "done"]
    print(f"lesson 01 ran: its first cell {seconds[0]:.1f} s, the median of {len(seconds)} cells "
          f"{statistics.median(seconds):.1f} s, together {events[-1]['seconds']:.0f} s")


def check_nothing_is_built():
    with open(os.path.join(root, ".venv/share/jupyter/kernels/gonb/kernel.json")) as f:
        flags = json.load(f)["env"]["GOFLAGS"]
    imports = set()
    for name in os.listdir(os.path.join(root, "notebooks")):
        if name.endswith(".ipynb"):
            with open(os.path.join(root, "notebooks", name)) as f:
                imports |= set(re.findall(r'\\"((?:sparseq/pkg|[a-z0-9-]+\.[a-z]+)/[\w./-]+)\\"', f.read()))
    built = subprocess.run(["go", "build", "-x", *sorted(imports)], cwd=root, capture_output=True, text=True,
                           env={**os.environ, "GOFLAGS": flags})
    if built.returncode != 0:
        fail(f"what the lessons import does not build: {built.stderr[-500:]}")
    compiled = re.findall(r"/compile .*? -p (\S+)", built.stderr)
    if compiled:
        fail(f"{len(compiled)} packages are built anew: {', '.join(compiled[:5])}")
    print(f"the {len(imports)} packages that the lessons import come from the build cache, all of them")


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: one to the page that asks for the token is a refusal."""

    def redirect_request(self, *_):
        return None


def get(path, token=None):
    request = urllib.request.Request(f"http://127.0.0.1:8888{path}")
    if token:
        request.add_header("Authorization", f"token {token}")
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=10) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


def check_server():
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen([os.path.join(root, "docker/image/start.sh")], stdout=log, stderr=log,
                                  start_new_session=True)
        try:
            started = time.monotonic()
            while True:
                try:
                    get("/api")
                    break
                except OSError:
                    if server.poll() is not None or time.monotonic() > started + 60:
                        log.seek(0)
                        fail(f"JupyterLab does not answer: {log.read()[-500:]}")
                    time.sleep(0.1)
            seconds = time.monotonic() - started
            address = subprocess.check_output(["address"], text=True).strip()
            token = address.partition("token=")[2]
            for path in ["/api/contents/notebooks", "/api/kernelspecs", "/lab/api/settings", "/files/README.md"]:
                if (status := get(path)[0]) not in (302, 401, 403):
                    fail(f"without the token {path} answers {status}")
                if (status := get(path, token)[0]) != 200:
                    fail(f"with the token {path} answers {status}")
            kernels = json.loads(get("/api/kernelspecs", token)[1])["kernelspecs"]
            if list(kernels) != ["gonb"]:
                fail(f"it offers the kernels {list(kernels)}")
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)
        log.seek(0)
        if len(token) < 32 or token in (said := log.read()):
            fail("the token is in the log" if len(token) >= 32 else f"no token in {address}")
    print(f"JupyterLab answers after {seconds:.1f} s: refused without the token, 200 with it; the log does not tell it")


check_cells()
check_user()
check_lesson()
check_nothing_is_built()
check_server()
