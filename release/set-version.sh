#!/usr/bin/env bash
# release/set-version.sh VERSION: gives every pom, page, Kamelet and generated file that names the version of Camel B2 another one.
# ReleaseTest finds what it missed.
set -eu
cd "$(dirname "$0")/.."
new=${1:?release/set-version.sh VERSION}
old=$(sed -n 's#^    <version>\(.*\)</version>#\1#p' pom.xml | head -1)
[ "$new" != "$old" ] || { echo "The version is $old already."; exit 0; }
dots=${old//./\\.}

git ls-files -z -- '*pom.xml' '*.adoc' '*.md' | xargs -0 sed -i -E \
    "\#<groupId>io\.github\.camelb2</groupId>#,\#</version>#s#<version>$dots</version>#<version>$new</version>#
     s#(io\.github\.camelb2:[a-z0-9-]+):$dots([^0-9A-Za-z.-]|\$)#\1:$new\2#g"
# What Camel's generator writes: "version": "0.1.0" and version=0.1.0.
git ls-files -z -- '*/src/generated/*' | xargs -0 -r sed -i -E "s#(\"version\": \")$dots\"#\1$new\"#; s#^(version=)$dots\$#\1$new#"
echo "$old -> $new in $(git diff --name-only | wc -l) files"
