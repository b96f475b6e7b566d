package io.github.camelb2.sync.execute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.call.CancelLargeFile;
import io.github.camelb2.client.call.CopyFile;
import io.github.camelb2.client.call.CopyPart;
import io.github.camelb2.client.call.FinishLargeFile;
import io.github.camelb2.client.call.GetFileInfo;
import io.github.camelb2.client.call.StartLargeFile;
import io.github.camelb2.client.model.ByteRange;
import io.github.camelb2.client.model.Encryption;
import io.github.camelb2.client.model.FileInfo;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.model.MetadataDirective;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.sync.plan.SyncAction;

/**
 * Copies that B2 makes within an account, of any size: one call up to B2's limit, else a large file copied part by part.
 * Content type and file information are always those of the source.
 *
 * @see <a href="https://www.backblaze.com/apidocs/b2-copy-file">b2_copy_file</a>
 */
final class ServerSideCopy {
    /** The most that one call copies. */
    static final long LARGEST_COPY = 5_000_000_000L;

    private final B2Client client;
    private final CallSettings calls;
    private final Encryption source;
    private final Encryption destination;
    private final long largestCopy;

    ServerSideCopy(B2Client client, CallSettings calls, Encryption source, Encryption destination, long largestCopy) {
        this.client = client;
        this.calls = calls;
        this.source = source;
        this.destination = destination;
        this.largestCopy = largestCopy;
    }

    /** Copies and returns the id of the new version. */
    String copy(SyncAction.Copy action, String bucketId, String name) {
        if (action.bytes() > largestCopy) {
            return copyByParts(action, bucketId, name);
        }
        // Under customer keys B2 does not take the metadata over by itself, and a time can only be added to all of it.
        boolean replaces = action.metadata() == SyncAction.Copy.Metadata.TIME_ADDED
                || customerKey(source) != null
                || customerKey(destination) != null;
        FileVersion version = replaces ? client.call(GetFileInfo.of(action.fileId()), calls) : null;
        CopyFile copy = new CopyFile(
                action.fileId(),
                name,
                bucketId,
                null,
                version == null ? MetadataDirective.COPY : MetadataDirective.REPLACE,
                version == null ? null : version.contentType(),
                version == null ? null : infoOf(version, action),
                null,
                null,
                customerKey(source),
                destination instanceof Encryption.None ? null : destination);
        return client.call(copy, calls).fileId();
    }

    /** What is stored with a version, with the time that a copy needs in order not to be newer than its source. */
    static Map<String, String> infoOf(FileVersion version, SyncAction.Copy action) {
        Map<String, String> info = new LinkedHashMap<>(version.fileInfo());
        info.put(FileInfo.SRC_LAST_MODIFIED_MILLIS, String.valueOf(action.modifiedMillis()));
        return info;
    }

    private String copyByParts(SyncAction.Copy action, String bucketId, String name) {
        FileVersion version = client.call(GetFileInfo.of(action.fileId()), calls);
        StartLargeFile start =
                StartLargeFile.of(bucketId, name, version.contentType()).withFileInfo(infoOf(version, action));
        if (!(destination instanceof Encryption.None)) {
            start = start.withServerSideEncryption(destination);
        }
        String largeFileId = client.call(start, calls).fileId();
        try {
            List<String> sha1s = copyParts(action, largeFileId);
            return client.call(FinishLargeFile.of(largeFileId, sha1s), calls).fileId();
        } catch (RuntimeException e) {
            cancel(largeFileId, e);
            throw e;
        }
    }

    private List<String> copyParts(SyncAction.Copy action, String largeFileId) {
        long parts = (action.bytes() + largestCopy - 1) / largestCopy;
        long size = (action.bytes() + parts - 1) / parts;
        List<String> sha1s = new ArrayList<>();
        for (int number = 1; number <= parts; number++) {
            long first = (number - 1) * size;
            long last = Math.min(first + size, action.bytes()) - 1;
            CopyPart part = new CopyPart(
                    action.fileId(),
                    largeFileId,
                    number,
                    ByteRange.of(first, last),
                    customerKey(source),
                    customerKey(destination));
            sha1s.add(client.call(part, calls).contentSha1());
        }
        return sha1s;
    }

    private void cancel(String largeFileId, RuntimeException cause) {
        try {
            client.call(CancelLargeFile.of(largeFileId), calls);
        } catch (B2Exception e) {
            cause.addSuppressed(e);
        }
    }

    private static @Nullable Encryption customerKey(Encryption encryption) {
        return encryption instanceof Encryption.SseC ? encryption : null;
    }
}
