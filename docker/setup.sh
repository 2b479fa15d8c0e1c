#!/usr/bin/env bash
# Sets the lab up inside the checkout: JupyterLab, XLA, the Go kernel and a warm build cache, all in .venv.
#
# Run it as often as you like: a step is done again only when what it was made of has changed
# (its stamp in .venv/var/setup no longer matches), and one that was interrupted starts over.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$SPARSEQ_ROOT"
venv=$SPARSEQ_ROOT/.venv
state=$venv/var/setup
log=$state/log

# shellcheck source=docker/steps.sh
. docker/steps.sh
# shellcheck source=docker/needs.sh
. docker/needs.sh

# PLATFORM is what the Python package index calls a system, such as Linux-x86_64.
platform=${SPARSEQ_PLATFORM:-$(uname -sm | tr ' ' '-')}

# The Python environment holds absolute paths: a moved checkout or another Python makes it anew.
jupyterlab() {
	rm -rf "$venv/bin" "$venv/include" "$venv"/lib/python* "$venv/lib64" "$venv/share" "$venv/etc" "$venv/pyvenv.cfg"
	rm -f "$state"/kernel "$state"/tools
	"$python" -m venv "$venv"
	"$venv/bin/python" -m pip install --disable-pip-version-check --no-input --retries 2 --timeout 30 \
		--require-hashes --only-binary :all: --no-deps -r docker/requirements.txt
}

# Other systems get the plugin from GoMLX's own installer; where that fails, the pure Go backend remains.
xla() {
	rm -rf "$venv/lib/pjrt" "$venv/lib/pjrt.new" "$state/remark"
	mkdir -p "$venv/lib/pjrt.new"
	if [ "$platform" = Linux-x86_64 ]; then
		"$venv/bin/python" -m pip install --disable-pip-version-check --no-input --retries 2 --timeout 30 \
			--require-hashes --only-binary :all: --no-deps --target "$venv/lib/pjrt.new/wheel" \
			-r docker/requirements-xla-linux-amd64.txt
		find "$venv/lib/pjrt.new/wheel" -name '*.so' -exec mv {} "$venv/lib/pjrt.new/pjrt_c_api_cpu_plugin.so" \;
		rm -rf "$venv/lib/pjrt.new/wheel"
	elif ! go run ./docker/xla "$venv/lib/pjrt.new"; then
		echo "no XLA plugin for $platform: the lab computes with GoMLX's pure Go backend, which is slower; to try again: rm .venv/var/setup/xla; make setup" >"$state/remark"
		rm -rf "$venv/lib/pjrt.new"
		mkdir "$venv/lib/pjrt.new"
	fi
	mv "$venv/lib/pjrt.new" "$venv/lib/pjrt"
}

# gopls has a folder of its own: a run that nobody watches leaves it off the kernel's PATH and saves its work.
tools() {
	mkdir -p "$venv/lib/gopls"
	(cd docker/tools && GOFLAGS='' GOBIN="$venv/bin" go install tool)
	mv "$venv/bin/gopls" "$venv/lib/gopls/gopls"
}

kernel() {
	"$venv/bin/python" docker/kernelspec.py "$SPARSEQ_CELL_GOFLAGS"
	mkdir -p "$venv/lib/kernel" "$venv/etc/jupyter/labconfig" "$venv/share/jupyter/lab/settings"
	cp docker/kernel-go.sh "$venv/lib/kernel/go"
	cp docker/jupyter/jupyter_server_config.py "$venv/etc/jupyter/"
	cp docker/jupyter/page_config.json "$venv/etc/jupyter/labconfig/"
	cp docker/jupyter/overrides.json "$venv/share/jupyter/lab/settings/"
}

# lesson_imports lists what the lessons' cells import beside the standard library. A learner's copy is none.
lesson_imports() {
	local GLOBIGNORE='notebooks/*.mine-*'
	cat notebooks/*.ipynb 2>/dev/null | grep -oE '\\"(sparseq/pkg|[a-z0-9-]+\.[a-z]+)/[A-Za-z0-9_./-]+\\"' | tr -d '\\"' | sort -u
}

# Fetches and builds what the lessons' cells need, exactly as they do: offline too, their first run is fast.
warm() {
	lesson_imports | GOFLAGS=$SPARSEQ_CELL_GOFLAGS xargs go build
	"$venv/bin/python" docker/warm.py >"$state/engine" || { cat "$state/engine"; return 1; }
}

need_plain_path
need_go
mkdir -p "$state" 2>/dev/null || fail "cannot write to $SPARSEQ_ROOT: clone the repository to a folder of yours"
exec 9>"$state/lock"
if command -v flock >/dev/null && ! flock -n 9; then
	echo "Another set-up is running here: waiting for it."
	flock 9
fi
trap interrupted INT TERM


# What each step is made of.
jupyterlab_inputs() {
	echo "$SPARSEQ_ROOT" "$("$venv/bin/python" -V 2>&1 | cut -d. -f1,2)"
	cat docker/requirements.txt
}
xla_inputs() { echo "$platform"; cat docker/requirements-xla-linux-amd64.txt; }
tools_inputs() { echo "$goversion"; cat docker/tools/go.mod docker/tools/go.sum; }
kernel_inputs() { echo "$SPARSEQ_ROOT" "$SPARSEQ_CELL_GOFLAGS"; cat docker/kernelspec.py docker/kernel-go.sh docker/env.sh docker/jupyter/*; }
warm_inputs() { echo "$platform" "$goversion" "$SPARSEQ_CELL_GOFLAGS"; cat go.mod go.sum docker/gokernel.py docker/warm.py; lesson_imports; }

if fresh jupyterlab && fresh xla && fresh tools && fresh kernel && fresh warm; then
	exit 0
fi
need_python
need_cc
fresh jupyterlab || need_disk 3000
step '1/5' 'JupyterLab in a Python environment of its own (some 35 s, 80 MB to download)' jupyterlab
step '2/5' 'XLA, the compiler that the lessons compute with (some 10 s, 63 MB to download)' xla
step '3/5' 'The Go kernel and the tools of its editor (some 40 s)' tools
step '4/5' "The kernel's and JupyterLab's settings" kernel
step '5/5' 'A first build of what the lessons use, and a first cell (some 60 s)' warm
[ ! -e "$state/remark" ] || cat "$state/remark"
echo "Set up, in .venv. The lessons compute with: $(tail -1 "$state/engine")."
