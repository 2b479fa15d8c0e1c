#!/usr/bin/env bash
# Sets the lab up in the image while it is built, and leaves out what no lesson uses. Runs as root.
#
# Go's build cache decides how soon a cell answers. It is filled by running the lessons, with the
# kernel's own flags at the paths of the image. Its files stay root's in sticky folders: a learner
# adds to it, but Go cannot delete for a learner what is older than five days.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../env.sh"
cd "$SPARSEQ_ROOT"

ca=/run/secrets/ca
[ ! -f "$ca" ] || export SSL_CERT_FILE=$ca PIP_CERT=$ca
export PIP_NO_CACHE_DIR=1 SPARSEQ_IMDB=sample SPARSEQ_DATA=/tmp/data
modules=$(go env GOMODCACHE) cache=$(go env GOCACHE)

goroot=$(go env GOROOT)
rm -rf "$goroot"/{api,doc,misc,test}
find "$goroot/src" -name testdata -type d -prune -exec rm -rf {} +

docker/setup.sh || { cat .venv/var/setup/log >&2; exit 1; }
strip --strip-unneeded .venv/lib/pjrt/*.so
.venv/bin/python -m pip uninstall -q -y pip

# Of the modules stay those that the lab's packages come from, without their pictures and tests.
keep=$(mktemp)
go list -deps -f '{{with .Module}}{{.Dir}}{{end}}' ./... | sort -u >"$keep"
find "$modules" -path "$modules/cache" -prune -o -type d -name '*@*' -prune -print | while read -r module; do
	grep -qxF "$module" "$keep" || { chmod -R u+w "$module"; rm -rf "$module"; }
done
chmod -R u+w "$modules"
find "$modules" -path "$modules/cache" -prune -o -type d \( -name docs -o -name testdata -o -name schemas \) -prune -exec rm -rf {} +
find "$modules" -path "$modules/cache" -prune -o -name '*_test.go' -exec rm {} +
find "$modules/cache" -name '*.zip' -delete

# Go notes the use of an entry that is older than an hour: what the lessons leave old is not theirs.
GOFLAGS=$SPARSEQ_CELL_GOFLAGS go build -o /tmp/lab ./pkg/cmd/lab
find "$cache" -type f -exec touch -d '2 hours ago' {} +
touch -d '1 hour ago' /tmp/before
/tmp/lab lessons -quick
# The quick setting may leave out an import.
cat notebooks/*.ipynb | grep -oE '\\"(sparseq/pkg|[a-z0-9-]+\.[a-z]+)/[A-Za-z0-9_./-]+\\"' | tr -d '\\"' | sort -u |
	GOFLAGS=$SPARSEQ_CELL_GOFLAGS xargs go build
find "$cache" -type f -name '*-[ad]' ! -newer /tmp/before -delete
# Nor can the programs of these very cells, built in folders that are gone, ever be of use again.
find "$cache" -type f -name '*-d' | while read -r entry; do
	! head -c 400 "$entry" | grep -qaxF main || rm "$entry"
done

chown 1000:1000 "$cache/trim.txt"
find "$cache" -type d -exec chmod 1777 {} +
# A cell may import a module that is not here: it is added to these folders.
rm -f "$modules/cache/lock"
chown -R 1000:1000 "$modules/cache" notebooks .venv/var
find "$modules" -type d ! -path '*@*' -exec chown 1000:1000 {} +
rm -rf /tmp/* /root/.cache /root/.config
