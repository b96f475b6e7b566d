"""Syncs with b2sdk for Python: one case a line on standard input, one line of JSON with what it did on standard output.

The first line out says that it is ready: b2sdk compares clocks when it logs in, so nobody may set them meanwhile. What
b2sdk cannot do is answered as an error, and the next case is waited for.

Options come by the names that they have in the URI of the b2-sync endpoint. Lines go out as b2sdk 2.12 prints them; the
1.17 of Debian does not yet quote names for the shell.
"""
import io
import json
import re
import shlex
import sys
import traceback

from b2sdk.v2 import (
    B2Api,
    CompareVersionMode,
    InMemoryAccountInfo,
    KeepOrDeleteMode,
    NewerFileSyncMode,
    ScanPoliciesManager,
    Synchronizer,
    SyncReport,
    parse_sync_folder,
)
from b2sdk.v2.exception import DestFileNewer

COMPARE = {
    "modTime": CompareVersionMode.MODTIME,
    "size": CompareVersionMode.SIZE,
    "none": CompareVersionMode.NONE,
}
NEWER = {
    "raiseError": NewerFileSyncMode.RAISE_ERROR,
    "skip": NewerFileSyncMode.SKIP,
    "replace": NewerFileSyncMode.REPLACE,
}
KEEP = {
    "noDelete": KeepOrDeleteMode.NO_DELETE,
    "delete": KeepOrDeleteMode.DELETE,
    "keepBeforeDelete": KeepOrDeleteMode.KEEP_BEFORE_DELETE,
}
LINE = re.compile(r"(upload|dnload|copy|hide  |delete) (.*?)( \(old version\)| \(hide marker\)| )?", re.DOTALL)


class Lines(SyncReport):
    """Keeps the lines of finished actions, each with its path."""

    def print_completion(self, message):
        verb, path, note = LINE.fullmatch(message).groups()
        shown = path if verb in ("dnload", "copy") else shlex.quote(path)
        self.lines.append([path, "%s %s%s" % (verb, shown, note or "")])


def regexes(options, name):
    return [options[name]] if name in options else []


def number(options, name):
    return int(options[name]) if name in options else None


def filters(options):
    return ScanPoliciesManager(
        exclude_dir_regexes=regexes(options, "excludeDirRegex"),
        exclude_file_regexes=regexes(options, "excludeRegex"),
        include_file_regexes=regexes(options, "includeRegex"),
        exclude_all_symlinks="excludeAllSymlinks" in options,
        exclude_modified_before=number(options, "excludeModifiedBefore"),
        exclude_modified_after=number(options, "excludeModifiedAfter"),
        exclude_uploaded_before=number(options, "excludeUploadedBefore"),
        exclude_uploaded_after=number(options, "excludeUploadedAfter"),
    )


def sync(api, case, newer, dry_run):
    options = case["options"]
    synchronizer = Synchronizer(
        1,
        policies_manager=filters(options),
        dry_run=dry_run,
        allow_empty_source=True,
        newer_file_mode=newer,
        keep_days_or_delete=KEEP[options["keepMode"]],
        compare_version_mode=COMPARE[options["compareMode"]],
        compare_threshold=number(options, "compareThreshold"),
        keep_days=float(options["keepDays"]) if "keepDays" in options else None,
    )
    with Lines(io.StringIO(), no_progress=True) as reporter:
        reporter.lines = []
        synchronizer.sync_folders(
            source_folder=parse_sync_folder(case["source"], api),
            dest_folder=parse_sync_folder(case["destination"], api),
            now_millis=case["now"],
            reporter=reporter,
        )
        return reporter.lines


def answer(api, case):
    """A newer destination ends b2sdk's sync in the middle, so what it says is found in a dry run, and the rest is synced."""
    newer = NEWER[case["options"]["newerFileMode"]]
    refusal = None
    if newer is NewerFileSyncMode.RAISE_ERROR:
        try:
            sync(api, case, newer, True)
        except DestFileNewer as e:
            refusal = str(e)
        newer = NewerFileSyncMode.SKIP
    return {"refusal": refusal, "lines": sync(api, case, newer, False)}


def tell(answer):
    print(json.dumps(answer), flush=True)


def main(url, key_id, key):
    api = B2Api(InMemoryAccountInfo())
    api.authorize_account(url, key_id, key)
    tell({"ready": True})
    for line in sys.stdin:
        try:
            tell(answer(api, json.loads(line)))
        except Exception:
            tell({"error": traceback.format_exc()})


main(*sys.argv[1:])
