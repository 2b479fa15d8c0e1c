#!/usr/bin/env bash
# Says in a few lines what works on this machine, and what to do about what does not.
#
# It changes nothing, and asks for nothing that the set-up has yet to bring. The exit status is 1
# only if something is missing that the lab cannot do without.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$SPARSEQ_ROOT"
# shellcheck source=docker/needs.sh
. docker/needs.sh
fail() { # needs.sh's complaint, without more
	printf '%s\n' "$*"
	exit 1
}

venv=$SPARSEQ_ROOT/.venv
state=$venv/var/setup
data=${SPARSEQ_DATA:-$SPARSEQ_ROOT/data}
vital=()

say() { printf '%-11s %-8s %s\n' "$1" "$2" "$3"; }
ok() { say "$1" ok "$2"; }
missing() { say "$1" missing "$2"; }
# lacking is for what the lab cannot do without.
lacking() {
	missing "$1" "$2"
	vital+=("$1")
}

set_up() { [ -e "$state/warm" ] && [ -x "$venv/bin/python" ]; }

# reach ADDRESS: whether something answers there, whatever it says.
reach() {
	if command -v curl; then
		curl -sS -m 5 -o /dev/null "$1"
	else
		"${PYTHON:-python3}" -c '
import sys, urllib.error, urllib.request
try:
    urllib.request.urlopen(sys.argv[1], timeout=5)
except urllib.error.HTTPError:
    pass' "$1"
	fi >/dev/null 2>&1
}

# ask asks all hosts at once, in the background.
ask() {
	local i
	for i in "${!hosts[@]}"; do
		(if reach "${hosts[i]}"; then echo yes >"$asked/$i"; fi) &
	done
}

check_go() {
	local said
	if said=$(GOTOOLCHAIN=local need_go && echo "$goversion"); then
		ok Go "$said"
	elif [[ $(cd / && GOFLAGS='' go env GOTOOLCHAIN 2>/dev/null) == *auto ]]; then
		ok Go "$(cd / && GOTOOLCHAIN=local go env GOVERSION), which fetches the Go that the lab needs"
	else
		lacking Go "$said"
	fi
}

check_cc() {
	local said
	if ! command -v go >/dev/null; then
		missing 'C compiler' 'Go tells which one: not checked'
	elif said=$(GOTOOLCHAIN=local need_cc); then
		ok 'C compiler' "$(GOTOOLCHAIN=local go env CC)"
	else
		lacking 'C compiler' "$said"
	fi
}

check_python() {
	local said
	if said=$(need_python && "$python" -V 2>&1); then ok Python "$said"; else lacking Python "$said"; fi
}

check_kernel() {
	local spec=$venv/share/jupyter/kernels/gonb/kernel.json
	if ! set_up; then
		missing kernel 'make setup makes it'
	elif ! [ -x "$venv/bin/jupyter-lab" ] || ! [ -x "$venv/bin/gonb" ] || ! [ -x "$venv/lib/kernel/go" ] || ! [ -r "$spec" ]; then
		lacking kernel 'the set-up is damaged: make clean, then make setup; downloads stay'
	elif ! grep -qF "\"$venv/bin/gonb\"" "$spec"; then
		missing kernel 'it was set up in another folder: make setup makes it anew'
	else
		ok kernel "JupyterLab and the Go kernel, in $venv"
	fi
}

check_xla() {
	if [ -n "$(find "$venv/lib/pjrt/" -name 'pjrt_c_api_cpu_plugin.*' -size +0 2>/dev/null)" ]; then
		ok XLA "the lessons compute with: $(tail -1 "$state/engine" 2>/dev/null || echo 'XLA on the CPU')"
	elif ! set_up; then
		missing XLA 'make setup fetches it'
	else
		missing XLA 'the lessons compute in pure Go, which is slower; to try again: rm .venv/var/setup/xla; make setup'
	fi
}

# What engine looks for too: asking a driver that is not there takes seconds.
check_gpu() {
	if [ -z "$(ls -d /dev/nvidia[0-9]* /dev/dxg /dev/kfd 2>/dev/null)" ]; then
		missing GPU 'none found, or no driver for it: the lessons compute on the CPU, as they were measured'
	elif [ -n "$(find "$venv/lib/pjrt/" -name 'pjrt_c_api_cuda_plugin.so' -o -name 'pjrt_c_api_rocm_plugin.so' 2>/dev/null)" ]; then
		ok GPU 'found, and a plugin of XLA for it; the first training cell says whether it works'
	else
		missing GPU "found, but no XLA plugin for it: see README.md, Troubleshooting; the lessons compute on the CPU"
	fi
}

check_reviews() {
	local archive=$data/downloads/aclImdb_v1.tar.gz
	if [ "${SPARSEQ_IMDB:-}" = sample ]; then
		ok reviews 'the bundled sample, as SPARSEQ_IMDB=sample asks'
	elif [ -n "${SPARSEQ_IMDB:-}" ]; then
		if [ -r "$SPARSEQ_IMDB" ]; then
			ok reviews "$SPARSEQ_IMDB, as SPARSEQ_IMDB asks"
		else
			lacking reviews "SPARSEQ_IMDB names $SPARSEQ_IMDB, which cannot be read: correct it, or unset it"
		fi
	elif [ -n "$(find "$data/cache/" -name 'imdb-*.reviews' 2>/dev/null)" ]; then
		ok reviews "ready, in $data/cache"
	elif [ -r "$archive" ]; then
		ok reviews "downloaded, $archive"
	else
		missing reviews "make data downloads them (84 MB), or SPARSEQ_IMDB names them; else lessons use a small sample"
	fi
}

check_words() {
	local name=wordsim353-combined.tab file
	file=${SPARSEQ_WORDEVAL:-$data/downloads}
	[ ! -d "$file" ] || file=$file/$name
	if [ -r "$file" ]; then
		ok 'word sets' "WordSim-353, $file"
	elif [ -n "${SPARSEQ_WORDEVAL:-}" ]; then
		missing 'word sets' "SPARSEQ_WORDEVAL names $SPARSEQ_WORDEVAL, which holds no $name: lessons skip what needs it"
	else
		missing 'word sets' "make data fetches WordSim-353, or SPARSEQ_WORDEVAL names it; else lessons skip it"
	fi
}

check_disk() {
	local said want=3000 free
	if set_up; then want=500; fi
	free=$(df -Pk . | awk 'NR == 2 { printf "%.1f", $4 / 1048576 }')
	if ! said=$(need_plain_path && need_disk "$want"); then
		lacking disk "$said"
	elif ! [ -w . ]; then
		lacking disk "cannot write to $SPARSEQ_ROOT: clone the repository to a folder of yours"
	else
		ok disk "$free GB free in $SPARSEQ_ROOT"
	fi
}

check_memory() {
	local free limit what='free'
	if ! free=$(awk '/^MemAvailable:/ { printf "%d", $2 / 1024; found = 1 } END { exit !found }' /proc/meminfo 2>/dev/null); then
		free=$(($(sysctl -n hw.memsize 2>/dev/null || echo 0) / 1048576)) what='in all'
	fi
	limit=$(cat "${SPARSEQ_CGROUP:-/sys/fs/cgroup}/memory.max" 2>/dev/null || true) # a container's
	if [[ $limit =~ ^[0-9]+$ ]] && [ $((limit / 1048576)) -lt "$free" ]; then
		free=$((limit / 1048576)) what='allowed in this container'
	fi
	if [ "$free" = 0 ]; then
		missing memory 'this system does not say how much there is'
	elif [ "$free" -lt 2000 ]; then
		missing memory "$free MB $what: 2 GB or more should be there to train; close other programs, or raise the limit"
	else
		ok memory "$((free / 1024)) GB $what"
	fi
}

check_network() {
	local i silent=() answered=() stops=
	for i in "${!hosts[@]}"; do
		if [ -e "$asked/$i" ]; then
			answered+=("$(host "${hosts[i]}")")
		else
			silent+=("$(host "${hosts[i]}") (${uses[i]})")
			[ "$i" -gt 1 ] || stops=yes
		fi
	done
	if [ ${#silent[@]} = 0 ]; then
		ok network "$(list "${answered[@]}")"
	elif [ -n "$stops" ] && ! set_up; then
		lacking network "no answer from $(list "${silent[@]}"): connect, or set https_proxy, for make setup"
	else
		missing network "no answer from $(list "${silent[@]}")"
	fi
}

# host ADDRESS: its host. list NAME...: with commas.
host() { printf '%s\n' "$1" | cut -d/ -f3 | sed 's/.*@//'; }
list() { printf '%s\n' "$@" | awk 'NR > 1 { printf ", " } { printf "%s", $0 }'; }

# mirror SETTING DEFAULT: the first address in a setting, where it holds one.
mirror() {
	local first=${1%%[,|]*}
	case $first in http*://*) echo "$first" ;; *) echo "$2" ;; esac
}

asked=$(mktemp -d)
trap 'rm -rf "$asked"' EXIT
index=${PIP_INDEX_URL:-$("${PYTHON:-python3}" -m pip config get global.index-url 2>/dev/null || true)}
hosts=(
	"$(mirror "$index" https://pypi.org/simple/pip/)"
	"$(mirror "${GOPROXY:-$(cd / && go env GOPROXY 2>/dev/null || true)}" https://proxy.golang.org/)"
	https://ai.stanford.edu/ http://www.gabrilovich.com/ https://registry.npmjs.org/reveal.js/latest
)
uses=('make setup' 'make setup' 'the reviews' 'word sets' 'make slides')
ask

check_go
check_cc
check_python
check_kernel
check_xla
check_gpu
check_reviews
check_words
check_disk
check_memory
wait
check_network

if [ ${#vital[@]} -gt 0 ]; then
	echo "The lab cannot run here yet; mend first: $(list "${vital[@]}")."
	exit 1
fi
if set_up; then echo 'The lab can run here.'; else echo 'The lab can run here, once make setup has set it up.'; fi
