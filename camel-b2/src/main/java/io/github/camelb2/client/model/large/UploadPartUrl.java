// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.large;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.core.JsonParser;

import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;
import io.github.camelb2.client.model.json.Json;

/**
 * Where to upload parts: good for one upload at a time, for at most 24 hours. {@link #toString()} hides the token.
 *
 * @param fileId the large file that it uploads to
 * @param uploadUrl the address, used as it is
 * @param authorizationToken the token that goes with it, a secret
 */
public record UploadPartUrl(String fileId, String uploadUrl, String authorizationToken) {
    public UploadPartUrl {
        fileId = Copies.orEmpty(fileId);
        uploadUrl = Answers.required("upload URL", "uploadUrl", uploadUrl);
        authorizationToken = Answers.required("upload URL", "authorizationToken", authorizationToken);
    }

    /**
     * Reads an answer.
     *
     * @throws IOException as {@link Json#read} does
     */
    public static UploadPartUrl read(InputStream json) throws IOException {
        return Json.read(json, UploadPartUrl::read);
    }

    private static UploadPartUrl read(JsonParser json) throws IOException {
        Address address = Address.read(json, "fileId");
        return new UploadPartUrl(address.scope(), address.url(), address.token());
    }

    @Override
    public String toString() {
        return "UploadPartUrl[fileId=" + fileId + ", uploadUrl=" + uploadUrl + ", authorizationToken=***]";
    }
}
