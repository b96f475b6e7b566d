#!/usr/bin/env bash
# Builds what is released twice, in two folders, and compares everything byte by byte: jars, sources, Javadoc, bills of materials, poms.
# Takes some minutes; arguments go to Maven.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() { # FOLDER and the arguments of Maven
    local folder=$1
    shift
    git clone -q . "$folder"
    (cd "$folder" && mvn -B -q -Prelease -DskipTests -Dspotless.check.skip package "$@") >"$folder.log" 2>&1 ||
        { tail -40 "$folder.log"; exit 1; }
    (cd "$folder" && find . -path '*/target/*' \( -name 'camel-*.jar' -o -name '*-cyclonedx.*' -o -name 'bom.json' -o -name 'bom.xml' \) \
        -not -path '*/classes/*' -print -o -name .flattened-pom.xml -print | sort | xargs sha256sum) >"$folder.sums"
}

build "$work/one" "$@"
build "$work/a-folder-of-another-name" "$@"
if ! diff "$work/one.sums" "$work/a-folder-of-another-name.sums"; then
    echo "The files above differ between two builds of $(git rev-parse --short HEAD)."
    exit 1
fi
[ -s "$work/one.sums" ] || { echo "nothing was built"; exit 1; }
echo "$(wc -l <"$work/one.sums") files are the same, byte by byte, in two builds of $(git rev-parse --short HEAD)."
