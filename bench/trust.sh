#!/bin/bash
# Signs and verifies an image of a loopback registry side by side with cosign (with a key, without a log) and with skopeo
# (standalone-sign and standalone-verify, of files), by turns: ours, theirs, ours, theirs, … Prints the median wall time,
# processor time and memory of each. The registry is Debian's docker-registry on loopback; nothing else is asked.
#
# usage: bench/trust.sh [WORKLOAD]...        default: all
#   sign             sign an image by digest, in a bundle           cosign sign --key
#   verify           verify that signature                          cosign verify --key
#   standalone-sign  an OpenPGP signature of a manifest             skopeo standalone-sign
#   standalone-verify                                               skopeo standalone-verify
#
# COSIGN and SKOPEO name the peers, ROUNDS how often.
set -eu
cd "$(dirname "$0")/.."
. bench/measure.sh
ours=$PWD/skopeo-j/bin/skopeo-j
cosign=${COSIGN:-cosign}
skopeo=${SKOPEO:-skopeo}
rounds=${ROUNDS:-5}
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
home=$(mktemp -d -p /tmp) # short: the socket of gpg's agent is in it
export GNUPGHOME=$home COSIGN_PASSWORD=secret HOME=$work
server=
finish() {
  local status=$?
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  gpgconf --kill all 2>/dev/null || true
  [ $status = 0 ] || cat "$work/out" >&2 || true
  rm -rf "$work" "$home"
}
trap finish EXIT

registry() {
  local port
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  printf 'version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: "127.0.0.1:%s", relativeurls: true}\n' \
    "$work/registry" "$port" >"$work/registry.yml"
  docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
  server=$!
  host=127.0.0.1:$port
  for _ in {1..100}; do
    python3 -c "import urllib.request; urllib.request.urlopen('http://$host/v2/')" 2>/dev/null && return
    sleep 0.05
  done
  echo "docker-registry does not answer" >&2
  exit 1
}

# image FOLDER: an image without layers in a layout
image() {
  python3 - "$1" <<'PYTHON'
import hashlib, json, os, sys
folder = sys.argv[1]
blobs = os.path.join(folder, "blobs/sha256")
os.makedirs(blobs)

def put(content, kind):
    digest = hashlib.sha256(content).hexdigest()
    with open(os.path.join(blobs, digest), "wb") as out:
        out.write(content)
    return {"mediaType": "application/vnd.oci.image." + kind, "digest": "sha256:" + digest, "size": len(content)}

config = put(json.dumps({"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": []}}).encode(), "config.v1+json")
manifest = put(json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": config, "layers": []}).encode(), "manifest.v1+json")
manifest["annotations"] = {"org.opencontainers.image.ref.name": "v1"}
json.dump({"schemaVersion": 2, "manifests": [manifest]}, open(os.path.join(folder, "index.json"), "w"))
json.dump({"imageLayoutVersion": "1.0.0"}, open(os.path.join(folder, "oci-layout"), "w"))
PYTHON
}

# compare NAME: the functions ours_NAME and theirs_NAME, by turns; each measures one command
compare() {
  rm -f "$work"/times.*
  for ((round = 0; round < rounds; round++)); do
    "ours_$1"
    "theirs_$1"
  done
  local row
  row=$(medians)
  echo "$1 $row" | awk '{ printf "%-18s ours %6.2f s (cpu %5.2f, %3d MB)   theirs %6.2f s (cpu %5.2f, %3d MB)   ratio %.2f\n", $1, $2, $3, $4, $5, $6, $7, $2 / $5 }'
}

ours_sign() {
  measure "$work/times.ours" "$ours" sign --tls-verify=false --layout=bundle \
    "--sign-by-sigstore-private-key=$work/key.key" "--sign-passphrase-file=$work/secret" "docker://$host/ours@$digest"
}
theirs_sign() {
  measure "$work/times.theirs" "$cosign" sign --yes --use-signing-config=false --tlog-upload=false --new-bundle-format=true \
    "--key=$work/key.key" --allow-insecure-registry "$host/theirs@$digest"
}

ours_verify() {
  measure "$work/times.ours" "$ours" verify --tls-verify=false --type=bundle "--key=$work/key.pub" "docker://$host/verified@$digest"
}
theirs_verify() {
  measure "$work/times.theirs" "$cosign" verify --new-bundle-format=true "--key=$work/key.pub" --insecure-ignore-tlog \
    --allow-insecure-registry "$host/verified@$digest"
}

ours_standalone-sign() {
  measure "$work/times.ours" "$ours" standalone-sign "$work/manifest.json" "$host/app:v1" "$fingerprint" -o "$work/ours.sig"
}
theirs_standalone-sign() {
  measure "$work/times.theirs" "$skopeo" standalone-sign "$work/manifest.json" "$host/app:v1" "$fingerprint" -o "$work/theirs.sig"
}

ours_standalone-verify() {
  measure "$work/times.ours" "$ours" standalone-verify "$work/manifest.json" "$host/app:v1" "$fingerprint" "$work/signed.sig"
}
theirs_standalone-verify() {
  measure "$work/times.theirs" "$skopeo" standalone-verify "$work/manifest.json" "$host/app:v1" "$fingerprint" "$work/signed.sig"
}

prepare() {
  image "$work/image"
  registry
  cp "$work/image/blobs/sha256/$(python3 -c "import json; print(json.load(open('$work/image/index.json'))['manifests'][0]['digest'][7:])")" "$work/manifest.json"
  digest=sha256:$(sha256sum "$work/manifest.json" | cut -d' ' -f1)
  for name in ours theirs verified; do
    "$ours" --insecure-policy copy -q --dest-tls-verify=false "oci:$work/image:v1" "docker://$host/$name:v1" >"$work/out" 2>&1
  done
  echo secret >"$work/secret"
  "$cosign" generate-key-pair "--output-key-prefix=$work/key" >"$work/out" 2>&1
  "$ours" sign --tls-verify=false --layout=bundle "--sign-by-sigstore-private-key=$work/key.key" \
    "--sign-passphrase-file=$work/secret" "docker://$host/verified@$digest" >"$work/out" 2>&1
  gpg --batch --pinentry-mode loopback --passphrase '' --quick-gen-key bench rsa3072 sign never >"$work/out" 2>&1
  fingerprint=$(gpg --with-colons --list-keys bench | awk -F: '/^fpr/ { print $10; exit }')
  "$skopeo" standalone-sign "$work/manifest.json" "$host/app:v1" "$fingerprint" -o "$work/signed.sig" >"$work/out" 2>&1
}

"$ours" --version >/dev/null # builds the tools where that has not been done
[ $# -gt 0 ] || set -- sign verify standalone-sign standalone-verify
for name; do
  case $name in
    sign | verify | standalone-sign | standalone-verify) ;;
    *) echo "bench/trust.sh: no workload \"$name\"; see the first lines of the script" >&2; exit 2 ;;
  esac
done
prepare
for name; do compare "$name"; done
