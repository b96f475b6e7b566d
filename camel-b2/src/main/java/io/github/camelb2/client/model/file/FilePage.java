// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Listed;
import io.github.camelb2.client.model.json.Answers;

/**
 * One page of a listing of files. It may be empty and still not be the last one.
 *
 * @param files in UTF-8 byte order of their names, the newest version of a name first
 * @param nextFileName where the next page starts, to be passed back unchanged; null after the last page
 * @param nextFileId the version at which the next page starts; null where a listing has none, and after the last page
 */
public record FilePage(
        List<FileVersion> files,
        @Nullable String nextFileName,
        @Nullable String nextFileId) implements Listed {
    public FilePage {
        files = Answers.entries("listing", "files", files);
    }

    /**
     * Reads an answer.
     *
     * @throws IOException as {@link io.github.camelb2.client.model.json.Json#read} does
     */
    public static FilePage read(InputStream json) throws IOException {
        SlimPage<FileVersion> page = SlimPage.read(json, FileVersionReader::of, version -> version);
        return new FilePage(page.files(), page.nextFileName(), page.nextFileId());
    }

    @Override
    public int entries() {
        return files.size();
    }
}
