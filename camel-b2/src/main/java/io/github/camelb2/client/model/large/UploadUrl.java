// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.large;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.core.JsonParser;

import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;
import io.github.camelb2.client.model.json.Json;

/**
 * Where to upload files: good for one upload at a time, for at most 24 hours. {@link #toString()} hides the token.
 *
 * @param bucketId the bucket that it uploads to
 * @param uploadUrl the address, used as it is
 * @param authorizationToken the token that goes with it, a secret
 */
public record UploadUrl(String bucketId, String uploadUrl, String authorizationToken) {
    public UploadUrl {
        bucketId = Copies.orEmpty(bucketId);
        uploadUrl = Answers.required("upload URL", "uploadUrl", uploadUrl);
        authorizationToken = Answers.required("upload URL", "authorizationToken", authorizationToken);
    }

    /**
     * Reads an answer.
     *
     * @throws IOException as {@link Json#read} does
     */
    public static UploadUrl read(InputStream json) throws IOException {
        return Json.read(json, UploadUrl::read);
    }

    private static UploadUrl read(JsonParser json) throws IOException {
        Address address = Address.read(json, "bucketId");
        return new UploadUrl(address.scope(), address.url(), address.token());
    }

    @Override
    public String toString() {
        return "UploadUrl[bucketId=" + bucketId + ", uploadUrl=" + uploadUrl + ", authorizationToken=***]";
    }
}
