#!/usr/bin/env bash
# One sync over four JVMs: an embedded Artemis and a coordinator, and three workers, one of which is killed in the middle.
#
#   run.sh [kafka]     with kafka the answers of the workers go over an embedded Kafka
#
# Works on an emulator that it starts itself.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Names of files are bytes; a JVM started in the POSIX locale cannot even spell most of them.
export LC_ALL=C.UTF-8

echo "Building (the first time takes a few minutes) ..."
mvn -q -B -Pfull -f "$here/../../pom.xml" -pl examples/sync-over-brokers -am package -DskipTests
exec java -cp "$here/target/classes:$here/target/lib/*" \
    io.github.camelb2.examples.brokers.SyncOverBrokers "${1:-jms}"
