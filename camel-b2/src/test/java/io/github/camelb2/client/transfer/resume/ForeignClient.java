package io.github.camelb2.client.transfer.resume;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.camelb2.client.model.UploadPartUrl;

import static org.assertj.core.api.Assertions.assertThat;

/** Uploads parts as some other client would: with nothing of ours. */
public final class ForeignClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private ForeignClient() {}

    public static void uploadPart(UploadPartUrl url, int number, byte[] content) {
        try {
            String sha1 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(url.uploadUrl()))
                            .header("Authorization", url.authorizationToken())
                            .header("X-Bz-Part-Number", String.valueOf(number))
                            .header("X-Bz-Content-Sha1", sha1)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        } catch (IOException | NoSuchAlgorithmException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
