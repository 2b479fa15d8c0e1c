#!/usr/bin/env bash
# All the checks of `make test`, cheapest first.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$SPARSEQ_ROOT"

heading() { printf '\n== %s\n' "$1"; }

heading gofmt
ill=$(git ls-files -co --exclude-standard '*.go' | tr '\n' '\0' | xargs -0 gofmt -l)
[ -z "$ill" ] || { printf 'not formatted; run gofmt -w on:\n%s\n' "$ill" >&2; exit 1; }

heading 'go vet'
go vet ./...

heading golangci-lint
docker/lint.sh

# GoMLX's Go backend fails the race detector's pointer checks in a product of its own.
heading 'unit tests, with the race detector'
go test -race '-gcflags=github.com/gomlx/compute/...=-d=checkptr=0' ./pkg/...

heading 'the set-up, the kernel'
go test -count=1 ./docker/...
SPARSEQ_LESSONS=1 go test -count=1 -run Execute ./pkg/notebook

heading 'the lessons, the browser'
SPARSEQ_LESSONS=1 SPARSEQ_BROWSER=1 go test -count=1 -v -timeout 40m ./notebooks
