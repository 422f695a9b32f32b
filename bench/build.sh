#!/bin/bash
# Builds side by side with buildah, each workload by turns: ours, theirs, ours, theirs, ours, theirs. Prints the
# median wall time and processor time of each. Nothing is kept: stores and contexts are in a temporary folder.
#
# usage: bench/build.sh [WORKLOAD]...        default: all
#   start      --version
#   twenty     20 RUN steps on Debian made by debootstrap (DEBIAN=FOLDER takes one that is there), without a cache
#   cached     the same again, all from the cache (buildah with --layers)
#   metadata   30 lines that change no file
#   copy       COPY of 5,000 files, 200 MB
#   small      COPY of 30,000 small files; with the peak memory
#   ignored    COPY of 1,000 files out of 50,000, where the ignore file leaves out the others; with the peak memory
#   changed    the twenty steps again, with one changed file at the end (buildah with --layers)
#   stages     four independent stages of two seconds each, no flags; `four` is another name for it
#
# Run it as root or as an ordinary user with subordinate ids. BUILDAH names the peer, BUILDAH_ISOLATION how it runs things
# ("chroot" where its runtime refuses the cgroups of the machine; then with NETWORK=host), ROUNDS how often. RUN has no
# network unless NETWORK says so: that way both are fastest. Where podman is installed, `podman build` has its turn, too;
# PODMAN= leaves it out.
set -eu
cd "$(dirname "$0")/.."
. bench/measure.sh
ours=$PWD/buildah-j/bin/buildah-j
theirs=${BUILDAH:-buildah}
rounds=${ROUNDS:-3}
network=${NETWORK:-none}
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
trap 'status=$?; [ $status = 0 ] || cat "$work/out" >&2; rm -rf "$work" 2>/dev/null || unshare --user --map-root-user --map-auto rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data
us=("$ours" --root "$work/ours")
them=($theirs --root "$work/theirs" --runroot "$work/run")
podman=${PODMAN-$(command -v podman || true)}

# as_podman COMMAND...: sets `third` to what podman does in place of buildah
as_podman() {
  third=()
  for word; do
    case $word in
      "$theirs") third+=("$podman") ;;
      "$work/theirs") third+=("$work/podman") ;;
      "$work/run") third+=("$work/podman-run") ;;
      bud) third+=(build) ;;
      *) third+=("$word") ;;
    esac
  done
}

# prepare OPTION...: has the peers build something beforehand
prepare() {
  "${them[@]}" bud -q "$@" >"$work/out" 2>&1
  [ -z "$podman" ] || { as_podman "${them[@]}" bud -q "$@" && "${third[@]}" >"$work/out" 2>&1; }
}

# compare NAME OUR-COMMAND -- THEIR-COMMAND, where theirs is run by the array `them` unless it says otherwise
compare() {
  local name=$1 mine=() others=() into=mine
  shift
  for word; do
    if [ "$word" = -- ]; then into=others; elif [ "$into" = mine ]; then mine+=("$word"); else others+=("$word"); fi
  done
  rm -f "$work"/times.*
  for ((round = 0; round < rounds; round++)); do
    measure_here "$work/times.ours" "${mine[@]}"
    measure_here "$work/times.theirs" "${others[@]}"
    if [ "$podman" ] && as_podman "${others[@]}"; then measure_here "$work/times.podman" "${third[@]}"; fi
  done
  printf '%-10s ours %7.2f s (cpu %6.2f)   theirs %7.2f s (cpu %6.2f)   ratio %.2f\n' "$name" \
    "$(median "$work/times.ours" 1)" "$(median "$work/times.ours" 2)" \
    "$(median "$work/times.theirs" 1)" "$(median "$work/times.theirs" 2)" \
    "$(echo "$(median "$work/times.ours" 1) $(median "$work/times.theirs" 1)" | awk '{ print $1 / $2 }')"
  [ -z "$podman" ] || printf '%-10s podman %5.2f s (cpu %6.2f)\n' "$name" \
    "$(median "$work/times.podman" 1)" "$(median "$work/times.podman" 2)"
}

# memory NAME BUILD-WORDS...: prints the peak memory of one build of each
memory() {
  local name=$1
  shift
  rm -f "$work"/times.*
  measure "$work/times.ours" "${us[@]}" "$@"
  measure "$work/times.theirs" "${them[@]}" bud "${@:2}"
  printf '%-10s ours %7d MB peak              theirs %7d MB peak\n' "$name" \
    "$(median "$work/times.ours" 3)" "$(median "$work/times.theirs" 3)"
}

debian_ready=
debian() {
  [ -z "$debian_ready" ] || return 0
  mkdir "$work/debian"
  if [ "${DEBIAN-}" ]; then
    tar -C "$DEBIAN" --one-file-system -cf "$work/debian/base.tar" .
  else
    debootstrap --variant=minbase bookworm "$work/root" >"$work/out"
    tar -C "$work/root" --one-file-system -cf "$work/debian/base.tar" .
    rm -rf "$work/root"
  fi
  printf 'FROM scratch\nADD base.tar /\n' >"$work/debian/Containerfile"
  "${us[@]}" build -q -t localhost/debian "$work/debian" >"$work/out" 2>&1
  prepare -t localhost/debian "$work/debian"
  mkdir "$work/twenty"
  {
    echo 'FROM localhost/debian'
    for i in {1..20}; do echo "RUN echo $i > /file$i && ls /usr > /list$i"; done
  } >"$work/twenty/Containerfile"
  debian_ready=yes
}

workload() {
  case $1 in
    start) compare start "$ours" --version -- $theirs --version ;;
    twenty)
      debian
      compare twenty "${us[@]}" build -q --no-cache --network "$network" -t twenty "$work/twenty" -- \
        "${them[@]}" bud -q --no-cache --network "$network" -t twenty "$work/twenty"
      ;;
    cached)
      debian
      "${us[@]}" build -q --network "$network" -t twenty "$work/twenty" >"$work/out"
      prepare --layers --network "$network" -t twenty "$work/twenty"
      compare cached "${us[@]}" build -q --network "$network" -t twenty "$work/twenty" -- \
        "${them[@]}" bud -q --layers --network "$network" -t twenty "$work/twenty"
      ;;
    metadata)
      mkdir "$work/metadata"
      { echo 'FROM scratch'; for i in {1..30}; do echo "ENV KEY$i=value"; done; } >"$work/metadata/Containerfile"
      compare metadata "${us[@]}" build -q --no-cache -t metadata "$work/metadata" -- \
        "${them[@]}" bud -q --no-cache -t metadata "$work/metadata"
      ;;
    copy)
      mkdir "$work/copy"
      for i in {1..50}; do
        mkdir "$work/copy/d$i"
        head -c 4194304 /dev/urandom | split -b 41943 -d -a 3 - "$work/copy/d$i/f"
      done
      printf 'FROM scratch\nCOPY . /data\n' >"$work/copy/Containerfile"
      compare copy "${us[@]}" build -q --no-cache -t copy "$work/copy" -- \
        "${them[@]}" bud -q --no-cache -t copy "$work/copy"
      ;;
    stages)
      debian
      mkdir "$work/stages"
      {
        for i in 1 2 3 4; do printf 'FROM localhost/debian AS s%s\nRUN sleep 2; echo %s > /made%s\n' "$i" "$i" "$i"; done
        echo 'FROM scratch'
        for i in 1 2 3 4; do echo "COPY --from=s$i /made$i /"; done
      } >"$work/stages/Containerfile"
      compare stages "${us[@]}" build -q --no-cache --network "$network" -t stages "$work/stages" -- \
        "${them[@]}" bud -q --no-cache --network "$network" -t stages "$work/stages"
      ;;
    four) workload stages ;;
    small)
      mkdir "$work/small"
      for i in {1..300}; do
        mkdir "$work/small/d$i"
        for j in {1..100}; do echo "$i $j" >"$work/small/d$i/f$j"; done
      done
      printf 'FROM scratch\nCOPY . /data\n' >"$work/small/Containerfile"
      compare small "${us[@]}" build -q --no-cache -t small "$work/small" -- \
        "${them[@]}" bud -q --no-cache -t small "$work/small"
      memory small build -q --no-cache -t small "$work/small"
      ;;
    ignored)
      mkdir -p "$work/ignored/kept"
      for i in {1..490}; do
        mkdir -p "$work/ignored/left/d$i"
        for j in {1..100}; do echo "$i $j" >"$work/ignored/left/d$i/f$j"; done
      done
      for i in {1..1000}; do echo "$i" >"$work/ignored/kept/f$i"; done
      echo left >"$work/ignored/.dockerignore"
      printf 'FROM scratch\nCOPY . /data\n' >"$work/ignored/Containerfile"
      compare ignored "${us[@]}" build -q --no-cache -t ignored "$work/ignored" -- \
        "${them[@]}" bud -q --no-cache -t ignored "$work/ignored"
      memory ignored build -q --no-cache -t ignored "$work/ignored"
      ;;
    changed)
      debian
      mkdir "$work/changed"
      { cat "$work/twenty/Containerfile"; echo 'COPY last /'; } >"$work/changed/Containerfile"
      echo 0 >"$work/changed/last"
      "${us[@]}" build -q --network "$network" -t changed "$work/changed" >"$work/out"
      prepare --layers --network "$network" -t changed "$work/changed"
      local change=(sh -c 'date +%s%N >"$0" && exec "$@"' "$work/changed/last")
      compare changed "${change[@]}" "${us[@]}" build -q --network "$network" -t changed "$work/changed" -- \
        "${change[@]}" "${them[@]}" bud -q --layers --network "$network" -t changed "$work/changed"
      ;;
    *) echo "bench/build.sh: no workload \"$1\"; see the first lines of the script" >&2; exit 2 ;;
  esac
}

"$ours" --version >"$work/out" # builds the tools where that has not been done
[ $# -gt 0 ] || set -- start twenty cached metadata copy small ignored changed stages
for name; do workload "$name"; done
