#!/usr/bin/env bash
# release/set-version.sh VERSION: gives every file that names the version of Camel B2 another one: poms, pages, Kamelets, examples, and what
# generators wrote. ReleaseTest finds what it missed in poms and pages.
set -eu
cd "$(dirname "$0")/.."
new=${1:?release/set-version.sh VERSION}
[[ $new =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || { echo "$new is no version: write 1.2.3 or 1.2.3-SNAPSHOT" >&2; exit 2; }
old=$(sed -n 's#^    <version>\(.*\)</version>#\1#p' pom.xml | head -1)
[ "$new" != "$old" ] || { echo "The version is $old already."; exit 0; }
dots=${old//./\\.}

# Elements of Maven; coordinates; names of jars; JSON and properties of generators. Nothing else that happens to be called so.
git grep -lzF "$old" -- ':!CHANGELOG.md' | xargs -0 sed -i -E \
    "\#<groupId>io\.github\.camelb2</groupId>#,\#</version>#s#<version>$dots</version>#<version>$new</version>#
     s#(io\.github\.camelb2:[a-z0-9-]+):$dots([^0-9A-Za-z.-]|\$)#\1:$new\2#g
     s#(camel-[a-z-]*b2[a-z-]*)-$dots([-.][a-z])#\1-$new\2#g
     s#(\"version\": \")$dots\"#\1$new\"#
     s#(camel-jbang-plugin-b2 --version=)$dots\$#\1$new#
     s#^(version=)$dots\$#\1$new#"
echo "$old -> $new in $(git diff --name-only | wc -l) files"
