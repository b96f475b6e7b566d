#!/usr/bin/env bash
# Builds what an example needs and runs it:   examples/run.sh EXAMPLE   where EXAMPLE is the name of a folder here.
#
# Works on an emulator that it starts itself; with B2_APPLICATION_KEY_ID, B2_APPLICATION_KEY and B2_BUCKET in the
# environment, on that bucket of real B2, below a prefix of its own, which stays there.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ $# -ne 1 ] || [ ! -f "$here/$1/application.properties" ]; then
    echo "usage: examples/run.sh EXAMPLE, which is one of:" >&2
    for settings in "$here"/*/application.properties; do
        echo "    $(basename "$(dirname "$settings")")" >&2
    done
    exit 2
fi

# Names of files are bytes; a JVM started in the POSIX locale cannot even spell most of them.
export LC_ALL=C.UTF-8

echo "Building (the first time takes a few minutes) ..."
mvn -q -B -f "$here/../pom.xml" -pl examples/support -am package -DskipTests
exec java -cp "$here/support/target/classes:$here/support/target/lib/*" \
    io.github.camelb2.examples.support.RunExample "$here/$1"
