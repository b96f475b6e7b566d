// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.large;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.core.JsonParser;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.Tokens;
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
    private static final int MOST = 10_000;

    public Part {
        fileId = Copies.orEmpty(fileId);
        partNumber = number("part", partNumber);
        contentLength = Answers.length("part", contentLength);
        contentSha1 = Answers.required("part", "contentSha1", contentSha1);
    }

    /**
     * Reads an answer.
     *
     * @throws IOException as {@link Json#read} does
     */
    public static Part read(InputStream json) throws IOException {
        return Json.read(json, Part::read);
    }

    /** @throws IllegalArgumentException if no part can have that number */
    static int number(String what, long number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException("the number of the " + what + " is " + number);
        }
        return (int) number;
    }

    private static Part read(JsonParser json) throws IOException {
        Tokens.start(json);
        String fileId = "";
        long partNumber = 0;
        long contentLength = 0;
        String contentSha1 = "";
        String contentMd5 = null;
        ServerSideEncryption encryption = null;
        long uploadTimestamp = 0;
        for (String name = Tokens.next(json); name != null; name = Tokens.next(json)) {
            switch (name) {
                case "fileId" -> fileId = Tokens.text(json);
                case "partNumber" -> partNumber = Tokens.number(json);
                case "contentLength" -> contentLength = Tokens.number(json);
                case "contentSha1" -> contentSha1 = Tokens.text(json);
                case "contentMd5" -> contentMd5 = Tokens.text(json);
                case "serverSideEncryption" -> encryption = ServerSideEncryption.read(json);
                case "uploadTimestamp" -> uploadTimestamp = Tokens.number(json);
                default -> json.skipChildren();
            }
        }
        try {
            return new Part(
                    fileId,
                    number("part", partNumber),
                    contentLength,
                    contentSha1,
                    contentMd5,
                    encryption,
                    uploadTimestamp);
        } catch (IllegalArgumentException e) {
            throw Tokens.refused(e);
        }
    }
}
