#!/usr/bin/env bash
# Runs actionlint on the workflows, then golangci-lint: docker/lint.sh [GOLANGCI-LINT'S OPTIONS]
#
# Each is pinned by a module of its own. golangci-lint is built once, into .venv; actionlint is small.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$SPARSEQ_ROOT"

(cd docker/lint/actionlint && GOFLAGS="" GOWORK=off go tool actionlint -shellcheck= -pyflakes= ../../../.github/workflows/*.yml)

# The version is in the name, so that another pin is built anew.
version=$(sed -n 's#^\tgithub.com/golangci/golangci-lint/v2 \(v[^ ]*\).*#\1#p' docker/lint/go.mod)
built=.venv/lib/golangci-lint/$version-$(go env GOVERSION)
if ! [ -x "$built/golangci-lint" ]; then
	echo "building golangci-lint $version (once, some 2 minutes)"
	(cd docker/lint && GOFLAGS='' GOBIN="$SPARSEQ_ROOT/$built" go install tool)
fi
exec "$built/golangci-lint" run "$@" ./...
