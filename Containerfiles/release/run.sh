#!/bin/sh
# Releases an image, from nothing: builds the tools, makes an image from the Containerfile beside this script, runs it,
# signs it, copies it to an OCI layout with its signature, verifies it under a policy that rejects everything unsigned,
# and inspects it. Needs no network but for building the tools.
#
# usage: run.sh [FOLDER]     what it makes goes into FOLDER, which must not exist; default: a temporary one
set -eu

here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
PATH=$project/buildah-j/bin:$project/skopeo-j/bin:$PATH
image=registry.example/release/greeter:1.0

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
show() { printf '$ %s\n' "$*"; "$@"; }
fail() { printf 'run.sh: %s\n' "$*" >&2; exit 1; }

# need COMMAND PACKAGE: root installs what is missing, anybody else is told
need() {
  command -v "$1" >/dev/null || PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null && return
  if [ "$(id -u)" = 0 ]; then
    say "installing $2"
    apt-get install -y -qq "$2" >/dev/null || { apt-get update -qq && apt-get install -y -qq "$2" >/dev/null; }
  else
    fail "$1 is missing; as root: apt-get install $2"
  fi
}

need busybox busybox-static
need mvn maven
[ "$(id -u)" = 0 ] || need newuidmap uidmap

work=${1:-$(mktemp -d)/release}
mkdir "$work"
# Everything stays below this folder: the store, the keys, the results.
export XDG_DATA_HOME="$work/data"

say "the tools (built on first use)"
show skopeo-j --version
show buildah-j --version
show podman-j --version

say "an image from a Containerfile with RUN"
cp -r "$here" "$work/context"
cp "$(command -v busybox)" "$work/context/busybox"
show buildah-j build --build-arg VERSION=1.0 -t "$image" "$work/context"

say "running it"
show podman-j run --rm "$image"
show podman-j run --rm "$image" reader

say "a key, and a policy: this key or nothing"
printf 'a passphrase for this demonstration' > "$work/passphrase"
show skopeo-j generate-sigstore-key --output-prefix "$work/release" --passphrase-file "$work/passphrase"
cat > "$work/policy.json" <<POLICY
{
  "default": [{"type": "reject"}],
  "transports": {
    "containers-storage": {"": [{"type": "insecureAcceptAnything"}]},
    "oci": {"": [{"type": "sigstoreSigned", "keyPath": "$work/release.pub",
                  "signedIdentity": {"type": "exactRepository", "dockerRepository": "${image%:*}"}}]}
  }
}
POLICY

say "signed on its way into an OCI layout"
show skopeo-j --policy "$work/policy.json" copy \
  --sign-by-sigstore-private-key "$work/release.private" --sign-passphrase-file "$work/passphrase" \
  --sign-identity "$image" "containers-storage:$image" "oci:$work/mirror:1.0"

say "verified on its way out; the unsigned copy is refused"
show skopeo-j --policy "$work/policy.json" copy --remove-signatures "oci:$work/mirror:1.0" "dir:$work/verified"
show skopeo-j --policy "$work/policy.json" copy "containers-storage:$image" "oci:$work/unsigned:1.0"
if show skopeo-j --policy "$work/policy.json" copy "oci:$work/unsigned:1.0" "dir:$work/never"; then
  fail "the policy let an unsigned image through"
fi

say "what it is"
show skopeo-j inspect "oci:$work/mirror:1.0"

say "done; all of it is in $work"
