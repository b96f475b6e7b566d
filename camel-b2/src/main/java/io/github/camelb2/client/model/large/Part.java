// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.large;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;
import io.github.camelb2.client.model.protection.ServerSideEncryption;

/**
 * One part of a large file.
 *
 * @param fileId the large file
 * @param partNumber 1 to 10,000
 * @param contentLength bytes
 * @param contentSha1 40 hex digits
 * @param contentMd5 32 hex digits, null when B2 did not say
 * @param serverSideEncryption null when B2 did not say
 * @param uploadTimestamp milliseconds since 1970
 */
public record Part(
        String fileId,
        int partNumber,
        long contentLength,
        String contentSha1,
        @Nullable String contentMd5,
        @Nullable ServerSideEncryption serverSideEncryption,
        long uploadTimestamp) {
    public Part {
        fileId = Copies.orEmpty(fileId);
        contentSha1 = Answers.required("part", "contentSha1", contentSha1);
    }
}
