#!/bin/bash
# Copies side by side with skopeo, each workload by turns: ours, theirs, ours, theirs, … Prints the median wall time,
# processor time and memory of each. The registry is Debian's docker-registry on loopback, empty before each copy.
#
# usage: bench/copy.sh [WORKLOAD]...        default: all
#   start      --version
#   inspect    inspect of an image in the registry
#   push       oci: to registry, 10 layers, 500 MB
#   pull       registry to oci:, the same
#   mirror     registry to registry, the same
#   push-tiny  oci: to registry, 60 layers of a few bytes
#   again      the same again, when all is there
#   sync       a repository of 300 tags from registry to registry
#   sync-again the same again, when all is there
#
# SKOPEO names the peer, ROUNDS how often. LATENCY holds back for so many milliseconds what goes to a registry, and what
# comes from it.
set -eu
cd "$(dirname "$0")/.."
. bench/measure.sh
ours=$PWD/skopeo-j/bin/skopeo-j
theirs=${SKOPEO:-skopeo}
rounds=${ROUNDS:-3}
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
registries=()
trap 'status=$?; kill "${registries[@]}" 2>/dev/null; [ $status = 0 ] || cat "$work/out" >&2; rm -rf "$work"' EXIT

# registry NAME: starts an empty one and sets the variable NAME to its host
registry() {
  mkdir -p "$work/$1"
  local port
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  printf 'version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: "127.0.0.1:%s", relativeurls: true}\n' \
    "$work/$1" "$port" >"$work/$1.yml"
  docker-registry serve "$work/$1.yml" >"$work/$1.log" 2>&1 &
  registries+=($!)
  answers "$port" || { echo "docker-registry does not answer" >&2; exit 1; }
  if [ "${LATENCY:-0}" != 0 ]; then
    python3 bench/latency.py "$port" "$LATENCY" >"$work/$1.port" &
    registries+=($!)
    until [ -s "$work/$1.port" ]; do sleep 0.05; done
    port=$(cat "$work/$1.port")
  fi
  eval "$1=127.0.0.1:$port"
}

answers() {
  for _ in {1..100}; do
    python3 -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$1/v2/')" 2>/dev/null && return
    sleep 0.05
  done
  return 1
}

# image FOLDER LAYERS BYTES: an image in a layout, with layers that do not compress
image() {
  python3 - "$@" <<'PYTHON'
import gzip, hashlib, io, json, os, sys, tarfile
folder, layers, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
blobs = os.path.join(folder, "blobs/sha256")
os.makedirs(blobs)

def put(content, kind):
    digest = hashlib.sha256(content).hexdigest()
    with open(os.path.join(blobs, digest), "wb") as out:
        out.write(content)
    return {"mediaType": "application/vnd.oci.image." + kind, "digest": "sha256:" + digest, "size": len(content)}

diffs, descriptors = [], []
for i in range(layers):
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as out:
        entry = tarfile.TarInfo("file%d" % i)
        entry.size = size
        out.addfile(entry, io.BytesIO(os.urandom(size)))
    diffs.append("sha256:" + hashlib.sha256(tar.getvalue()).hexdigest())
    descriptors.append(put(gzip.compress(tar.getvalue(), 1), "layer.v1.tar+gzip"))
config = put(json.dumps({"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": diffs}}).encode(), "config.v1+json")
manifest = put(json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": config, "layers": descriptors}).encode(), "manifest.v1+json")
manifest["annotations"] = {"org.opencontainers.image.ref.name": "v1"}
json.dump({"schemaVersion": 2, "manifests": [manifest]}, open(os.path.join(folder, "index.json"), "w"))
json.dump({"imageLayoutVersion": "1.0.0"}, open(os.path.join(folder, "oci-layout"), "w"))
PYTHON
}

# compare NAME PREPARATION ARGUMENT...: both programs with these arguments, after the preparation
compare() {
  local name=$1 prepare=$2
  shift 2
  rm -f "$work"/times.*
  for ((round = 0; round < rounds; round++)); do
    $prepare
    measure "$work/times.ours" "$ours" "$@"
    $prepare
    measure "$work/times.theirs" $theirs "$@"
  done
  local row
  row=$(medians)
  echo "$name $row" | awk '{ printf "%-10s ours %6.2f s (cpu %5.2f, %3d MB)   theirs %6.2f s (cpu %5.2f, %3d MB)   ratio %.2f\n", $1, $2, $3, $4, $5, $6, $7, $2 / $5 }'
}

# repository TAGS: fills a repository of the source with images of a layer of their own each
repository() {
  for ((tag = 0; tag < $1; tag++)); do
    image "$work/tags/$tag" 1 "$((tag + 1))"
    echo "$tag"
  done | xargs -P 4 -I{} $theirs --insecure-policy copy -q --dest-tls-verify=false \
    "oci:$work/tags/{}:v1" "docker://$source/many:1.{}" >"$work/out" 2>&1
}

nothing() { :; }
# No turn shall wait for what the one before left to be written.
empty_target() {
  rm -rf "$work/target/docker" "$work/copy"
  command sync
}

filled=
fill() {
  [ -z "$filled" ] || return 0
  image "$work/big" 10 52428800
  image "$work/tiny" 60 20
  registry source
  registry target
  $theirs --insecure-policy copy -q --dest-tls-verify=false "oci:$work/big:v1" "docker://$source/big:v1" >"$work/out" 2>&1
  filled=yes
}

listed=
sync() {
  [ -n "$listed" ] || repository 300
  listed=yes
  local line=(--insecure-policy sync --src-tls-verify=false --dest-tls-verify=false --src docker --dest docker
    "$source/many" "$target")
  [ "$2" != nothing ] || "$ours" "${line[@]}" >"$work/out" 2>&1
  compare "$1" "$2" "${line[@]}"
}

copy() { compare "$1" "$2" --insecure-policy copy -q --src-tls-verify=false --dest-tls-verify=false "$3" "$4"; }

workload() {
  [ "$1" = start ] || fill
  case $1 in
    start) compare start nothing --version ;;
    inspect) compare inspect nothing inspect --tls-verify=false "docker://$source/big:v1" ;;
    push) copy push empty_target "oci:$work/big:v1" "docker://$target/big:v1" ;;
    pull) copy pull empty_target "docker://$source/big:v1" "oci:$work/copy:v1" ;;
    mirror) copy mirror empty_target "docker://$source/big:v1" "docker://$target/big:v1" ;;
    push-tiny) copy push-tiny empty_target "oci:$work/tiny:v1" "docker://$target/tiny:v1" ;;
    again)
      empty_target
      $theirs --insecure-policy copy -q --dest-tls-verify=false "oci:$work/tiny:v1" "docker://$target/tiny:v1" >"$work/out" 2>&1
      copy again nothing "oci:$work/tiny:v1" "docker://$target/tiny:v1"
      ;;
    sync) sync sync empty_target ;;
    sync-again) sync sync-again nothing ;;
    *) echo "bench/copy.sh: no workload \"$1\"; see the first lines of the script" >&2; exit 2 ;;
  esac
}

"$ours" --version >/dev/null # builds the tools where that has not been done
[ $# -gt 0 ] || set -- start inspect push pull mirror push-tiny again sync sync-again
for name; do workload "$name"; done
