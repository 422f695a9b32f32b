# find_jdk prints the folder of a JDK 25 or newer; where there is none it says what to install and fails.
find_jdk() {
  for candidate in "${JAVA_HOME-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/jdk* /opt/java/*; do
    [ -x "$candidate/bin/javac" ] && [ -r "$candidate/release" ] || continue
    while IFS='="' read -r key _ version _; do
      [ "$key" = JAVA_VERSION ] && [ "${version%%[!0-9]*}" -ge 25 ] && echo "$candidate" && return
    done <"$candidate/release"
  done
  echo "find a JDK: none of version 25 or newer in JAVA_HOME or /usr/lib/jvm; install one, for example temurin-25-jdk" >&2
  return 1
}
