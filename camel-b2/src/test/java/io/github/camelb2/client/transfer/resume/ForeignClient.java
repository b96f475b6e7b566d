// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.call.LargeFileCalls.FinishLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.GetUploadPartUrl;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.large.UploadPartUrl;

import static org.assertj.core.api.Assertions.assertThat;

/** Uploads parts as some other client would: with nothing of ours. */
public final class ForeignClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private ForeignClient() {}

    public static void uploadPart(UploadPartUrl url, int number, byte[] content) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(url.uploadUrl()))
                            .header("Authorization", url.authorizationToken())
                            .header("X-Bz-Part-Number", String.valueOf(number))
                            .header("X-Bz-Content-Sha1", sha1(content))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stores a large file of two parts with that file information, true or not. */
    public static FileVersion storeLarge(
            B2Client client, String bucketId, String name, Map<String, String> info, byte[] content) {
        String id = client.call(StartLargeFile.of(bucketId, name, "text/plain").withFileInfo(info))
                .fileId();
        List<String> sha1s = new ArrayList<>();
        for (int part = 1; part <= 2; part++) {
            byte[] half = Arrays.copyOfRange(content, (part - 1) * content.length / 2, part * content.length / 2);
            uploadPart(client.call(GetUploadPartUrl.of(id)), part, half);
            sha1s.add(sha1(half));
        }
        return client.call(FinishLargeFile.of(id, sha1s));
    }

    /** In 40 hex digits. */
    public static String sha1(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
