// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.bucket;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.MetadataDirective;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.EncryptionMode;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.sync.plan.actions.SyncAction;

/** Copies that B2 makes within an account, of any size, with content type and file information of the source. */
final class ServerSideCopy {
    private final B2Client client;
    private final CallSettings calls;
    private final Encryption source;
    private final Encryption destination;
    private final TransferOptions transfers;

    ServerSideCopy(
            B2Client client, CallSettings calls, TransferOptions transfers, Encryption source, Encryption destination) {
        this.client = client;
        this.calls = calls;
        this.source = source;
        this.destination = destination;
        this.transfers = transfers;
    }

    /** Copies and returns the id of the new version. */
    String copy(SyncAction.Copy action, String bucketId, String name) {
        FileVersion version =
                replaces(action, source, destination) ? client.call(GetFileInfo.of(action.fileId()), calls) : null;
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
                // A plain file beside encrypted ones is read without the key.
                version == null || isPlain(version) ? null : customerKey(source),
                destination instanceof Encryption.None ? null : destination);
        return client.copy(copy, transfers, calls).fileId();
    }

    /**
     * Whether a copy is told all metadata: under customer keys B2 does not take them over by itself, and a time can only be
     * added to all of them.
     */
    static boolean replaces(SyncAction.Copy action, Encryption source, Encryption destination) {
        return action.metadata() == SyncAction.Copy.Metadata.TIME_ADDED
                || customerKey(source) != null
                || customerKey(destination) != null;
    }

    /** What is stored with a version, with the time that a copy needs in order not to be newer than its source. */
    static Map<String, String> infoOf(FileVersion version, SyncAction.Copy action) {
        Map<String, String> info = new LinkedHashMap<>(version.fileInfo());
        info.put(FileInfo.SRC_LAST_MODIFIED_MILLIS, String.valueOf(action.modifiedMillis()));
        return info;
    }

    private static boolean isPlain(FileVersion version) {
        var encryption = version.serverSideEncryption();
        return encryption != null && !EncryptionMode.SSE_C.equals(encryption.mode());
    }

    private static @Nullable Encryption customerKey(Encryption encryption) {
        return encryption instanceof Encryption.SseC ? encryption : null;
    }
}
