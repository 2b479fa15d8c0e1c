#!/usr/bin/env bash
# Prints the address of the JupyterLab that runs in this container, with its token: address [PORT]
#
# PORT is the one on the outside, where that is not 8888.
set -euo pipefail
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../env.sh"

exec python - "${1:-8888}" <<'PYTHON'
import glob
import json
import os
import sys

found = glob.glob(os.path.join(os.environ["JUPYTER_RUNTIME_DIR"], "jpserver-*.json"))
if not found:
    sys.exit("JupyterLab does not run here (yet): try again in a few seconds")
with open(max(found, key=os.path.getmtime)) as f:
    token = json.load(f)["token"]
print(f"http://localhost:{sys.argv[1]}/lab/tree/notebooks?token={token}")
PYTHON
