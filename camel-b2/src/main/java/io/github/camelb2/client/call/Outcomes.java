package io.github.camelb2.client.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.model.MetadataDirective;

/** Finds in listings what a call did whose answer was lost. */
final class Outcomes {
    /** How far this machine's clock may be from B2's for its work to be recognised. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private Outcomes() {}

    static Optional<FileVersion> copied(CopyFile copy, Instant firstTry, Calls calls) {
        FileVersion source = calls.call(GetFileInfo.of(copy.sourceFileId()));
        String destination = copy.destinationBucketId();
        return new VersionsOfName(destination == null ? source.bucketId() : destination, copy.fileName())
                .newest(calls)
                .filter(found -> !found.fileId().equals(source.fileId())
                        && found.hasContent()
                        && isAfter(found, firstTry)
                        && hasContentOf(source, copy, found)
                        && hasMetadataOf(source, copy, found));
    }

    private static boolean hasContentOf(FileVersion source, CopyFile copy, FileVersion found) {
        if (copy.range() != null) {
            return found.contentLength() == copy.range().lengthWithin(source.contentLength());
        }
        return found.contentLength() == source.contentLength()
                && (source.verifiedSha1().isEmpty() || source.verifiedSha1().equals(found.verifiedSha1()));
    }

    private static boolean hasMetadataOf(FileVersion source, CopyFile copy, FileVersion found) {
        if (MetadataDirective.REPLACE.equals(copy.metadataDirective())) {
            return found.fileInfo().equals(copy.fileInfo() == null ? Map.of() : copy.fileInfo());
        }
        return found.fileInfo().equals(source.fileInfo()) && found.contentType().equals(source.contentType());
    }

    static Optional<FileVersion> started(StartLargeFile start, Instant firstTry, Calls calls) {
        Map<String, String> info = start.fileInfo() == null ? Map.of() : start.fileInfo();
        List<FileVersion> candidates =
                calls
                        .call(ListUnfinishedLargeFiles.of(start.bucketId()).withNamePrefix(start.fileName()))
                        .files()
                        .stream()
                        .filter(it -> it.fileName().equals(start.fileName())
                                && it.fileInfo().equals(info)
                                && (start.customUploadTimestamp() != null || isAfter(it, firstTry)))
                        .filter(it ->
                                calls.call(ListParts.of(it.fileId())).parts().isEmpty())
                        .toList();
        // Of several, one may be another thread's: the file is started anew, and a later upload finds the lost one.
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    private static boolean isAfter(FileVersion version, Instant firstTry) {
        return version.uploadTimestamp() >= firstTry.minus(CLOCK_SKEW).toEpochMilli();
    }
}
