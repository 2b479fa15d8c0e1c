#!/usr/bin/env bash
# Opens JupyterLab at the lessons: docker/lab.sh [JUPYTERLAB'S OPTIONS]. PORT=9999 chooses the port.
#
# It runs apart from the terminal's process group, so that one Ctrl-C ends it and its kernels in
# good order instead of asking a question.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$SPARSEQ_ROOT"

if ! [[ ${PORT:-8888} =~ ^[0-9]{1,5}$ ]] || ((10#${PORT:-8888} < 1 || 10#${PORT:-8888} > 65535)); then
	echo "lab: PORT is \"$PORT\"; it must be a number from 1 to 65535" >&2
	exit 1
fi
options=(--ServerApp.root_dir="$SPARSEQ_ROOT" --LabApp.default_url=/lab/tree/notebooks --ServerApp.port="${PORT:-8888}")
[ -z "${PORT:-}" ] || options+=(--ServerApp.port_retries=0)
# Without a screen, Python would open a text browser in this very terminal.
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}${BROWSER:-}" ] || [ "$(uname)" = Darwin ] || options+=(--no-browser)
# Jupyter's own announcement is a page long: the address alone is printed below.
options+=(--ServerApp.log_level=WARN --LabApp.log_level=WARN)
# Containers and continuous integration are root, and know it.
[ "$(id -u)" != 0 ] || options+=(--allow-root)

set -m
jupyter-lab "${options[@]}" "$@" </dev/null &
server=$!
set +m
ended=
trap 'ended=yes; kill -TERM "$server" 2>/dev/null || true' INT TERM HUP

address=$JUPYTER_RUNTIME_DIR/jpserver-$server.json
while kill -0 "$server" 2>/dev/null && ! [ -s "$address" ]; do sleep .1; done
if [ -s "$address" ]; then
	python -c '
import json, sys
s = json.load(open(sys.argv[1]))
token = "?token=" + s["token"] if s["token"] else ""
print("\nJupyterLab: %slab/tree/notebooks%s\nCtrl-C here stops it.\n" % (s["url"], token), flush=True)' "$address"
fi

# A signal interrupts wait: ask again until the server has gone.
status=0
while kill -0 "$server" 2>/dev/null; do wait "$server" || true; done
wait "$server" || status=$?
if [ -n "$ended" ]; then
	echo "JupyterLab has stopped."
	exit 0
fi
exit "$status"
