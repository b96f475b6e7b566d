"""Does a task with b2sdk for Python; the account is in the environment.

`idle`, which logs in, `sync SOURCE DESTINATION WORKERS [delete]`, where the workers may be `default` (10, as in the b2 tool),
`upload BUCKET FILE NAME CONNECTIONS`, or `download BUCKET NAME FILE CONNECTIONS`.
"""
import os
import sys
import time

from b2sdk.v2 import B2Api, InMemoryAccountInfo, KeepOrDeleteMode, Synchronizer, SyncReport, parse_sync_folder


def login(workers):
    api = B2Api(InMemoryAccountInfo(), max_upload_workers=workers, max_download_workers=workers)
    api.authorize_account(
        os.environ["BENCHMARK_B2_URL"],
        os.environ["B2_APPLICATION_KEY_ID"],
        os.environ["B2_APPLICATION_KEY"],
    )
    return api


def sync(task):
    source, destination, workers = task[0:3]
    workers = 10 if workers == "default" else int(workers)
    keep = KeepOrDeleteMode.DELETE if "delete" in task[3:] else KeepOrDeleteMode.NO_DELETE
    api = login(10)
    with open(os.devnull, "w") as nowhere, SyncReport(nowhere, no_progress=True) as reporter:
        Synchronizer(max_workers=workers, keep_days_or_delete=keep).sync_folders(
            source_folder=parse_sync_folder(source, api),
            dest_folder=parse_sync_folder(destination, api),
            now_millis=int(time.time() * 1000),
            reporter=reporter,
        )


def main(verb, task):
    if verb == "sync":
        sync(task)
    elif verb == "upload":
        login(int(task[3])).get_bucket_by_name(task[0]).upload_local_file(task[1], task[2])
    elif verb == "download":
        login(int(task[3])).get_bucket_by_name(task[0]).download_file_by_name(task[1]).save_to(task[2])
    elif verb == "idle":
        login(10)
    else:
        sys.exit("unknown task " + verb)


main(sys.argv[1], sys.argv[2:])
