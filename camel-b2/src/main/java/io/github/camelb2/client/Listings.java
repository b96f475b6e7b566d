package io.github.camelb2.client;

import io.github.camelb2.client.PageIterator.Page;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.model.ApplicationKey;
import io.github.camelb2.client.model.FilePage;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.model.KeyPage;
import io.github.camelb2.client.model.Part;
import io.github.camelb2.client.model.PartPage;
import io.github.camelb2.client.retry.CallSettings;

/** Turns calls for one page into iterators over all pages: each answer says how to ask for the next one. */
final class Listings {
    private final ClientSession session;

    Listings(ClientSession session) {
        this.session = session;
    }

    PageIterator<FileVersion> fileNames(ListFileNames call, CallSettings settings) {
        return new PageIterator<>(call.name(), fileNamePage(call, settings), session.parts());
    }

    private Page<FileVersion> fileNamePage(ListFileNames call, CallSettings settings) {
        FilePage page = session.call(call, settings);
        String next = page.nextFileName();
        return new Page<>(
                page.files(), next == null ? null : () -> fileNamePage(call.withStartFileName(next), settings));
    }

    PageIterator<FileVersion> fileVersions(ListFileVersions call, CallSettings settings) {
        return new PageIterator<>(call.name(), fileVersionPage(call, settings), session.parts());
    }

    private Page<FileVersion> fileVersionPage(ListFileVersions call, CallSettings settings) {
        FilePage page = session.call(call, settings);
        String name = page.nextFileName();
        String id = page.nextFileId();
        if (name == null) {
            return new Page<>(page.files(), null);
        }
        ListFileVersions next =
                new ListFileVersions(call.bucketId(), name, id, call.maxFileCount(), call.prefix(), call.delimiter());
        return new Page<>(page.files(), () -> fileVersionPage(next, settings));
    }

    PageIterator<FileVersion> unfinishedLargeFiles(ListUnfinishedLargeFiles call, CallSettings settings) {
        return new PageIterator<>(call.name(), unfinishedPage(call, settings), session.parts());
    }

    private Page<FileVersion> unfinishedPage(ListUnfinishedLargeFiles call, CallSettings settings) {
        FilePage page = session.call(call, settings);
        String next = page.nextFileId();
        return new Page<>(
                page.files(), next == null ? null : () -> unfinishedPage(call.withStartFileId(next), settings));
    }

    PageIterator<Part> parts(ListParts call, CallSettings settings) {
        return new PageIterator<>(call.name(), partPage(call, settings), session.parts());
    }

    private Page<Part> partPage(ListParts call, CallSettings settings) {
        PartPage page = session.call(call, settings);
        Integer next = page.nextPartNumber();
        return new Page<>(page.parts(), next == null ? null : () -> partPage(call.withStartPartNumber(next), settings));
    }

    PageIterator<ApplicationKey> keys(ListKeys call, CallSettings settings) {
        return new PageIterator<>(call.name(), keyPage(call, settings), session.parts());
    }

    private Page<ApplicationKey> keyPage(ListKeys call, CallSettings settings) {
        KeyPage page = session.call(call, settings);
        String next = page.nextApplicationKeyId();
        return new Page<>(
                page.keys(), next == null ? null : () -> keyPage(call.withStartApplicationKeyId(next), settings));
    }
}
