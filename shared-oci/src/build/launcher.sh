#!/bin/sh
# Starts @NAME@. Written by the build from shared-oci/src/build/launcher.sh: changes made here are lost.
# It forks nothing on the way of a command that needs no namespace: each process costs as much as a tenth of the start.

self=$0
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case $target in
    /*) self=$target ;;
    *) self=${self%/*}/$target ;;
  esac
done
case $self in
  */bin/*) home=${self%/bin/*} ;;
  */*) home=${self%/*}/.. ;;
  *) home=.. ;;
esac

# The command is the first word that is neither an option nor an option's value.
command=
value=
for word; do
  if [ "$value" ]; then
    value=
    continue
  fi
  case $word in
    @VALUED@) value=next ;;
    -*) ;;
    container | runtime | pod) ;; # a group: the command is behind it
    *) command=$word; break ;;
  esac
done

# Compiling pays later than a short command lasts: a version or a help text is interpreted, and what moves no bytes is
# over before the optimising compiler would pay for itself, or either one for what is called a thousand times.
compiler=
cache=@CACHE@
case $command in
  '') compiler=-Xint cache=@START_CACHE@ ;;
  @BRIEF@) compiler='-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=5' ;;
esac

# What these load is of no use to the others.
case $command in
  '') ;;
  @APART@) cache=@APART_CACHE@ ;;
esac

# A virtual machine opens files of its own, which nothing tells from those that its caller left open for the command.
# Those that close at its start are the shell's.
case "$command $*" in
  'exec '*--preserve-fd*)
    _OCIJ_DESCRIPTORS=
    for file in /proc/$$/fdinfo/*; do
      [ -e "$file" ] || continue # the folder's own
      while read -r key flags; do
        [ "$key" != flags: ] || [ $(($flags & 02000000)) != 0 ] || _OCIJ_DESCRIPTORS="$_OCIJ_DESCRIPTORS ${file##*/}"
      done <"$file"
    done
    export _OCIJ_DESCRIPTORS
    ;;
esac

# A cache is good for the virtual machine that wrote it and for no other.
java=@JAVA_HOME@/bin/java
cache=-XX:AOTCache=$home/lib/$cache
providers=-Djava.security.properties=$home/lib/providers
if [ ! -x "$java" ]; then
  cache=
  providers=
  . "$home/lib/find-jdk.sh"
  jdk=$(find_jdk) || exit 1
  java=$jdk/bin/java
fi

# In a user namespace of its own an ordinary user is root over the files of a build, and may mount them. Where there
# are no subordinate ids it is root alone; where the kernel forbids namespaces the program does what it can without.
# OCIJ_USERNS=off does without in any case.
namespace=
case $command in
  '' | @UNPRIVILEGED@) ;;
  *)
    while read -r key id _; do
      case $key in
        Uid:) uid=$id ;;
        Gid:) gid=$id; break ;;
      esac
    done </proc/self/status
    if [ "$uid" != 0 ] && [ "${OCIJ_USERNS-}" != off ]; then
      for range in --map-auto ''; do
        if unshare --user --map-root-user $range --mount --propagation unchanged true 2>/dev/null; then
          namespace="unshare --user --map-root-user $range --mount --propagation unchanged --"
          export _OCIJ_USER="$uid:$gid"
          break
        fi
      done
    fi
    ;;
esac

exec $namespace "$java" ${cache:+"$cache"} ${providers:+"$providers"} $compiler @FLAGS@ \
  -cp "@CLASS_PATH@" @MAIN@ "$@"
