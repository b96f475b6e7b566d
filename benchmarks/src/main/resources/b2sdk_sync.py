"""Does a task with b2sdk for Python: `idle` or `sync SOURCE DESTINATION WORKERS [delete]`, where the workers may be `default` (10, as in the b2 tool); the account is in the environment."""
import os
import sys
import time

from b2sdk.v2 import B2Api, InMemoryAccountInfo, KeepOrDeleteMode, Synchronizer, SyncReport, parse_sync_folder


def main(task):
    api = B2Api(InMemoryAccountInfo())
    if task[0] == "idle":
        return
    source, destination, workers = task[1:4]
    keep = KeepOrDeleteMode.DELETE if "delete" in task[4:] else KeepOrDeleteMode.NO_DELETE
    api.authorize_account(
        os.environ["BENCHMARK_B2_URL"],
        os.environ["B2_APPLICATION_KEY_ID"],
        os.environ["B2_APPLICATION_KEY"],
    )
    with open(os.devnull, "w") as nowhere, SyncReport(nowhere, no_progress=True) as reporter:
        Synchronizer(
            max_workers=10 if workers == "default" else int(workers), keep_days_or_delete=keep
        ).sync_folders(
            source_folder=parse_sync_folder(source, api),
            dest_folder=parse_sync_folder(destination, api),
            now_millis=int(time.time() * 1000),
            reporter=reporter,
        )


main(sys.argv[1:])
