// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.call.BucketCalls.UpdateBucket;
import io.github.camelb2.client.call.Calls;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.KeyCalls.DeleteKey;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.FinishLargeFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.call.VersionsOfName;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.MetadataDirective;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.model.key.KeyPage;

/**
 * Finds out what a call did whose answer was lost; all look-ups, one method each. For one call, used by one thread.
 *
 * <p>Each answers what the try that worked would have answered, or nothing when none is known to have worked, and throws
 * when it cannot be known and a repetition could do harm: the message then says "done or not: unknown". Times are those
 * of the service's clock. A key that may not ask finds nothing, and what it was told stands.
 */
public final class LostAnswers {
    /** So many pages of keys are read to tell a new one from the others. */
    private static final int KEY_PAGES = 10;

    private final B2Call<?> call;

    /** Of the keys of that name, those that were there before the first try; null when that is not known. */
    private @Nullable Set<String> keysBefore;

    public LostAnswers(B2Call<?> call) {
        this.call = call;
    }

    /** Learns, before the first try, what could not be learned behind it. */
    public void prepare(Calls calls) {
        if (call instanceof CreateKey create) {
            try {
                keysBefore = keysNamed(create.keyName(), calls);
            } catch (B2UnauthorizedException mayNotList) {
                keysBefore = null;
            }
        }
    }

    /**
     * What the call did.
     *
     * @param failure how the answer was lost, or the error with which B2 answered the repetition
     * @param firstTry when the first try began, by the service's clock
     * @param calls asks B2
     */
    public Optional<?> find(B2Exception failure, Instant firstTry, Calls calls) {
        if (call instanceof HideFile hide) {
            return hidden(hide, failure, calls);
        } else if (call instanceof DeleteFileVersion delete) {
            return deleted(delete, failure);
        } else if (call instanceof CopyFile copy) {
            return copied(copy, firstTry, calls);
        } else if (call instanceof FinishLargeFile finish) {
            return finished(finish, failure, calls);
        } else if (call instanceof CancelLargeFile cancel) {
            return cancelled(cancel, failure);
        } else if (call instanceof CreateBucket create) {
            return created(create, failure, calls);
        } else if (call instanceof UpdateBucket update) {
            return updated(update, failure, calls);
        } else if (call instanceof DeleteBucket delete) {
            return deleted(delete, failure);
        } else if (call instanceof CreateKey create) {
            return created(create, failure, calls);
        } else if (call instanceof DeleteKey delete) {
            return deleted(delete, failure);
        }
        return Optional.empty();
    }

    /** A name that is already hidden was hidden by us: the marker is its newest version. */
    private static Optional<FileVersion> hidden(HideFile hide, B2Exception failure, Calls calls) {
        return failure.status() == 0 || failure.status() >= 500
                ? Optional.empty()
                : new VersionsOfName(hide.bucketId(), hide.fileName())
                        .newest(calls)
                        .filter(FileVersion::hides);
    }

    /** A version that is gone was deleted by us. */
    private static Optional<FileId> deleted(DeleteFileVersion delete, B2Exception failure) {
        boolean gone = failure.code().equals("file_not_present") || failure.status() == 404;
        return gone ? Optional.of(new FileId(delete.fileId(), delete.fileName())) : Optional.empty();
    }

    /** The newest version of the name is our copy, if it is young enough and has the content of the source. */
    private static Optional<FileVersion> copied(CopyFile copy, Instant firstTry, Calls calls) {
        FileVersion source = calls.call(GetFileInfo.of(copy.sourceFileId()));
        String destination = copy.destinationBucketId();
        return new VersionsOfName(destination == null ? source.bucketId() : destination, copy.fileName())
                .newest(calls)
                .filter(found -> !found.fileId().equals(source.fileId())
                        && found.hasContent()
                        && found.uploadTimestamp() >= firstTry.toEpochMilli()
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

    /**
     * A large file that has become a version was finished by us. B2 answers an error for the file information of one
     * that is not finished, and a key may lack the right to ask: then the finish is repeated, which does no harm. Its
     * "no active upload" means finished or cancelled.
     */
    private static Optional<FileVersion> finished(FinishLargeFile finish, B2Exception failure, Calls calls) {
        boolean isSaidToBeGone = failure.status() >= 400 && failure.status() < 500 && failure.status() != 408;
        Optional<FileVersion> found = Optional.empty();
        boolean asked = false;
        try {
            found = Optional.of(calls.call(GetFileInfo.of(finish.fileId()))).filter(FileVersion::hasContent);
            asked = true;
        } catch (B2UnauthorizedException mayNotRead) {
            failure.addSuppressed(mayNotRead);
        } catch (B2Exception notAFile) {
            asked = isRefusal(notAFile, failure);
        }
        VersionsOfName name = finish.ofName();
        if (found.isEmpty() && name != null) {
            try {
                ListFileVersions listing = ListFileVersions.of(name.bucketId())
                        .withPrefix(name.fileName())
                        .withStartFileName(name.fileName())
                        .withStartFileId(finish.fileId())
                        .withMaxFileCount(1);
                found = calls.call(listing).files().stream()
                        .filter(it -> it.fileId().equals(finish.fileId()) && it.hasContent())
                        .findFirst();
                asked = true;
            } catch (B2UnauthorizedException mayNotList) {
                failure.addSuppressed(mayNotList);
            } catch (B2Exception e) {
                asked |= isRefusal(e, failure);
            }
        }
        if (found.isEmpty() && isSaidToBeGone && !asked) {
            throw unknown(failure, "stored or not: unknown; nothing was cancelled. File id " + finish.fileId());
        }
        return found;
    }

    /** Whether B2 answered that there is no such version; everything else is no answer to the question. */
    private static boolean isRefusal(B2Exception e, B2Exception failure) {
        if (e.status() != 400 && e.status() != 404) {
            throw unknown(failure, "stored or not: unknown, because asking failed as well: " + e.getMessage());
        }
        failure.addSuppressed(e);
        return true;
    }

    /** A large file that is gone was cancelled by us. */
    private static Optional<FileId> cancelled(CancelLargeFile cancel, B2Exception failure) {
        boolean gone = failure.status() == 400 || failure.status() == 404;
        return gone ? Optional.of(new FileId(cancel.fileId(), "")) : Optional.empty();
    }

    /** A name that is taken by a bucket of this account that is as we asked for was taken by us. */
    private static Optional<Bucket> created(CreateBucket create, B2Exception failure, Calls calls) {
        if (!failure.code().equals("duplicate_bucket_name")) {
            return Optional.empty();
        }
        return calls.call(ListBuckets.of().withBucketName(create.bucketName())).buckets().stream()
                .filter(found -> create.bucketType().equals(found.bucketType())
                        && (create.bucketInfo() == null || create.bucketInfo().equals(found.bucketInfo())))
                .findFirst();
    }

    /** A conflict is our own change, if the bucket went on by one revision and has what we set. */
    private static Optional<Bucket> updated(UpdateBucket update, B2Exception failure, Calls calls) {
        Integer expected = update.ifRevisionIs();
        if (expected == null || failure.status() != 409) {
            return Optional.empty();
        }
        return calls.call(ListBuckets.of().withBucketId(update.bucketId())).buckets().stream()
                .filter(found -> found.revision() == expected + 1
                        && isSet(update.bucketType(), found.bucketType())
                        && isSet(update.bucketInfo(), found.bucketInfo())
                        && isSet(update.corsRules(), found.corsRules())
                        && isSet(update.lifecycleRules(), found.lifecycleRules()))
                .findFirst();
    }

    private static boolean isSet(@Nullable Object asked, @Nullable Object found) {
        return asked == null || asked.equals(found);
    }

    /** A bucket that is gone was deleted by us; nothing but its id is known then. */
    private static Optional<Bucket> deleted(DeleteBucket delete, B2Exception failure) {
        boolean gone = failure.code().equals("bad_bucket_id") || failure.status() == 404;
        return gone ? Optional.of(Bucket.deleted(delete.bucketId())) : Optional.empty();
    }

    /** A key that is unknown was deleted by us; nothing but its id is known then. */
    private static Optional<ApplicationKey> deleted(DeleteKey delete, B2Exception failure) {
        boolean gone = failure.status() == 400 || failure.status() == 404;
        return gone ? Optional.of(ApplicationKey.deleted(delete.applicationKeyId())) : Optional.empty();
    }

    /**
     * The secret of a key whose answer was lost is known to nobody. It is deleted and made anew if it is certainly ours:
     * the one key of that name that was not there before the first try.
     */
    private Optional<ApplicationKey> created(CreateKey create, B2Exception failure, Calls calls) {
        Set<String> before = keysBefore;
        if (before == null) {
            throw unknown(
                    failure,
                    "made or not: unknown, because the key of the login may not list keys. Keys named "
                            + create.keyName() + " whose secret nobody has should be deleted");
        }
        Set<String> now = keysNamed(create.keyName(), calls);
        Set<String> fresh = new HashSet<>(now);
        fresh.removeAll(before);
        if (fresh.size() > 1) {
            throw unknown(
                    failure,
                    "made or not: unknown, because several keys of that name are new. Keys named " + create.keyName()
                            + ": " + String.join(", ", now.stream().sorted().toList()));
        }
        try {
            fresh.forEach(ours -> calls.call(DeleteKey.of(ours)));
        } catch (B2UnauthorizedException mayNotDelete) {
            throw unknown(
                    failure,
                    "made, but its secret is lost, and the key of the login may not delete it: delete "
                            + String.join(", ", fresh));
        }
        return Optional.empty();
    }

    private static Set<String> keysNamed(String name, Calls calls) {
        Set<String> ids = new HashSet<>();
        ListKeys listing = ListKeys.of().withMaxKeyCount(10_000);
        for (int page = 0; page < KEY_PAGES; page++) {
            KeyPage answer = calls.call(listing);
            answer.keys().stream()
                    .filter(key -> key.keyName().equals(name))
                    .forEach(key -> ids.add(key.applicationKeyId()));
            String next = answer.nextApplicationKeyId();
            if (next == null) {
                break;
            }
            listing = listing.withStartApplicationKeyId(next);
        }
        return ids;
    }

    /**
     * The version that an upload of a small file has stored although its answer was lost.
     *
     * @param file what was uploaded
     * @param sha1 of its content
     * @param length of its content
     * @param firstTry when the first try began, by the service's clock
     * @param isClaimed whether a version belongs to another upload of this client
     * @return empty when there is none, or the key may not list
     * @throws B2Exception if there are several: one may be somebody else's
     */
    public static Optional<FileVersion> stored(
            UploadFile file,
            String bucketId,
            String sha1,
            long length,
            Instant firstTry,
            B2Exception failure,
            Predicate<String> isClaimed,
            Calls calls) {
        VersionsOfName name = new VersionsOfName(bucketId, file.fileName());
        Long ownTime = file.customUploadTimestamp();
        List<FileVersion> young;
        try {
            young = ownTime == null ? name.since(firstTry.toEpochMilli(), calls) : name.all(calls);
        } catch (B2UnauthorizedException mayNotList) {
            failure.addSuppressed(mayNotList);
            return Optional.empty();
        }
        List<FileVersion> candidates = young.stream()
                .filter(found -> found.hasContent()
                        && (ownTime == null || found.uploadTimestamp() == ownTime)
                        && found.contentLength() == length
                        && found.contentSha1().equals(sha1)
                        && found.fileInfo().equals(file.fileInfo())
                        && (file.contentType().equals(UploadFile.AUTO_CONTENT_TYPE)
                                || file.contentType().equals(found.contentType()))
                        && !isClaimed.test(found.fileId()))
                .toList();
        if (candidates.size() > 1) {
            throw unknown(
                    failure,
                    "stored or not: unknown, because several versions could be it: "
                            + String.join(
                                    ", ",
                                    candidates.stream().map(FileVersion::fileId).toList()));
        }
        return candidates.stream().findFirst();
    }

    /** The failure, and that asking failed as well. */
    public static B2Exception unanswered(B2Exception failure, B2Exception asking) {
        boolean isSaid = asking.call().equals(failure.call());
        return isSaid
                ? asking
                : unknown(failure, "done or not: unknown, because asking failed as well: " + asking.getMessage());
    }

    /** The failure, and that nobody knows what came of it: neither to be repeated nor to be undone. */
    static B2Exception unknown(B2Exception failure, String what) {
        return failure.with(failure.details().withMessage(failure.details().message() + "; " + what));
    }
}
