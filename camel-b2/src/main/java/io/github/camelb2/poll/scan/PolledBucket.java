// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.Moment;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.model.file.CurrentVersions;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.operation.rule.RuleChange;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.poll.scan.VersionScanner.Pages;

/**
 * What a consumer asks of its bucket. Thread-safe.
 *
 * <p>Each page is one class C transaction. Versions are named by name and id together, never by name alone, except to
 * hide a name.
 */
public final class PolledBucket {
    /** B2 bills a page of up to 1,000 as one transaction, and a larger one as several. */
    private static final int SWEEP_PAGE = 1000;

    private static final int NAME_PAGE = 100;

    /** How long a check before the start asks again where there is no answer. */
    private static final Duration CHECK = Duration.ofSeconds(5);

    private final OperationScope scope;
    private final String bucketName;
    private final @Nullable String prefix;
    private final @Nullable String delimiter;
    private final @Nullable String first;
    private final Encryptions encryptions;
    private final @Nullable Moment asOf;
    private volatile @Nullable CurrentVersions then;

    /** The bucket, prefix and delimiter of the endpoint. */
    public PolledBucket(OperationScope scope) {
        this.scope = scope;
        this.bucketName = scope.options().getBucketName();
        this.prefix = scope.options().getPrefix();
        this.delimiter = scope.options().getDelimiter();
        this.first = scope.options().getStartFromFileName();
        this.encryptions = Encryptions.of(scope.options());
        String time = scope.options().getAsOf();
        this.asOf = time == null ? null : Moment.ofOption("asOf", time);
    }

    public String name() {
        return bucketName;
    }

    /** Its id, which a bucket that is made anew under its name has not. */
    public String id() {
        return scope.client().bucketId(bucketName, scope.settings());
    }

    /**
     * Whether a version that was stored is in it.
     *
     * @param stored the name of the bucket that it was stored in; empty where only its id is known
     */
    public boolean holds(String stored, FileVersion version) {
        return stored.isEmpty() ? version.bucketId().equals(id()) : stored.equals(bucketName);
    }

    /** Creates the bucket if it does not exist and the options say so. */
    public void createIfWanted() {
        scope.createBucketIfWanted(bucketName);
    }

    /**
     * Creates the bucket that files are moved to if it does not exist and the options say so.
     *
     * @throws IllegalArgumentException if it does not exist and is not to be created
     */
    public void ensureDestination(String destination) {
        if (destination.equals(bucketName)) {
            return;
        }
        // A route starts when the service can be reached, and else checks with its first poll.
        CallSettings brief = scope.settings().withRetryTimeout(CHECK);
        try {
            scope.createBucketIfWanted(destination);
            scope.client().bucketId(destination, brief);
        } catch (B2NotFoundException e) {
            throw Refused.option(
                    "destinationBucket",
                    destination,
                    "there is no such bucket; create it, or set autoCreateBucket=true");
        }
    }

    /** All versions that the options prefix and delimiter leave. */
    public Pages pages() {
        return (startFileName, startFileId) -> asOf(in(id -> scope.call(new ListFileVersions(
                id, startFileName == null ? first : startFileName, startFileId, SWEEP_PAGE, prefix, delimiter))));
    }

    /** Without what was not there at the time that the consumer looks from. */
    private FilePage asOf(FilePage page) {
        Moment moment = asOf;
        if (moment == null) {
            return page;
        }
        CurrentVersions known = then;
        if (known == null) {
            // Once, so that a time before now stays where it is while the consumer runs; the service has answered.
            known = new CurrentVersions(scope.past("asOf", moment));
            then = known;
        }
        return new FilePage(
                page.files().stream().filter(known::wasThere).toList(), page.nextFileName(), page.nextFileId());
    }

    /** All versions of one name. */
    public Pages pagesOf(String fileName) {
        return (startFileName, startFileId) -> onlyOf(
                fileName,
                in(id -> scope.call(new ListFileVersions(
                        id,
                        startFileName == null ? fileName : startFileName,
                        startFileId,
                        NAME_PAGE,
                        fileName,
                        null))));
    }

    private static FilePage onlyOf(String fileName, FilePage page) {
        List<FileVersion> versions = page.files().stream()
                .filter(it -> it.fileName().equals(fileName))
                .toList();
        boolean isLast = versions.size() < page.files().size() || !fileName.equals(page.nextFileName());
        return new FilePage(versions, isLast ? null : page.nextFileName(), isLast ? null : page.nextFileId());
    }

    /** The newest versions and hide markers of a name, at most so many. */
    public List<FileVersion> newest(String fileName, int atMost) {
        List<FileVersion> newest = new ArrayList<>();
        Pages pages = pagesOf(fileName);
        FilePage page = pages.from(null, null);
        while (true) {
            for (FileVersion version : page.files()) {
                if (!version.unfinished() && newest.size() < atMost) {
                    newest.add(version);
                }
            }
            if (newest.size() == atMost || page.nextFileName() == null) {
                return newest;
            }
            page = pages.from(page.nextFileName(), page.nextFileId());
        }
    }

    /** The version that a name stands for; empty if there is none, or it is hidden. */
    public Optional<FileVersion> visible(String fileName) {
        return newest(fileName, 1).stream().filter(FileVersion::hasContent).findFirst();
    }

    /** The ids of the large files that are started and not finished now. */
    Set<String> unfinished() {
        Set<String> ids = new HashSet<>();
        String next = null;
        do {
            String start = next;
            FilePage page = in(id -> scope.call(new ListUnfinishedLargeFiles(id, prefix, start, 100)));
            page.files().forEach(it -> ids.add(it.fileId()));
            next = page.nextFileId();
        } while (next != null);
        return ids;
    }

    /** Deletes that version; one that is gone already is fine. */
    public void delete(FileVersion version) {
        try {
            scope.call(DeleteFileVersion.of(version.fileName(), version.fileId()));
        } catch (B2NotFoundException e) {
            // Somebody else was faster, with the same end.
        }
    }

    /** Hides the name and gives the marker. */
    public FileVersion hide(String fileName) {
        return in(id -> scope.call(HideFile.of(id, fileName)));
    }

    /** Copies that version inside B2, whatever its size, and encrypted as it is. */
    public void copy(FileVersion version, String destinationBucket, String destinationName) {
        CopyFile copy = encryptions.kept(CopyFile.of(version.fileId(), destinationName), version);
        scope.client()
                .inBucket(destinationBucket, id -> scope.copy(copy.withDestinationBucketId(id)), scope.settings());
    }

    /** Where the notification rules of the bucket are read and changed. */
    public RuleChange notificationRules() {
        return new RuleChange(scope, id());
    }

    private <T> T in(Function<String, T> work) {
        return scope.client().inBucket(bucketName, work, scope.settings());
    }
}
