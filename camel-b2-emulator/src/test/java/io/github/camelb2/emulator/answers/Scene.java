// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.answers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelb2.emulator.RawB2;
import io.github.camelb2.emulator.answers.Wire.Answer;
import io.github.camelb2.emulator.answers.Wire.Sent;

/**
 * An account of some B2 service, with what situations need in it: buckets, files, keys. Everything that it made is gone when it is closed. Single
 * quotes in JSON stand for double ones.
 */
final class Scene implements AutoCloseable {

    static final byte[] TEN_BYTES = "0123456789".getBytes(StandardCharsets.UTF_8);

    /** What a call does that cleans up. */
    @FunctionalInterface
    private interface Undo {
        void run() throws IOException;
    }

    private final String realm;
    private final String keyId;
    private final String key;
    private final JsonNode account;
    private final Deque<Undo> undo = new ArrayDeque<>();
    private String bucketId = "";
    private String bucketName = "";

    private Scene(String realm, String keyId, String key, JsonNode account) {
        this.realm = realm;
        this.keyId = keyId;
        this.key = key;
        this.account = account;
    }

    static Scene login(String realm, String keyId, String key) throws IOException {
        Answer answer = Wire.send(loginRequest(realm, 4, keyId + ":" + key));
        if (answer.status() != 200) {
            throw new IOException("cannot log in: " + answer.status() + " " + answer.body());
        }
        return new Scene(realm, keyId, key, answer.json());
    }

    static Sent loginRequest(String realm, int version, String credentials) {
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return Sent.of(
                "GET",
                realm + "/b2api/v" + version + "/b2_authorize_account",
                Map.of("Authorization", "Basic " + basic),
                new byte[0]);
    }

    String realm() {
        return realm;
    }

    String keyId() {
        return keyId;
    }

    String key() {
        return key;
    }

    String accountId() {
        return account.get("accountId").textValue();
    }

    String token() {
        return account.get("authorizationToken").textValue();
    }

    String downloadUrl() {
        return account.at("/apiInfo/storageApi/downloadUrl").textValue();
    }

    int leastPart() {
        return account.at("/apiInfo/storageApi/absoluteMinimumPartSize").intValue();
    }

    String apiUrl(String call) {
        return account.at("/apiInfo/storageApi/apiUrl").textValue() + "/b2api/v4/" + call;
    }

    Sent json(String call, String json) {
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return Sent.of("POST", apiUrl(call), Map.of("Authorization", token()), body);
    }

    Answer call(String call, String json) throws IOException {
        return Wire.send(json(call, json));
    }

    /** The answer of a call that must succeed. */
    Answer done(String call, String json) throws IOException {
        Answer answer = call(call, json);
        if (answer.status() != 200) {
            throw new IOException(call + ": " + answer.status() + " " + answer.body());
        }
        return answer;
    }

    static String newName() {
        return "camel-b2-answers-" + Long.toHexString(new SecureRandom().nextLong());
    }

    /** A private bucket, made when it is first asked for. */
    String bucketId() throws IOException {
        if (bucketId.isEmpty()) {
            bucketName = newName();
            bucketId = makeBucket(bucketName, "").text("bucketId");
        }
        return bucketId;
    }

    String bucketName() throws IOException {
        bucketId();
        return bucketName;
    }

    /** A bucket of its own for one situation; {@code more} are further members. */
    Answer makeBucket(String name, String more) throws IOException {
        Answer made = done(
                "b2_create_bucket",
                "{'accountId':'" + accountId() + "','bucketName':'" + name + "','bucketType':'allPrivate'" + more
                        + "}");
        String id = made.text("bucketId");
        undo.push(() -> deleteBucket(id));
        return made;
    }

    private void deleteBucket(String id) throws IOException {
        for (JsonNode file : done("b2_list_unfinished_large_files", "{'bucketId':'" + id + "'}")
                .json()
                .get("files")) {
            call("b2_cancel_large_file", "{'fileId':'" + file.get("fileId").textValue() + "'}");
        }
        for (JsonNode file : done("b2_list_file_versions", "{'bucketId':'" + id + "','maxFileCount':1000}")
                .json()
                .get("files")) {
            String fileId = file.get("fileId").textValue();
            String name = file.get("fileName").toString();
            call("b2_update_file_legal_hold", "{'fileId':'" + fileId + "','fileName':" + name + ",'legalHold':'off'}");
            done(
                    "b2_delete_file_version",
                    "{'fileId':'" + fileId + "','fileName':" + name + ",'bypassGovernance':true}");
        }
        done("b2_delete_bucket", "{'accountId':'" + accountId() + "','bucketId':'" + id + "'}");
    }

    Sent upload(String toBucket, String encodedName, byte[] bytes) throws IOException {
        Answer url = done("b2_get_upload_url", "{'bucketId':'" + toBucket + "'}");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", url.text("authorizationToken"));
        headers.put("X-Bz-File-Name", encodedName);
        headers.put("Content-Type", "text/plain");
        headers.put("X-Bz-Content-Sha1", RawB2.sha1(bytes));
        return Sent.of("POST", url.text("uploadUrl"), headers, bytes);
    }

    /** The id of a new file of ten bytes. */
    String file(String name) throws IOException {
        return Wire.send(upload(bucketId(), name, TEN_BYTES)).text("fileId");
    }

    String start(String name) throws IOException {
        return done(
                        "b2_start_large_file",
                        "{'bucketId':'" + bucketId() + "','fileName':'" + name + "','contentType':'text/plain'}")
                .text("fileId");
    }

    Sent part(String fileId, int number, byte[] bytes) throws IOException {
        Answer url = done("b2_get_upload_part_url", "{'fileId':'" + fileId + "'}");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", url.text("authorizationToken"));
        headers.put("X-Bz-Part-Number", Integer.toString(number));
        headers.put("X-Bz-Content-Sha1", RawB2.sha1(bytes));
        return Sent.of("POST", url.text("uploadUrl"), headers, bytes);
    }

    /** Uploads parts and returns their SHA-1s as a JSON array. */
    String parts(String fileId, byte[]... contents) throws IOException {
        StringBuilder sha1s = new StringBuilder();
        for (int i = 0; i < contents.length; i++) {
            sha1s.append(i == 0 ? "'" : ",'")
                    .append(Wire.send(part(fileId, i + 1, contents[i])).text("contentSha1"))
                    .append("'");
        }
        return "[" + sha1s + "]";
    }

    Answer finish(String fileId, String sha1s) throws IOException {
        return call("b2_finish_large_file", "{'fileId':'" + fileId + "','partSha1Array':" + sha1s + "}");
    }

    Sent download(String encodedName) throws IOException {
        return Sent.of(
                "GET",
                downloadUrl() + "/file/" + bucketName() + "/" + encodedName,
                Map.of("Authorization", token()),
                new byte[0]);
    }

    Sent downloadById(String fileId) {
        return Sent.of(
                "GET",
                downloadUrl() + "/b2api/v4/b2_download_file_by_id?fileId=" + fileId,
                Map.of("Authorization", token()),
                new byte[0]);
    }

    /** A new key with these rights, as login and as key id. */
    Answer makeKey(String more, String... capabilities) throws IOException {
        return makeKeyFor(3_600, more, capabilities);
    }

    /** A new key that ends after some seconds. */
    Answer makeKeyFor(int seconds, String more, String... capabilities) throws IOException {
        String list =
                List.of(capabilities).stream().map(word -> "'" + word + "'").collect(Collectors.joining(","));
        Answer made = done(
                "b2_create_key",
                "{'accountId':'" + accountId() + "','keyName':'camel-b2-answers','capabilities':[" + list + "],"
                        + "'validDurationInSeconds':" + seconds + more + "}");
        String id = made.text("applicationKeyId");
        // One that has ended may be gone by itself.
        undo.push(() -> call("b2_delete_key", "{'applicationKeyId':'" + id + "'}"));
        return made;
    }

    Scene as(String more, String... capabilities) throws IOException {
        Answer made = makeKey(more, capabilities);
        return login(realm, made.text("applicationKeyId"), made.text("applicationKey"));
    }

    /** The headers of a customer key made of one byte. */
    static Map<String, String> customerKey(int b) {
        byte[] secret = new byte[32];
        java.util.Arrays.fill(secret, (byte) b);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Bz-Server-Side-Encryption-Customer-Algorithm", "AES256");
        headers.put(
                "X-Bz-Server-Side-Encryption-Customer-Key", Base64.getEncoder().encodeToString(secret));
        headers.put(
                "X-Bz-Server-Side-Encryption-Customer-Key-Md5",
                Base64.getEncoder().encodeToString(md5(secret)));
        return headers;
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return java.security.MessageDigest.getInstance("MD5").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String absentId(String likeThis) {
        int f = likeThis.indexOf("_f") + 2;
        return likeThis.substring(0, f)
                + HexFormat.of().toHexDigits(0x1234567890abcdefL).substring(0, 16)
                + likeThis.substring(f + 16);
    }

    /** Takes back what was made, the newest first, all of it even if some of it fails. */
    @Override
    public void close() throws IOException {
        IOException failed = null;
        for (Undo one : undo) {
            try {
                one.run();
            } catch (IOException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        undo.clear();
        if (failed != null) {
            throw failed;
        }
    }
}
