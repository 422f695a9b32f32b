#!/bin/bash
# Starts of containers side by side, by turns: podman-j, podman, crun, buildah. Prints the median wall time of each in
# milliseconds. A RUN step is the 20th part of what a build of 21 steps takes longer than one of a single step.
#
# usage: bench/run.sh [WORKLOAD]...        default: all
#   run    run --rm IMAGE true     podman run, crun run of a bundle, buildah run in a container that is there
#   exec   exec in a container     podman exec
#   step   a RUN step of a build   crun run of a bundle
#
# Run it as root or as an ordinary user with subordinate ids. Needs busybox. ROUNDS says how often. PEER is put before
# each peer's command, PODMAN_FLAGS and CRUN_FLAGS behind their names, and BUILDAH_ISOLATION is buildah's own: where a
# machine's control groups are none that crun takes, "--cgroups=disabled" and "--cgroup-manager=disabled".
set -eu
cd "$(dirname "$0")/.."
. bench/measure.sh
podman_j=$PWD/buildah-j/bin/podman-j
buildah_j=$PWD/buildah-j/bin/buildah-j
rounds=${ROUNDS:-15}
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
finish() {
  local status=$?
  [ $status = 0 ] || cat "$work/out" >&2 || true
  "$podman_j" --root "$work/store" rm -f -a >/dev/null 2>&1 || true
  ${PEER-} podman rm -f bench-exec >/dev/null 2>&1 || true
  buildah rm bench-run >/dev/null 2>&1 || true
  rm -rf "$work" 2>/dev/null || unshare --user --map-root-user --map-auto rm -rf "$work"
}
trap finish EXIT
# milliseconds NAME: the median wall time of a turn
milliseconds() { median "$work/times.$1" 1 | awk '{ print int($1 * 1000) }'; }

# turns NAME=COMMAND...: each by turns, where a command is the name of a function here
turns() {
  rm -f "$work"/times.*
  for ((round = 0; round < rounds; round++)); do
    for each; do measure_here "$work/times.${each%%=*}" "${each#*=}"; done
  done
  for each; do printf '  %s %d ms' "${each%%=*}" "$(milliseconds "${each%%=*}")"; done
  echo
}

prepare() {
  mkdir -p "$work/context" "$work/bundle/rootfs/bin"
  cp "$(command -v busybox)" "$work/context/busybox"
  printf 'FROM scratch\nCOPY busybox /bin/busybox\nCOPY busybox /bin/sh\nCOPY busybox /bin/true\nCOPY busybox /bin/sleep\n' \
    >"$work/context/Containerfile"
  "$buildah_j" --root "$work/store" build -q -t bench "$work/context" >"$work/out" 2>&1
  "$buildah_j" --root "$work/store" push -q bench "oci-archive:$work/bench.tar:bench" >"$work/out" 2>&1
  ${PEER-} podman load -q -i "$work/bench.tar" >"$work/out" 2>&1
  buildah from --name bench-run "oci-archive:$work/bench.tar:bench" >"$work/out" 2>&1
  cp "$work/context/busybox" "$work/bundle/rootfs/bin/true"
  (cd "$work/bundle" && crun spec)
  python3 - "$work/bundle/config.json" <<'PYTHON'
import json, sys
config = json.load(open(sys.argv[1]))
config["process"].update(terminal=False, args=["/bin/true"])
config["process"].pop("rlimits", None)
json.dump(config, open(sys.argv[1], "w"))
PYTHON
  for count in 1 21; do
    mkdir "$work/steps$count"
    { echo 'FROM bench'; for ((i = 0; i < count; i++)); do echo "RUN [\"/bin/true\", \"$i\"]"; done; } \
      >"$work/steps$count/Containerfile"
  done
}

ours_run() { "$podman_j" --root "$work/store" run --rm --network none bench true; }
podman_run() { ${PEER-} podman run ${PODMAN_FLAGS-} --rm --network none localhost/bench true; }
crun_run() { (cd "$work/bundle" && ${PEER-} crun ${CRUN_FLAGS-} run "bench-$$"); }
buildah_run() { ${PEER-} buildah run --network host bench-run true; }
ours_exec() { "$podman_j" --root "$work/store" exec bench-exec true; }
podman_exec() { ${PEER-} podman exec bench-exec true; }
build() { "$buildah_j" --root "$work/store" build -q --no-cache --network none "$work/steps$1"; }
one() { build 1; }
twenty_one() { build 21; }

workload() {
  case $1 in
    run) echo "run:$(turns podman-j=ours_run podman=podman_run crun=crun_run buildah=buildah_run)" ;;
    exec)
      "$podman_j" --root "$work/store" run -d --name bench-exec --network none bench sleep 600 >"$work/out" 2>&1
      ${PEER-} podman run ${PODMAN_FLAGS-} -d --name bench-exec --network none localhost/bench sleep 600 >"$work/out" 2>&1
      echo "exec:$(turns podman-j=ours_exec podman=podman_exec)"
      ;;
    step)
      turns one=one many=twenty_one crun=crun_run >"$work/steps"
      echo "step:  buildah-j $((($(milliseconds many) - $(milliseconds one)) / 20)) ms  crun $(milliseconds crun) ms"
      ;;
    *) echo "bench/run.sh: no workload \"$1\"; see the first lines of the script" >&2; exit 2 ;;
  esac
}

"$podman_j" --version >/dev/null # builds the tools where that has not been done
[ $# -gt 0 ] || set -- run exec step
prepare
for name; do workload "$name"; done
