// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.util.Optional;

import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.Digits;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.plan.PartLimits;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.work.TransferProgress;

/**
 * One upload.
 *
 * @param file what is stored beside the content
 */
public record Upload(
        UploadFile file,
        String bucketId,
        UploadSource source,
        PartLimits limits,
        TransferOptions options,
        CallSettings settings,
        TransferProgress progress) {
    /**
     * Whether a large file reads its source once before it sends it, so that B2 keeps the SHA-1 of the whole and
     * compares that of each part. One that was given is compared, unless the source is far away.
     */
    public boolean isReadFirst() {
        if (!source.isReplayable()) {
            return false;
        }
        if (source.sha1().isPresent()) {
            return source.isLocal();
        }
        return options.largeFileSha1() == TransferOptions.LargeFileSha1.ALWAYS
                || (options.largeFileSha1() == TransferOptions.LargeFileSha1.AUTO && source.isLocal());
    }

    /** Whether a large file of it has the SHA-1 of the whole, which B2 itself keeps of small files alone. */
    public boolean keepsItsSha1() {
        boolean isKnown = isReadFirst() || source.sha1().isPresent();
        return isKnown && withSha1("0".repeat(Digits.OF_SHA1)).isPresent();
    }

    /** The file with the SHA-1 of the whole in its information; empty where that is full. */
    public Optional<UploadFile> withSha1(String sha1) {
        return Optional.of(file.withInfo(FileInfo.LARGE_FILE_SHA1, sha1))
                .filter(it -> FileInfo.size(it.fileName(), it.fileInfo()) <= it.mostInfo());
    }

    /** What is to be done with its large file. */
    public LargeFile.Terms terms(LargeFile.Origin origin) {
        LargeFile.Afterwards kept =
                source.isReplayable() ? LargeFile.Afterwards.KEEP : LargeFile.Afterwards.KEEP_AFTER_ANSWER;
        LargeFile.Afterwards afterwards =
                options.resume() == TransferOptions.Resume.NEVER ? LargeFile.Afterwards.CANCEL : kept;
        return new LargeFile.Terms(file.subject(), origin, afterwards, settings);
    }

    /** The same of other content. */
    public Upload from(UploadSource other) {
        return new Upload(file, bucketId, other, limits, options, settings, progress);
    }

    public Upload toBucket(String id) {
        return new Upload(file, id, source, limits, options, settings, progress);
    }
}
