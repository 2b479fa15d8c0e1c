#!/usr/bin/env bash
# Builds the lab's image and tries it: docker/image.sh [build|try]; without a word, both.
#
# IMAGE names it (sparseq). A docker engine builds it where one runs; without one buildah does, as
# root or not. Where no registry can be reached either, buildah starts from a Debian that mmdebstrap
# makes and from this machine's Go, in place of the pinned bases: good for a test, not to publish.
# SSL_CERT_FILE, where it is set, is lent to the build, which keeps no copy.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$SPARSEQ_ROOT"
image=${IMAGE:-sparseq}
store=${SPARSEQ_DATA:-data}/cache/image

fail() {
	printf 'image: %s\n' "$*" >&2
	exit 1
}

need() {
	command -v "$1" >/dev/null || fail "$2 is needed and $1 was not found; on Debian or Ubuntu: sudo apt-get install $1"
}

b() { buildah --root "$store/root" --runroot "$store/run" --storage-driver "${STORAGE_DRIVER:-vfs}" "$@"; }

# registry says whether the pinned bases can be had: it answers whoever asks, with 401 at that.
registry() { [[ $(curl -s -m 10 -o /dev/null -w '%{http_code}' https://registry-1.docker.io/v2/ || true) =~ ^(200|401)$ ]]; }

# local_bases makes the two bases, once.
local_bases() {
	local c
	if ! b inspect --type image localhost/debian:trixie >/dev/null 2>&1; then
		need mmdebstrap 'a Debian to start from'
		echo 'no registry can be reached: making a Debian of its packages (once, some 2 minutes)'
		mmdebstrap --quiet --variant=minbase --include=ca-certificates \
			--dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
			--dpkgopt='path-exclude=/usr/share/locale/*' \
			trixie "$store/debian.tar" http://deb.debian.org/debian || fail 'mmdebstrap failed: see above'
		c=$(b from scratch)
		b add -q "$c" "$store/debian.tar" / >/dev/null
		b config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --cmd bash "$c"
		b commit -q --rm "$c" localhost/debian:trixie >/dev/null
		rm -f "$store/debian.tar"
	fi
	if ! b inspect --type image "localhost/golang:$(go env GOVERSION)" >/dev/null 2>&1; then
		c=$(b from scratch)
		b copy -q "$c" "$(go env GOROOT)" /usr/local/go >/dev/null
		b commit -q --rm "$c" "localhost/golang:$(go env GOVERSION)" >/dev/null
	fi
	options+=(--pull-never --build-arg BASE=localhost/debian:trixie --build-arg "GO=localhost/golang:$(go env GOVERSION)")
}

build() {
	local options=(-f docker/Dockerfile -t "$image") started=$SECONDS
	[ -z "${SSL_CERT_FILE:-}" ] || options+=(--secret "id=ca,src=$SSL_CERT_FILE")
	if [ "$engine" = docker ]; then
		DOCKER_BUILDKIT=1 docker build "${options[@]}" . || fail 'the build failed: see above'
	else
		if ! registry; then local_bases; fi
		b bud --format docker --isolation chroot --ignorefile docker/Dockerfile.dockerignore "${options[@]}" . ||
			fail 'the build failed: see above'
	fi
	printf 'built %s in %d s\n' "$image" $((SECONDS - started))
}

# inside USER COMMAND… runs it in the container.
inside() {
	local user=$1
	shift
	if [ "$engine" = docker ]; then
		docker exec -u "$user" "$container" "$@"
	else
		# Without a network but for the loopback, where this user may have one of its own.
		"${alone[@]}" buildah --root "$store/root" --runroot "$store/run" --storage-driver "${STORAGE_DRIVER:-vfs}" \
			run --isolation chroot --user "$user" "$container" -- "$@"
	fi
}

# try checks a fresh container from inside. Its build cache is made to look old, as in an image that
# was built a week ago: what Go could delete of it, Go would.
try() {
	alone=()
	if [ "$engine" = docker ]; then
		container=$(docker run -d --network none --entrypoint sleep "$image" infinity)
		trap 'docker rm -f "$container" >/dev/null' EXIT
	else
		container=$(b from --pull-never "$image") || fail "there is no image $image: run docker/image.sh build"
		trap 'b rm "$container" >/dev/null' EXIT
		if unshare -n ip link set lo up 2>/dev/null; then
			alone=(unshare -n sh -c 'ip link set lo up && exec "$@"' sh)
		else
			echo "no network of its own can be made here: the container is tried with the machine's"
		fi
	fi
	printf '%s: %d MB unpacked\n' "$image" "$(($(inside 0 du -sxB1 / | cut -f1) / 1000000))"
	inside 0 find /opt/go/build -type f -name '*-[ad]' -exec touch -d '10 days ago' {} +
	inside 1000:1000 python /opt/sparseq/docker/image/check.py || fail "$image is not as it should be"
}

if docker info >/dev/null 2>&1; then
	engine=docker
else
	need buildah 'a docker engine that runs, or buildah,'
	engine=buildah
	mkdir -p "$store"
	store=$(cd "$store" && pwd -P)
fi
case ${1:-} in
build | try) "$1" ;;
'')
	build
	try
	;;
*) fail "\"$1\" is neither build nor try" ;;
esac
