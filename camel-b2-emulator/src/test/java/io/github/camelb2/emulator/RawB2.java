// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The least B2 client that a test can do with: it sends what it is told to and shows what comes back. */
public final class RawB2 {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient PLAIN =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;
    private final JsonNode account;

    private RawB2(String url, String keyId, String key, int version) throws IOException, InterruptedException {
        this.url = url;
        Answer answer = authorize(url, keyId, key, version);
        if (answer.status() != 200) {
            throw new IOException("cannot authorize: " + answer.json());
        }
        this.account = answer.json();
    }

    /** What came back; a page of HTML is a text. */
    public record Answer(int status, JsonNode json, java.net.http.HttpHeaders headers) {

        public String code() {
            return json.path("code").asText();
        }

        public String message() {
            return json.path("message").asText();
        }

        /** A member that must be there. */
        public String text(String member) {
            if (!json.hasNonNull(member)) {
                throw new AssertionError("no " + member + " in " + status + " " + json);
            }
            return json.get(member).asText();
        }
    }

    public static RawB2 login(B2Emulator emulator) throws IOException, InterruptedException {
        return new RawB2(emulator.url(), emulator.applicationKeyId(), emulator.applicationKey(), 4);
    }

    public static RawB2 login(String url, String keyId, String key) throws IOException, InterruptedException {
        return new RawB2(url, keyId, key, 4);
    }

    public static RawB2 login(String url, String keyId, String key, int version)
            throws IOException, InterruptedException {
        return new RawB2(url, keyId, key, version);
    }

    public static Answer authorize(String url, String keyId, String key, int version)
            throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((keyId + ":" + key).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/b2api/v" + version + "/b2_authorize_account"))
                .header("Authorization", "Basic " + basic)
                .build();
        return answer(send(request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    public JsonNode account() {
        return account;
    }

    public String accountId() {
        return account.get("accountId").textValue();
    }

    public String token() {
        return account.get("authorizationToken").textValue();
    }

    /** Calls version 4. */
    public Answer call(String name, String json) throws IOException, InterruptedException {
        return call(4, name, json);
    }

    /** Calls some version; single quotes in the JSON stand for double ones. */
    public Answer call(int version, String name, String json) throws IOException, InterruptedException {
        return post(url + "/b2api/v" + version + "/" + name, Map.of("Authorization", token()), json.replace('\'', '"'));
    }

    public Answer post(String to, Map<String, String> headers, String body) throws IOException, InterruptedException {
        return post(to, headers, HttpRequest.BodyPublishers.ofString(body));
    }

    public Answer post(String to, Map<String, String> headers, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to)).POST(body);
        headers.forEach(request::header);
        return answer(send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    /** A private bucket; returns its id. */
    public String createBucket(String name) throws IOException, InterruptedException {
        ObjectNode request = JSON.createObjectNode();
        request.put("accountId", accountId()).put("bucketName", name).put("bucketType", "allPrivate");
        return call("b2_create_bucket", request.toString()).text("bucketId");
    }

    public Answer upload(String bucketId, String encodedName, byte[] bytes) throws IOException, InterruptedException {
        return upload(bucketId, encodedName, bytes, Map.of());
    }

    public Answer upload(String bucketId, String encodedName, byte[] bytes, Map<String, String> more)
            throws IOException, InterruptedException {
        Answer ticket = call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        return uploadTo(ticket, encodedName, bytes, more);
    }

    public Answer uploadTo(Answer ticket, String encodedName, byte[] bytes, Map<String, String> more)
            throws IOException, InterruptedException {
        Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Authorization", ticket.text("authorizationToken"));
        headers.put("X-Bz-File-Name", encodedName);
        headers.put("Content-Type", "b2/x-auto");
        headers.put("X-Bz-Content-Sha1", sha1(bytes));
        headers.putAll(more);
        return post(ticket.text("uploadUrl"), headers, HttpRequest.BodyPublishers.ofByteArray(bytes));
    }

    public Answer uploadPart(String fileId, int number, byte[] bytes) throws IOException, InterruptedException {
        return uploadPart(fileId, number, bytes, Map.of());
    }

    public Answer uploadPart(String fileId, int number, byte[] bytes, Map<String, String> more)
            throws IOException, InterruptedException {
        Answer ticket = call("b2_get_upload_part_url", "{'fileId':'" + fileId + "'}");
        Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Authorization", ticket.text("authorizationToken"));
        headers.put("X-Bz-Part-Number", Integer.toString(number));
        headers.put("X-Bz-Content-Sha1", sha1(bytes));
        headers.putAll(more);
        return post(ticket.text("uploadUrl"), headers, HttpRequest.BodyPublishers.ofByteArray(bytes));
    }

    /** Downloads from a raw path, with the account token. */
    public HttpResponse<byte[]> get(String rawPath, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send("GET", rawPath, headers, HttpResponse.BodyHandlers.ofByteArray());
    }

    public <T> HttpResponse<T> send(
            String method, String rawPath, Map<String, String> headers, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + rawPath)).method(method, HttpRequest.BodyPublishers.noBody());
        if (!headers.containsKey("Authorization")) {
            request.header("Authorization", token());
        }
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        return send(request.build(), handler);
    }

    /** Over TLS a client of its own trusts whom the JVM trusts now. */
    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpClient client = request.uri().getScheme().equals("http")
                ? PLAIN
                : HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return client.send(request, handler);
    }

    public static Answer answer(HttpResponse<byte[]> response) throws IOException {
        JsonNode json = JSON.createObjectNode();
        if (response.body().length > 0) {
            boolean isPage =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
            json = isPage
                    ? JSON.getNodeFactory().textNode(new String(response.body(), StandardCharsets.UTF_8))
                    : JSON.readTree(response.body());
        }
        return new Answer(response.statusCode(), json, response.headers());
    }

    public static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
