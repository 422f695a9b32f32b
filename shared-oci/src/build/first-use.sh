#!/bin/sh
# first-use.sh MODULE TOOL: builds the distribution of a module that has none yet, and says so.
# The scripts in MODULE/bin call it. Of several at once, one builds and the others wait for it.
module=$1
tool=$2
sources=$(cd "${0%/*}" && pwd)
cd "$sources/../../.." || exit 1

. "$sources/find-jdk.sh"
[ -r "$HOME/.m2/toolchains.xml" ] || find_jdk >/dev/null || exit 1
if ! command -v mvn >/dev/null; then
  echo "build $tool: there is no mvn on the PATH; install Maven 3.8 or newer, for example apt-get install maven" >&2
  exit 1
fi

echo "$tool: building it for the first use, which takes about a minute" >&2
flock pom.xml sh -c '[ -x "$1" ] || exec mvn -q -B -Dstyle.color=never -DskipTests package -pl "$2" -am </dev/null >&2' \
  sh "$module/target/dist/bin/$tool" "$module" || {
  echo "build $tool: mvn failed in $PWD; its messages are above" >&2
  exit 1
}
