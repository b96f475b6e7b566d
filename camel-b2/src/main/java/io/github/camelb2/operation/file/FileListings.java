// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

import io.github.camelb2.client.PageIterator;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.step.OperationScope;

/** The listings of files: of now or of a time, without what the filters leave out, as far as the step wants them. */
public final class FileListings {
    private FileListings() {}

    /** The current version of each name that was not hidden. */
    public static Iterator<FileVersion> names(ListFileNames request, OperationScope scope) {
        Optional<Instant> asOf = scope.asOf();
        return asOf.isPresent()
                ? chosen(PastListing.ofNames(request, asOf.get(), scope), scope)
                : chosen(scope.client().listFileNames(request, scope.settings()), scope);
    }

    /** All versions, hide markers and unfinished large files. */
    public static Iterator<FileVersion> versions(ListFileVersions request, OperationScope scope) {
        Optional<Instant> asOf = scope.asOf();
        return asOf.isPresent()
                ? chosen(PastListing.ofVersions(request, asOf.get(), scope), scope)
                : chosen(scope.client().listFileVersions(request, scope.settings()), scope);
    }

    /** The large files that are not finished. */
    public static Iterator<FileVersion> unfinished(ListUnfinishedLargeFiles request, OperationScope scope) {
        return chosen(scope.client().listUnfinishedLargeFiles(request, scope.settings()), scope);
    }

    private static Iterator<FileVersion> chosen(PageIterator<FileVersion> all, OperationScope scope) {
        return chosen((Iterator<FileVersion>) LimitedListing.unhurried(all, scope), scope);
    }

    private static Iterator<FileVersion> chosen(Iterator<FileVersion> all, OperationScope scope) {
        return LimitedListing.of(FilteredListing.of(all, scope), scope);
    }
}
