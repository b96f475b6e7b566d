"""Stores and reads files with b2sdk; called by B2sdkPythonInteropTest. Reads and prints JSON."""
import base64
import io
import json
import sys

from b2sdk.v2 import B2Api, EncryptionAlgorithm, EncryptionKey, EncryptionMode, EncryptionSetting, InMemoryAccountInfo


def write(bucket, files, encryption):
    for file in files:
        bucket.upload_bytes(
            base64.b64decode(file['content']),
            file['name'],
            content_type=file['type'],
            file_infos=file['info'],
            encryption=encryption,
        )
    return len(files)


def read(bucket, files, encryption):
    return [read_one(bucket, version, encryption) for version, _ in bucket.ls(recursive=True)]


def read_one(bucket, version, encryption):
    content = io.BytesIO()
    bucket.download_file_by_name(version.file_name, encryption=encryption).save(content)
    return {
        'name': version.file_name,
        'content': base64.b64encode(content.getvalue()).decode(),
        'type': version.content_type,
        'info': version.file_info,
    }


def customer_key(text):
    if text is None:
        return None
    key = EncryptionKey(secret=base64.b64decode(text), key_id=None)
    return EncryptionSetting(mode=EncryptionMode.SSE_C, algorithm=EncryptionAlgorithm.AES256, key=key)


command, url, key_id, key, bucket_name = sys.argv[1:]
request = json.load(sys.stdin)
api = B2Api(InMemoryAccountInfo())
api.authorize_account(url, key_id, key)
commands = {'write': write, 'read': read}
answer = commands[command](api.get_bucket_by_name(bucket_name), request['files'], customer_key(request['key']))
print(json.dumps(answer))
