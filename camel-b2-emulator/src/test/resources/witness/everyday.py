"""What people do with b2sdk every day: arguments are URL, key id, key, bucket name and a directory for files."""

import os
import sys

from b2sdk.v2 import B2Api, InMemoryAccountInfo
from b2sdk.v2 import KeepOrDeleteMode, CompareVersionMode, NewerFileSyncMode, Synchronizer, SyncReport, parse_sync_folder
from b2sdk.v2.exception import DuplicateBucketName, FileNotPresent, FileAlreadyHidden, Unauthorized

url, key_id, key, bucket_name, directory = sys.argv[1:]


def fails(error, action):
    try:
        action()
    except error:
        return
    raise AssertionError('no %s' % error.__name__)


def content(downloaded, name):
    path = os.path.join(directory, name)
    downloaded.save_to(path)
    with open(path, 'rb') as file:
        return file.read()


api = B2Api(InMemoryAccountInfo())
api.authorize_account(url, key_id, key)
fails(Unauthorized, lambda: B2Api(InMemoryAccountInfo()).authorize_account(url, key_id, 'wrong'))

bucket = api.create_bucket(bucket_name, 'allPrivate', bucket_info={'a': 'b'})
fails(DuplicateBucketName, lambda: api.create_bucket(bucket_name, 'allPrivate'))
assert api.get_bucket_by_name(bucket_name).id_ == bucket.id_
bucket.update(bucket_info={'c': 'd'}, if_revision_is=bucket.revision)
assert api.get_bucket_by_name(bucket_name).bucket_info == {'c': 'd'}

# Small files, infos, ranges.
small = bucket.upload_bytes(b'0123456789', 'dir/a b+c/é.txt', file_infos={'k': 'v 1+2'})
assert content(bucket.download_file_by_name('dir/a b+c/é.txt'), 'small') == b'0123456789'
assert content(bucket.download_file_by_id(small.id_, range_=(2, 5)), 'range') == b'2345'
assert bucket.get_file_info_by_name('dir/a b+c/é.txt').file_info == {'k': 'v 1+2'}
bucket.upload_bytes(b'kept', 'dir/kept é.txt')

# A large file in three parts, read back in pieces.
big = os.urandom(12_000_000)
path = os.path.join(directory, 'big')
with open(path, 'wb') as file:
    file.write(big)
large = bucket.upload_local_file(path, 'dir/big.bin', min_part_size=5_000_000)
assert content(bucket.download_file_by_name('dir/big.bin'), 'again') == big
bucket.copy(large.id_, 'dir/copy.bin')
assert content(bucket.download_file_by_name('dir/copy.bin'), 'copy') == big

# Listings with and without recursion, hiding and deleting.
assert [f.file_name for f, _ in bucket.ls('dir', recursive=True)] == [
    'dir/a b+c/é.txt', 'dir/big.bin', 'dir/copy.bin', 'dir/kept é.txt'
]
assert [folder or f.file_name for f, folder in bucket.ls('dir')] == [
    'dir/a b+c/', 'dir/big.bin', 'dir/copy.bin', 'dir/kept é.txt'
]
bucket.hide_file('dir/copy.bin')
fails(FileAlreadyHidden, lambda: bucket.hide_file('dir/copy.bin'))
fails(FileNotPresent, lambda: bucket.hide_file('dir/none'))
fails(FileNotPresent, lambda: bucket.get_file_info_by_name('dir/copy.bin'))
everything = bucket.ls('dir', latest_only=False, recursive=True)
versions = [(f.file_name, f.action) for f, _ in everything if f.file_name == 'dir/copy.bin']
assert versions == [('dir/copy.bin', 'hide'), ('dir/copy.bin', 'upload')], versions

# Keys, links.
made = api.create_key(['listFiles', 'readFiles', 'listBuckets'], 'limited', bucket_id=bucket.id_, name_prefix='dir/')
limited = B2Api(InMemoryAccountInfo())
limited.authorize_account(url, made.id_, made.application_key)
assert len(list(limited.get_bucket_by_name(bucket_name).ls('dir/', recursive=True))) == 3
fails(Unauthorized, lambda: limited.get_bucket_by_name(bucket_name).hide_file('dir/kept é.txt'))
assert 'limited' in [k.key_name for k in api.list_keys()]
api.delete_key(made)
assert bucket.get_download_authorization('dir/', 60)

# Sync there and back.
source = os.path.join(directory, 'source')
os.makedirs(os.path.join(source, 'deep'))
for name in ['one', 'two', 'deep/three']:
    with open(os.path.join(source, name), 'w') as file:
        file.write(name)


def sync(here, there):
    synchronizer = Synchronizer(
        4,
        keep_days_or_delete=KeepOrDeleteMode.DELETE,
        compare_version_mode=CompareVersionMode.MODTIME,
        newer_file_mode=NewerFileSyncMode.RAISE_ERROR
    )
    with SyncReport(open(os.devnull, 'w'), True) as reporter:
        synchronizer.sync_folders(
            parse_sync_folder(here, api), parse_sync_folder(there, api), 1_900_000_000_000, reporter
        )


remote = 'b2://%s/synced' % bucket_name
sync(source, remote)
os.remove(os.path.join(source, 'two'))
sync(source, remote)
back = os.path.join(directory, 'back')
os.makedirs(back)
sync(remote, back)
assert sorted(os.listdir(back)) == ['deep', 'one'], os.listdir(back)

# Unfinished large files.
unfinished = api.services.large_file.start_large_file(bucket.id_, 'dir/never', 'b2/x-auto', {})
assert [f.file_id for f in bucket.list_unfinished_large_files()] == [unfinished.file_id]
bucket.cancel_large_file(unfinished.file_id)

print('all is well')
