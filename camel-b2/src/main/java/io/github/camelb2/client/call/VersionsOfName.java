// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.model.file.CurrentVersions;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;

/**
 * The versions and hide markers of one name, the newest first: the one home of "newest version of a name".
 *
 * <p>Unfinished large files of the name are no versions and are left out, however many lie before the newest version;
 * names that only begin with the name do not count.
 *
 * @param bucketId the bucket
 * @param fileName the name, exactly
 */
public record VersionsOfName(String bucketId, String fileName) {
    /** Billed like one: B2 counts every 1,000 that a page may hold. */
    private static final int PAGE = 1000;

    /** The newest version or hide marker; empty when there is none. */
    public Optional<FileVersion> newest(Calls calls) {
        List<FileVersion> one = new ArrayList<>(1);
        visit(calls, 100, found -> !one.add(found));
        return one.stream().findFirst();
    }

    /** The version or hide marker that the name stood for at that time; empty when there was none. */
    public Optional<FileVersion> at(Instant time, Calls calls) {
        CurrentVersions then = new CurrentVersions(time);
        List<FileVersion> one = new ArrayList<>(1);
        visit(calls, PAGE, found -> then.of(found) != CurrentVersions.Standing.CURRENT || !one.add(found));
        return one.stream().findFirst();
    }

    /** All of them, the newest first. */
    public List<FileVersion> all(Calls calls) {
        List<FileVersion> all = new ArrayList<>();
        visit(calls, PAGE, all::add);
        return all;
    }

    /** Those that were made at that time or later, by the service's clock, the newest first. */
    public List<FileVersion> since(long timestamp, Calls calls) {
        List<FileVersion> young = new ArrayList<>();
        visit(calls, 100, found -> found.uploadTimestamp() >= timestamp && young.add(found));
        return young;
    }

    /** Hands them over until the visitor answers false. */
    private void visit(Calls calls, int page, Predicate<FileVersion> goesOn) {
        ListFileVersions listing = ListFileVersions.of(bucketId)
                .withStartFileName(fileName)
                .withPrefix(fileName)
                .withMaxFileCount(page);
        Progress progress = new Progress(listing.name(), listing.subject(), listing);
        while (true) {
            FilePage answer = calls.call(listing);
            for (FileVersion found : answer.files()) {
                boolean isPast = !found.fileName().equals(fileName);
                if (isPast || (!found.unfinished() && !goesOn.test(found))) {
                    return;
                }
            }
            if (!fileName.equals(answer.nextFileName())) {
                return;
            }
            String next = answer.nextFileId();
            // Without an id the next page would begin where this one did.
            listing = next == null ? listing : listing.withStartFileId(next);
            progress.to(listing);
        }
    }
}
