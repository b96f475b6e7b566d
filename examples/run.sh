#!/usr/bin/env bash
# Builds what an example needs and runs it:   examples/run.sh EXAMPLE   where EXAMPLE is the name of a folder here.
#
# Works on an emulator that it starts itself; with B2_APPLICATION_KEY_ID, B2_APPLICATION_KEY and B2_BUCKET in the
# environment, on that bucket of real B2, below a prefix of its own, which stays there.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# An example that has a script of its own, quickstart, is run by that.
if [ $# -ge 1 ] && [ -x "$here/$1/run.sh" ]; then exec "$here/$1/run.sh" "${@:2}"; fi
is_example() { [ -f "$1/application.properties" ] || [ -f "$1/src/main/resources/application.properties" ]; }
if [ $# -ne 1 ] || ! is_example "$here/$1"; then
    echo "usage: examples/run.sh EXAMPLE, which is one of:" >&2
    for folder in "$here"/*/; do
        if is_example "$folder" || [ -x "$folder/run.sh" ]; then echo "    $(basename "$folder")" >&2; fi
    done
    exit 2
fi

# Names of files are bytes; a JVM started in the POSIX locale cannot even spell most of them.
export LC_ALL=C.UTF-8

echo "Building (the first time takes a few minutes) ..."
modules=examples/support
profile=!full
if [ -f "$here/$1/pom.xml" ]; then
    modules=$modules,examples/$1
    # Some are not in the ordinary build.
    if sed -n '/<profile>/,$p' "$here/pom.xml" | grep -q "<module>$1</module>"; then profile=full; fi
fi
mvn -q -B -P"$profile" -f "$here/../pom.xml" -pl "$modules" -am package -DskipTests
exec java -cp "$here/support/target/classes:$here/support/target/lib/*" \
    io.github.camelb2.examples.support.RunExample "$here/$1"
