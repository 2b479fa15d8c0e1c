# What the machine must bring; for setup.sh to source. Each lack is one line that says what to install.

# need_python finds a Python to make the environment of, other than the environment's own, as $python.
need_python() {
	local path=":$PATH:"
	path=${path//":$SPARSEQ_ROOT/.venv/bin:"/:}
	python=$(PATH=$path command -v "${PYTHON:-python3}") ||
		fail "Python 3.10 or later is needed and ${PYTHON:-python3} was not found; on Debian or Ubuntu: sudo apt-get install python3 python3-venv"
	"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null ||
		fail "Python 3.10 or later is needed, $python is $("$python" -V 2>&1 | tail -1); install a newer one and name it: PYTHON=python3.12 make setup"
	"$python" -c 'import venv, ensurepip' 2>/dev/null ||
		fail "$python cannot make virtual environments; on Debian or Ubuntu: sudo apt-get install python3-venv"
}

# need_go checks for a Go that builds this module, fetched by an older Go where that is allowed.
need_go() {
	local want said
	want=$(sed -n 's/^go //p' go.mod)
	command -v go >/dev/null ||
		fail "Go $want or later is needed and was not found; install it from https://go.dev/dl/"
	said=$(go env GOVERSION 2>&1) ||
		fail "Go $want or later is needed ($(printf '%s' "$said" | tail -1)); install it from https://go.dev/dl/"
	goversion=$said
}

# need_cc checks that C compiles and links: XLA is called through cgo.
need_cc() {
	local cc dir
	cc=$(go env CC)
	dir=$(mktemp -d)
	printf '#include <stdlib.h>\nint main(void) { return EXIT_SUCCESS; }\n' >"$dir/try.c"
	if ! [ "$(go env CGO_ENABLED)" = 1 ] || ! $cc -o "$dir/try" "$dir/try.c" 2>/dev/null; then
		rm -rf "$dir"
		fail "a working C compiler is needed ($cc does not build a program, or CGO_ENABLED is not 1); on Debian or Ubuntu: sudo apt-get install gcc libc6-dev; on macOS: xcode-select --install"
	fi
	rm -rf "$dir"
}

# need_disk MEGABYTES checks the room left in the checkout's file system.
need_disk() {
	local free
	free=$(($(df -Pk . | awk 'NR == 2 { print $4 }') / 1024))
	[ "$free" -ge "$1" ] || fail "the disk is nearly full: $1 MB are needed in $SPARSEQ_ROOT, $free MB are free"
}

# need_plain_path: the search path and GoNB's list of modules cannot quote these.
need_plain_path() {
	case $SPARSEQ_ROOT in
	*[:,\"\'\\\$\`]*) fail "the path $SPARSEQ_ROOT holds one of : , \" ' \\ \$ \`, which the kernel cannot work with; move the folder" ;;
	esac
}
