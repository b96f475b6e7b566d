#!/usr/bin/env bash
# Syncs a directory to a B2 bucket through Camel routes, changes something, syncs again, and brings everything back.
#
#   run.sh [DIRECTORY]     default: the sample tree beside this script
#
# Works on an emulator that it starts itself; with B2_APPLICATION_KEY_ID, B2_APPLICATION_KEY and B2_BUCKET in the
# environment, on that bucket of real B2, below a prefix of its own that it removes at the end.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
directory=${1:-$here/sample}

# Names of files are bytes; a JVM started in the POSIX locale cannot even spell most of them.
export LC_ALL=C.UTF-8

echo "Building (the first time takes a few minutes) ..."
mvn -q -B -f "$here/../../pom.xml" -pl examples/quickstart -am package -DskipTests
exec java -cp "$here/target/classes:$here/target/lib/*" \
    io.github.camelb2.examples.quickstart.Quickstart "$directory" "$here/work"
