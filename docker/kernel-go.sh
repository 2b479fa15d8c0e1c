#!/bin/sh
# The Go kernel's go: the real one, but for two things that GoNB does at every cell.
#
# A bare "go get" takes half a second to find that nothing is missing, and asks the network the first
# time. It runs only where the cell imports a package that is of neither the standard library nor
# this repository and the modules of its go.mod.
#
# A cell of declarations alone is built into a program that does nothing, and most of the time goes
# into linking it. It is only compiled, where no variable has come since the last cell that ran.
here=${0%/*}
path=:$PATH:
case $path in *":$here:"*)
	path=${path%%":$here:"*}:${path#*":$here:"}
	path=${path#:}
	PATH=${path%:}
	export PATH
	;;
esac

# foreign prints the imports of main.go that no module here provides: a first element without a
# dot is the standard library's or the repository's own.
foreign() {
	awk '
		FNR == NR { if ($1 == "require" && $2 != "(") module[$2]; else if ($2 ~ /^v[0-9]/) module[$1]; next }
		/^[ \t]*(import[ \t]+)?([A-Za-z0-9_.]+[ \t]+)?"[^"]+"[ \t]*$/ {
			split($0, quoted, "\"")
			n = split(quoted[2], part, "/")
			if (part[1] !~ /\./) next
			prefix = ""
			for (i = 1; i <= n; i++) {
				prefix = prefix (i > 1 ? "/" : "") part[i]
				if (prefix in module) next
			}
			print quoted[2]
		}' "$SPARSEQ_ROOT/go.mod" main.go
}

if [ "$*" = get ] && [ -r main.go ] && [ -r "$SPARSEQ_ROOT/go.mod" ] && [ -z "$(foreign)" ]; then
	exit 0
fi

# variables prints the package's variables and constants, whose values a program works out first.
variables() { awk '/^[a-z]/ { keep = $1 == "var" || $1 == "const" } keep' main.go; }

if [ "$1 $2 $#" = "build -o 3" ] && [ -r main.go ]; then
	rm -f "$3" # go writes over no file that it did not make
	if ! grep -qx 'func main() { flag.Parse() }' main.go; then
		go "$@" && variables >"$3.variables"
		exit
	fi
	if [ -r "$3.variables" ] && ! grep -q '^func init(' main.go && [ "$(variables)" = "$(cat "$3.variables")" ]; then
		go list -export . >/dev/null && printf '#!/bin/sh\n' >"$3" && chmod +x "$3"
		exit
	fi
fi
exec go "$@"
