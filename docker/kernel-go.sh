#!/bin/sh
# The Go kernel's go: the real one, but for the bare "go get" that GoNB runs before every cell.
#
# That takes half a second to find that nothing is missing, and asks the network the first time.
# It runs only where the cell imports a package that is of neither the standard library nor this
# repository and the modules of its go.mod.
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
exec go "$@"
