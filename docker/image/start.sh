#!/usr/bin/env bash
# Starts JupyterLab in a container: start.sh [JUPYTERLAB'S OPTIONS]
#
# Its token is not printed, for a container's output is kept in logs: the command "address" tells it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../env.sh"
cd "$SPARSEQ_ROOT/notebooks"

for folder in "$SPARSEQ_DATA" "$SPARSEQ_ROOT/notebooks" "$SPARSEQ_ROOT/.venv/var"; do
	if ! [ -d "$folder" ] || ! [ -w "$folder" ]; then
		echo "lab: user $(id -u) cannot write to $folder; mount a volume there, or give the mounted folder to that user: chown -R $(id -u) FOLDER" >&2
		exit 1
	fi
done
# Jupyter takes an empty token as the wish for none.
[ -n "${JUPYTER_TOKEN:-}" ] || unset JUPYTER_TOKEN

echo "JupyterLab starts. Its address: docker exec $(hostname) address"
exec jupyter-lab --ServerApp.ip=0.0.0.0 --ServerApp.port=8888 --ServerApp.port_retries=0 --no-browser \
	--ServerApp.root_dir="$SPARSEQ_ROOT" --LabApp.default_url=/lab/tree/notebooks \
	--ServerApp.log_level=WARN --LabApp.log_level=WARN "$@"
