# How the benches measure; each sources this, with its temporary folder in `work`.

# measure FILE COMMAND...: appends wall seconds, processor seconds and megabytes
measure() {
  local file=$1
  shift
  command time -o "$work/time" -f '%e %U %S %M' "$@" >"$work/out" 2>&1 || { echo "failed: $*" >&2; exit 1; }
  awk '{ printf "%.3f %.3f %.0f\n", $1, $2 + $3, $4 / 1024 }' "$work/time" >>"$file"
}

# measure_here FILE COMMAND...: the same for functions of the shell too, without megabytes
measure_here() {
  local file=$1 TIMEFORMAT='%R %U %S'
  shift
  { time "$@" >"$work/out" 2>&1; } 2>"$work/time" || { echo "failed: $*" >&2; exit 1; }
  tail -n 1 "$work/time" | awk '{ printf "%.3f %.3f\n", $1, $2 + $3 }' >>"$file"
}

# median FILE COLUMN
median() { sort -n -k"$2,$2" "$1" | awk -v column="$2" '{ v[NR] = $column } END { print v[int((NR + 1) / 2)] }'; }

# medians: those of all three columns, ours and then theirs
medians() { for who in ours theirs; do for column in 1 2 3; do median "$work/times.$who" "$column"; done; done | xargs; }
