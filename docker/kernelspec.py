"""Writes the Go kernel's specification into .venv: python docker/kernelspec.py GOFLAGS

GoNB installs its own; then its name, arguments and environment are made the lab's.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

root = os.environ["SPARSEQ_ROOT"]
venv = os.path.join(root, ".venv")
kernels = os.path.join(venv, "share", "jupyter", "kernels")

with tempfile.TemporaryDirectory(dir=os.path.join(venv, "var")) as made:
    gonb = os.path.join(venv, "bin", "gonb")
    subprocess.run(
        [gonb, "--install", "--force_deps"],
        env={**os.environ, "JUPYTER_DATA_DIR": made},
        check=True,
    )
    folder = os.path.join(made, "kernels", "gonb")
    path = os.path.join(folder, "kernel.json")
    with open(path) as f:
        spec = json.load(f)
    spec["argv"] = [
        gonb,
        "--kernel",
        "{connection_file}",
        "-raw_error=true",
        f"-go_work={root}",
        # GoNB's log, stack traces included, would fill the terminal that runs the lab.
        "-logtostderr=false",
        "-stderrthreshold=3",
        f"-log_file={venv}/var/gonb.log",
    ]
    spec["display_name"] = "Go"
    spec["env"] = {
        "GLIBC_TUNABLES": os.environ["GLIBC_TUNABLES"],
        "GOFLAGS": sys.argv[1],
        "GOMLX_NO_AUTO_INSTALL": "1",
        "GOPLSCACHE": os.path.join(venv, "var", "gopls"),
        # Jupyter fills in the PATH of the server; goimports, gopls and the way to go are the lab's own.
        "PATH": f"{venv}/lib/kernel:{venv}/bin:{venv}/lib/gopls:${{PATH}}",
        "PJRT_PLUGIN_LIBRARY_PATH": os.path.join(venv, "lib", "pjrt"),
        "SPARSEQ_ROOT": root,
    }
    with open(path, "w") as f:
        json.dump(spec, f, indent=1)
    gone = os.path.join(folder, "gonb")  # GoNB's copy of itself, made where the checkout is under /tmp
    if os.path.exists(gone):
        os.remove(gone)

    # No Python kernel in the launcher: JupyterLab's requirements bring one along.
    shutil.rmtree(os.path.join(kernels, "python3"), ignore_errors=True)
    shutil.rmtree(os.path.join(kernels, "gonb"), ignore_errors=True)
    os.makedirs(kernels, exist_ok=True)
    os.rename(folder, os.path.join(kernels, "gonb"))
