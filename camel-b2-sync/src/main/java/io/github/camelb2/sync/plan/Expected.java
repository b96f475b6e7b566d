package io.github.camelb2.sync.plan;

/** What the destination held when a path was planned. Hides and deletes check it again before they act. */
public sealed interface Expected permits Expected.Nothing, Expected.Newest, Expected.LocalCopy {

    /** Nothing of that name. */
    record Nothing() implements Expected {}

    /** A name in a bucket whose newest version (perhaps a hide marker) is this one. */
    record Newest(String fileId) implements Expected {}

    /** A local file of this size and time. */
    record LocalCopy(long size, long modifiedMillis) implements Expected {}

    /** What a scanned file of the destination amounts to. */
    static Expected of(ScanItem.SyncFile file) {
        return file instanceof ScanItem.RemoteFile remote
                ? new Newest(remote.newest().fileId())
                : new LocalCopy(file.size(), file.modifiedMillis());
    }
}
