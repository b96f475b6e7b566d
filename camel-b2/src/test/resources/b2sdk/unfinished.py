"""Uploads a file with b2sdk as the b2 tool does, one part after the other; prints "stored", or "failed" where the service refused a part."""

import sys

from b2sdk.v2 import B2Api, InMemoryAccountInfo
from b2sdk.v2.exception import B2Error


def main(url, key_id, key, bucket, name, path, modified):
    api = B2Api(InMemoryAccountInfo(), max_upload_workers=1)
    api.authorize_account(url, key_id, key)
    try:
        api.get_bucket_by_name(bucket).upload_local_file(
            path, name, file_infos={"src_last_modified_millis": modified}
        )
    except B2Error:
        print("failed")
    else:
        print("stored")


main(*sys.argv[1:])
