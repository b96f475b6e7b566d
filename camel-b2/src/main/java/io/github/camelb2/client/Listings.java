// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.util.List;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.PageIterator.Page;
import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.Progress;
import io.github.camelb2.client.call.SlimListing;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.model.large.Part;
import io.github.camelb2.client.retry.CallSettings;

/** Turns calls for one page into iterators over all pages: each answer says how to ask for the next one. */
final class Listings {
    private final ClientSession session;

    Listings(ClientSession session) {
        this.session = session;
    }

    PageIterator<FileVersion> fileNames(ListFileNames first, CallSettings settings) {
        return pages(
                first,
                settings,
                (call, page) -> new Step<>(
                        page.files(),
                        page.nextFileName() == null ? null : call.withStartFileName(page.nextFileName())));
    }

    PageIterator<FileVersion> fileVersions(ListFileVersions first, CallSettings settings) {
        return pages(
                first,
                settings,
                (call, page) -> new Step<>(page.files(), behind(call, page.nextFileName(), page.nextFileId())));
    }

    <T> PageIterator<T> fileVersions(SlimListing<T> first, CallSettings settings) {
        return pages(first, settings, (call, page) -> {
            ListFileVersions next = behind(call.listing(), page.nextFileName(), page.nextFileId());
            return new Step<>(page.files(), next == null ? null : new SlimListing<>(next, call.reader()));
        });
    }

    private static @Nullable ListFileVersions behind(
            ListFileVersions call, @Nullable String nextFileName, @Nullable String nextFileId) {
        return nextFileName == null
                ? null
                : new ListFileVersions(
                        call.bucketId(),
                        nextFileName,
                        nextFileId,
                        call.maxFileCount(),
                        call.prefix(),
                        call.delimiter());
    }

    PageIterator<FileVersion> unfinishedLargeFiles(ListUnfinishedLargeFiles first, CallSettings settings) {
        return pages(
                first,
                settings,
                (call, page) -> new Step<>(
                        page.files(), page.nextFileId() == null ? null : call.withStartFileId(page.nextFileId())));
    }

    PageIterator<Part> parts(ListParts first, CallSettings settings) {
        return pages(
                first,
                settings,
                (call, page) -> new Step<>(
                        page.parts(),
                        page.nextPartNumber() == null ? null : call.withStartPartNumber(page.nextPartNumber())));
    }

    PageIterator<ApplicationKey> keys(ListKeys first, CallSettings settings) {
        return pages(
                first,
                settings,
                (call, page) -> new Step<>(
                        page.keys(),
                        page.nextApplicationKeyId() == null
                                ? null
                                : call.withStartApplicationKeyId(page.nextApplicationKeyId())));
    }

    /** What a page brought, and what asks for the next one; null after the last. */
    private record Step<C, T>(List<T> items, @Nullable C next) {}

    private <C extends B2Call<P>, P, T> PageIterator<T> pages(
            C first, CallSettings settings, BiFunction<C, P, Step<C, T>> reader) {
        Progress progress = new Progress(first.name(), first.subject(), first);
        return new PageIterator<>(first.name(), page(first, settings, reader, progress), session.parts());
    }

    private <C extends B2Call<P>, P, T> Page<T> page(
            C call, CallSettings settings, BiFunction<C, P, Step<C, T>> reader, Progress progress) {
        Step<C, T> step = reader.apply(call, session.call(call, settings));
        C next = step.next();
        if (next == null) {
            return new Page<>(step.items(), null);
        }
        progress.to(next);
        return new Page<>(step.items(), () -> page(next, settings, reader, progress));
    }
}
