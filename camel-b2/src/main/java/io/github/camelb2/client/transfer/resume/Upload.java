package io.github.camelb2.client.transfer.resume;

import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.plan.PartLimits;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.work.TransferProgress;

/**
 * One upload.
 *
 * @param file what a large file is started with
 * @param asSmallFile what is sent with a file in one piece: without a SHA-1 of ours, because B2 computes its own
 */
public record Upload(
        UploadFile file,
        UploadFile asSmallFile,
        String bucketId,
        UploadSource source,
        PartLimits limits,
        TransferOptions options,
        CallSettings settings,
        TransferProgress progress) {
    /** What is to be done with its large file. */
    public LargeFile.Terms terms(LargeFile.Origin origin) {
        LargeFile.Afterwards kept =
                source.isReplayable() ? LargeFile.Afterwards.KEEP : LargeFile.Afterwards.KEEP_AFTER_ANSWER;
        LargeFile.Afterwards afterwards =
                options.resume() == TransferOptions.Resume.NEVER ? LargeFile.Afterwards.CANCEL : kept;
        return new LargeFile.Terms(file.subject(), origin, afterwards, settings);
    }

    public Upload toBucket(String id) {
        return new Upload(file, asSmallFile, id, source, limits, options, settings, progress);
    }
}
