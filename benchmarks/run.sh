#!/bin/sh
# Builds what the benchmarks need and runs them: benchmarks/run.sh [quick|full] [--rounds=N] [--work=DIR] [--day=DAY] [--results=DIR] [CASE...]
# The tables and a chart of the day go to benchmarks/results, or to the DIR of --results; a case that is measured again takes the place of its last figures.
# benchmarks/run.sh hot [JMH OPTION...] runs the hot pieces alone. With SKIP_BUILD=1 it runs what the last build left.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
if [ "${SKIP_BUILD:-0}" != 1 ]; then
    mvn -q -B -f "$root/pom.xml" -pl benchmarks -am -DskipTests package
fi

emulator=
for jar in "$root"/camel-b2-emulator/target/camel-b2-emulator-*-runner.jar; do
    emulator=$jar
done
if [ ! -f "$emulator" ]; then
    echo "no $emulator: build the project first" >&2
    exit 1
fi
path="$root/benchmarks/target/classes:$(cat "$root/benchmarks/target/classpath.txt")"

if [ "${1:-}" = hot ]; then
    shift
    exec java -cp "$path" org.openjdk.jmh.Main HotPieces "$@"
fi
exec java -Dbenchmarks.emulator="$emulator" -Dbenchmarks.results="$root/benchmarks/results" -cp "$path" \
    io.github.camelb2.benchmarks.Benchmarks "$@"
