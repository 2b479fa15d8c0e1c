# Steps with visible progress, stamps, and one line when they fail; for setup.sh to source.
# Needs: state (folder of the stamps), log (file that takes a step's output).

# hash: one hash of standard input.
hash() {
	if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-64
}

# fresh STEP: says whether the step was finished with its present inputs, which STEP_inputs prints.
fresh() { [ "$(cat "$state/$1" 2>/dev/null)" = "$("$1_inputs" 2>/dev/null | hash)" ]; }

# fail LINE: the one line that a person sees.
fail() {
	printf 'set-up: %s\n' "$*" >&2
	exit 1
}

# step NUMBER TITLE STEP: unless it is fresh, runs the function STEP, its output in the log, the seconds in sight.
step() {
	local title="[$1] $2" started=$SECONDS status=0
	! fresh "$3" || return 0
	rm -f "$state/$3"
	if [ -t 1 ]; then printf '%s' "$title"; else printf '%s\n' "$title"; fi
	set -m # a process group of its own, so that an interrupt ends all of it
	(set -e; "$3") >"$log" 2>&1 </dev/null &
	child=$!
	set +m
	while kill -0 "$child" 2>/dev/null; do
		[ ! -t 1 ] || printf '\r%s  %d s' "$title" $((SECONDS - started))
		sleep .2
	done
	wait "$child" || status=$?
	child=
	if [ "$status" != 0 ]; then
		[ ! -t 1 ] || echo
		fail "$(explain)"
	fi
	[ ! -t 1 ] || printf '\r%s  done in %d s\033[K\n' "$title" $((SECONDS - started))
	"$3_inputs" | hash >"$state/$3.new"
	mv "$state/$3.new" "$state/$3"
}

# interrupted: ends the running step; the next run starts that step over.
interrupted() {
	[ -z "${child:-}" ] || kill -TERM -- "-$child" 2>/dev/null || true
	[ ! -t 1 ] || echo
	fail "interrupted; run it again and it goes on where it stopped"
}

# explain: why the step failed, from its log, and what to do.
explain() {
	if grep -qi 'no space left' "$log"; then
		echo "the disk is full: free some space for $SPARSEQ_ROOT and the Go and pip caches, then run it again"
	elif grep -qiE 'do not match the hashes|checksum mismatch|security error' "$log"; then
		echo "a download is not the file that was pinned: try again, or another network (details: $log)"
	elif grep -qiE 'permission denied|read-only file system' "$log"; then
		echo "cannot write: $(grep -iE 'permission denied|read-only file system' "$log" | tail -1)"
	elif grep -qiE 'name resolution|no such host|connection refused|failed to establish|max retries|dial tcp|network is unreachable|timed? ?out|proxyconnect|TLS handshake|certificate' "$log"; then
		echo "no network: a download failed; run it again when pypi.org and proxy.golang.org can be reached (details: $log)"
	else
		echo "$(grep -v '^[[:space:]]*$' "$log" | tail -1) (details: $log)"
	fi
}
