#!/bin/bash
# Starts containers in a row and at once, and looks for what is left of them: processes, mounts, namespaces,
# control groups, folders.
# Ends with status 1 where something is.
#
# usage: bench/starts.sh [IN_A_ROW [AT_ONCE]]        default: 1000 50
#
# Run it as root or as an ordinary user with subordinate ids. Needs busybox; takes a third of a second a start.
set -eu
cd "$(dirname "$0")/.."
podman=$PWD/buildah-j/bin/podman-j
row=${1:-1000}
once=${2:-50}
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
trap 'rm -rf "$work" 2>/dev/null || unshare --user --map-root-user --map-auto rm -rf "$work"' EXIT
mkdir -p "$work/root/bin" "$work/root/proc" "$work/root/dev" "$work/root/sys" "$work/root/etc"
cp "$(command -v busybox)" "$work/root/bin/busybox"
ln -s busybox "$work/root/bin/true"
us=("$podman" --root "$work/store")

namespaces() { readlink /proc/[0-9]*/ns/* 2>/dev/null | sort -u | wc -l; }
echo "$work/store" >"$work/needle"
processes() { grep -lsF -f "$work/needle" /proc/[0-9]*/cmdline | wc -l; }
groups() { find /sys/fs/cgroup -name 'ocij-*' 2>/dev/null | wc -l; }
state() {
  echo "$(processes) processes, $(wc -l </proc/self/mountinfo) mounts, $(groups) control groups," \
    "$(ls "$work/store/containers" | wc -l) containers"
}

"${us[@]}" run --rm --rootfs "$work/root" /bin/true
before=$(state)
namespaces=$(namespaces)
begun=$(date +%s%N)
for ((i = 0; i < row; i++)); do
  "${us[@]}" run --rm --rootfs "$work/root" /bin/true
done
echo "$row in a row: $((($(date +%s%N) - begun) / 1000000 / (row > 0 ? row : 1))) ms each"
begun=$(date +%s%N)
for ((i = 0; i < once; i++)); do
  "${us[@]}" run -d --rm --rootfs "$work/root" /bin/true >/dev/null &
done
wait
for ((i = 0; i < 600; i++)); do
  [ "$(processes)" = 0 ] && break
  sleep 0.1
done
echo "$once at once, in the background: $((($(date +%s%N) - begun) / 1000000)) ms"
"${us[@]}" ps -a >/dev/null
after=$(state)
echo "before: $before, $namespaces namespaces"
echo "after:  $after, $(namespaces) namespaces"
[ "$before" = "$after" ]
