"""What b2sdk makes of an account file; called by B2sdkInteropTest. Prints one line of JSON."""
import json
import sys

from b2sdk.v2 import AuthInfoCache, B2Api, SqliteAccountInfo


def read(info):
    return {
        'accountId': info.get_account_id(),
        'applicationKeyId': info.get_application_key_id(),
        'applicationKey': info.get_application_key(),
        'token': info.get_account_auth_token(),
        'apiUrl': info.get_api_url(),
        'downloadUrl': info.get_download_url(),
        's3ApiUrl': info.get_s3_api_url(),
        'recommendedPartSize': info.get_recommended_part_size(),
        'absoluteMinimumPartSize': info.get_absolute_minimum_part_size(),
        'realm': info.get_realm(),
        'allowed': info.get_allowed(),
        'photos': info.get_bucket_id_or_none_from_bucket_name('photos'),
    }


def authorize(info, realm, key_id, key):
    B2Api(info, cache=AuthInfoCache(info)).authorize_account(realm, key_id, key)
    return read(info)


def buckets(info):
    return sorted(bucket.name for bucket in B2Api(info, cache=AuthInfoCache(info)).list_buckets())


def same_key(info, key_id, realm):
    return info.is_same_key(key_id, realm)


def clear(info):
    info.clear()
    return 'cleared'


command, file_name, *arguments = sys.argv[1:]
commands = {'read': read, 'authorize': authorize, 'buckets': buckets, 'same_key': same_key, 'clear': clear}
print(json.dumps(commands[command](SqliteAccountInfo(file_name=file_name), *arguments)))
