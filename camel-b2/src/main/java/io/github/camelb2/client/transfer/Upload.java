package io.github.camelb2.client.transfer;

import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.retry.CallSettings;

/**
 * One upload.
 *
 * @param file what a large file is started with
 * @param asSmallFile what is sent with a file in one piece: without a SHA-1 of ours, because B2 computes its own
 */
record Upload(
        UploadFile file,
        UploadFile asSmallFile,
        String bucketId,
        UploadSource source,
        PartLimits limits,
        TransferOptions options,
        CallSettings settings,
        TransferProgress progress) {
    /** What is to be done with its large file. */
    LargeFile.Terms terms(LargeFile.Origin origin) {
        boolean keep = source.isReplayable() && options.resume() == TransferOptions.Resume.UNFINISHED_FILES;
        LargeFile.AfterLoss afterLoss = keep ? LargeFile.AfterLoss.KEEP : LargeFile.AfterLoss.CANCEL;
        return new LargeFile.Terms(file.subject(), origin, afterLoss, settings);
    }

    Upload toBucket(String id) {
        return new Upload(file, asSmallFile, id, source, limits, options, settings, progress);
    }
}
