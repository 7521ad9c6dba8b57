# Sourced by mvnw and posthouse: exports a JAVA_HOME that is a JDK 25 or newer, or says what to install.
# Looked at in this order: JAVA_HOME, /usr/lib/jvm, SDKMAN, macOS, the java on the PATH.

posthouse_is_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  posthouse_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${posthouse_major:-0}" -ge 25 ]
}

posthouse_find_jdk() {
  posthouse_java=$(command -v java 2>/dev/null || true)
  [ -z "$posthouse_java" ] || posthouse_java=$(dirname "$(dirname "$(readlink -f "$posthouse_java")")")
  for posthouse_jdk in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$posthouse_java"; do
    if [ -n "$posthouse_jdk" ] && posthouse_is_jdk "$posthouse_jdk"; then
      JAVA_HOME=$posthouse_jdk
      export JAVA_HOME
      return 0
    fi
  done
  echo "Posthouse needs a JDK 25 or newer, and none was found." >&2
  echo "Install one (for example Eclipse Temurin 25), or set JAVA_HOME to its directory." >&2
  return 1
}

posthouse_find_jdk
