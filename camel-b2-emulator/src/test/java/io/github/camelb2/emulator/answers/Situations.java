// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.answers;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;

import io.github.camelb2.emulator.answers.Wire.Answer;
import io.github.camelb2.emulator.answers.Wire.Sent;

/** How to come to the situations of the samples, against any B2 service: the emulator, and B2 itself. */
final class Situations {

    /** Brings about a situation and returns the answer of the last request. */
    @FunctionalInterface
    interface Situation {
        Answer bringAbout(Scene scene, String call) throws IOException;
    }

    private static final byte[] ONE_BYTE = {'1'};

    private static final Map<String, Situation> BY_ID = new TreeMap<>();

    static {
        transport();
        authorization();
        uploads();
        largeFiles();
        largeFileAnswers();
        downloads();
        files();
        locks();
        buckets();
        notifications();
    }

    private Situations() {}

    static Set<String> ids() {
        return BY_ID.keySet();
    }

    static Situation get(String id) {
        Situation situation = BY_ID.get(id);
        if (situation == null) {
            throw new AssertionError("nothing brings about the situation " + id + ", and its sample does not say why");
        }
        return situation;
    }

    private static void transport() {
        BY_ID.put("json-success", (scene, call) -> scene.call(call, account(scene)));
        BY_ID.put("json-error", (scene, call) -> staleRevision(scene));
        BY_ID.put("bad-request-closes", (scene, call) -> switch (call) {
            case "b2_create_bucket" -> nameTaken(scene);
            case "b2_delete_bucket" -> scene.call(call, account(scene, "'bucketId':'1234567'"));
            default -> scene.call(call, "{'fileId':'bad-id'}");
        });
        BY_ID.put("raw-brackets", (scene, call) -> Wire.send(scene.download("a[1].txt")));
        BY_ID.put("head-refused", (scene, call) -> {
            Sent get = scene.download("absent.txt");
            return Wire.send(Sent.of("HEAD", get.url(), get.headers(), new byte[0]));
        });
        BY_ID.put(
                "get-for-json",
                (scene, call) -> Wire.send(Sent.of(
                        "GET",
                        scene.apiUrl(call)
                                + switch (call) {
                                    case "b2_list_buckets" -> "?accountId=" + scene.accountId();
                                    case "b2_start_large_file" ->
                                        "?bucketId=" + scene.bucketId() + "&fileName=get.bin&contentType=text%2Fplain";
                                    default ->
                                        "?bucketId=" + scene.bucketId() + "&fileNamePrefix=&validDurationInSeconds=60";
                                },
                        Map.of("Authorization", scene.token()),
                        new byte[0])));
        BY_ID.put("upload-method", (scene, call) -> {
            Sent post = scene.upload(scene.bucketId(), "a.txt", ONE_BYTE);
            return Wire.send(Sent.of("GET", post.url(), post.headers(), new byte[0]));
        });
        BY_ID.put(
                "unknown-member",
                (scene, call) ->
                        scene.call(call, account(scene, "'fileId':'" + scene.file("a.txt") + "','fileName':'a.txt'")));
        BY_ID.put("missing-member", (scene, call) -> scene.call(call, "{}"));
        BY_ID.put("wrong-account-id", (scene, call) -> scene.call(call, "{'accountId':'0123456789ab'}"));
    }

    private static void authorization() {
        BY_ID.put("wrong-key", (scene, call) -> {
            String keyId = scene.makeKey("", "listBuckets").text("applicationKeyId");
            return Wire.send(Scene.loginRequest(scene.realm(), 4, keyId + ":K000wrong"));
        });
        BY_ID.put(
                "wrong-master-key",
                (scene, call) -> Wire.send(Scene.loginRequest(scene.realm(), 4, scene.keyId() + ":K000wrong")));
        BY_ID.put(
                "malformed-basic",
                (scene, call) ->
                        Wire.send(Scene.loginRequest(scene.realm(), 4, "x:y").with("Authorization", "Basic %%%")));
        BY_ID.put("key-needs-version-4", (scene, call) -> {
            String two = ",'bucketIds':['" + scene.bucketId() + "','"
                    + scene.makeBucket(Scene.newName(), "").text("bucketId") + "']";
            Answer made = scene.makeKey(two, "listFiles");
            return Wire.send(Scene.loginRequest(
                    scene.realm(), 3, made.text("applicationKeyId") + ":" + made.text("applicationKey")));
        });
        BY_ID.put("expired-token", (scene, call) -> {
            Scene shortLived = shortLived(scene);
            return untilRefused(() -> shortLived.call(call, account(scene)));
        });
        BY_ID.put("expired-upload-token", (scene, call) -> {
            Scene shortLived = shortLived(scene);
            Sent sent = call.equals("b2_upload_file")
                    ? shortLived.upload(scene.bucketId(), "a.txt", ONE_BYTE)
                    : shortLived.part(scene.start("large.bin"), 1, ONE_BYTE);
            return untilRefused(() -> Wire.send(sent));
        });
        BY_ID.put("expired-token-download", (scene, call) -> {
            String fileId = scene.file("a.txt");
            Scene shortLived = shortLived(scene);
            Sent sent = call.equals("b2_download_file_by_id") ? scene.downloadById(fileId) : scene.download("a.txt");
            return untilRefused(() -> Wire.send(sent.with("Authorization", shortLived.token())));
        });
        BY_ID.put("no-authorization", Situations::withoutAuthorization);
        BY_ID.put("missing-capability", (scene, call) -> {
            Scene reader = scene.as("", "listBuckets");
            return call.equals("b2_create_bucket")
                    ? reader.call(
                            call, account(scene, "'bucketName':'" + Scene.newName() + "','bucketType':'allPrivate'"))
                    : reader.call(call, "{'bucketId':'" + scene.bucketId() + "'}");
        });
        BY_ID.put("restricted-key-lists-buckets", (scene, call) -> scene.as(
                        ",'bucketIds':['" + scene.bucketId() + "']", "listBuckets")
                .call(call, account(scene)));
        BY_ID.put("login", (scene, call) -> {
            Answer made = scene.makeKey(",'bucketIds':['" + scene.bucketId() + "']", "listBuckets", "listFiles");
            return Wire.send(Scene.loginRequest(
                    scene.realm(), 4, made.text("applicationKeyId") + ":" + made.text("applicationKey")));
        });
    }

    /** A key of which tokens and URLs end with it. */
    private static Scene shortLived(Scene scene) throws IOException {
        scene.bucketId();
        Answer made = scene.makeKeyFor(2, "", "listBuckets", "readFiles", "writeFiles");
        return Scene.login(scene.realm(), made.text("applicationKeyId"), made.text("applicationKey"));
    }

    /** A request. */
    @FunctionalInterface
    private interface Request {
        Answer send() throws IOException;
    }

    /** The first answer of a request that is 401, within a minute. */
    private static Answer untilRefused(Request request) {
        Wire.Time time = Wire.TIME.get();
        AtomicReference<Answer> last = new AtomicReference<>();
        Awaitility.await()
                .pollInSameThread()
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(time.step())
                .until(() -> {
                    last.set(request.send());
                    time.passing().run();
                    return last.get().status() == 401;
                });
        return last.get();
    }

    private static Answer withoutAuthorization(Scene scene, String call) throws IOException {
        Sent sent =
                switch (call) {
                    case "b2_upload_file" -> scene.upload(scene.bucketId(), "a.txt", ONE_BYTE);
                    case "b2_list_buckets" -> scene.json(call, account(scene));
                    default -> scene.download("absent.txt");
                };
        return Wire.send(sent.without("Authorization"));
    }

    private static void uploads() {
        BY_ID.put(
                "checksum-mismatch",
                (scene, call) -> Wire.send(
                        anyUpload(scene, call).with("X-Bz-Content-Sha1", "00000000000000000000000000000000000000ff")));
        BY_ID.put(
                "malformed-checksum",
                (scene, call) -> Wire.send(anyUpload(scene, call).with("X-Bz-Content-Sha1", "no-sha1")));
        BY_ID.put(
                "no-checksum", (scene, call) -> Wire.send(anyUpload(scene, call).without("X-Bz-Content-Sha1")));
        BY_ID.put("no-length", (scene, call) -> Wire.send(unannounced(anyUpload(scene, call))));
        BY_ID.put(
                "body-broke-off",
                (scene, call) -> Wire.send(anyUpload(scene, call).announcing(100)));
        BY_ID.put(
                "body-too-big",
                (scene, call) -> Wire.send(
                        anyUpload(scene, call).with("Expect", "100-continue").announcing(8_046_431_535L)));
        BY_ID.put("url-in-use", Situations::urlInUse);
        BY_ID.put(
                "forbidden-header",
                (scene, call) -> Wire.send(
                        scene.upload(scene.bucketId(), "a.txt", ONE_BYTE).with("Content-Encoding", "gzip")));
        BY_ID.put(
                "bad-percent-encoding",
                (scene, call) -> Wire.send(scene.upload(scene.bucketId(), "a,b.txt", ONE_BYTE)));
        BY_ID.put(
                "control-character", (scene, call) -> Wire.send(scene.upload(scene.bucketId(), "a%01.txt", ONE_BYTE)));
        BY_ID.put("backslash", (scene, call) -> Wire.send(scene.upload(scene.bucketId(), "a%5Cb.txt", ONE_BYTE)));
        BY_ID.put("slashes", (scene, call) -> Wire.send(scene.upload(scene.bucketId(), "/a//b.txt", ONE_BYTE)));
        BY_ID.put(
                "name-too-long",
                (scene, call) -> Wire.send(scene.upload(scene.bucketId(), "n".repeat(1_025), ONE_BYTE)));
        BY_ID.put("upload-url", (scene, call) -> scene.call(call, "{'bucketId':'" + scene.bucketId() + "'}"));
        BY_ID.put("upload-part-url", (scene, call) -> scene.call(call, "{'fileId':'" + scene.start("l") + "'}"));
        BY_ID.put(
                "info-limit-encrypted",
                (scene, call) -> Wire.send(scene.upload(scene.bucketId(), "a.txt", ONE_BYTE)
                        .with("X-Bz-Server-Side-Encryption", "AES256")
                        .with("X-Bz-Info-long", "x".repeat(3_000))));
        BY_ID.put("info-limit", (scene, call) -> {
            Sent sent = scene.upload(scene.bucketId(), "a.txt", ONE_BYTE);
            for (int i = 0; i < 8; i++) {
                sent = sent.with("X-Bz-Info-long" + i, "x".repeat(900));
            }
            return Wire.send(sent);
        });
    }

    private static Sent anyUpload(Scene scene, String call) throws IOException {
        return call.equals("b2_upload_file")
                ? scene.upload(scene.bucketId(), "a.txt", Scene.TEN_BYTES)
                : scene.part(scene.start("large.bin"), 1, Scene.TEN_BYTES);
    }

    private static Sent unannounced(Sent sent) {
        return new Sent(sent.method(), sent.url(), sent.headers(), new byte[0], -1);
    }

    private static Answer urlInUse(Scene scene, String call) throws IOException {
        byte[] half = Arrays.copyOf(Scene.TEN_BYTES, 5);
        AtomicReference<Answer> second = new AtomicReference<>();
        // The first upload has sent half of its content when the second comes. It may be looked at after that, which
        // then is done, or during it, and then it is refused itself: so each second one has a first one of its own, and
        // both a URL that no broken upload has ended.
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            Sent sent = anyUpload(scene, call);
            try (Socket first =
                    Wire.begin(new Sent(sent.method(), sent.url(), sent.headers(), half, Scene.TEN_BYTES.length))) {
                second.set(Wire.send(sent));
                if (second.get().status() == 200) {
                    return false;
                }
                first.getOutputStream().write(Scene.TEN_BYTES, 5, 5);
                first.getOutputStream().flush();
                Wire.read(first.getInputStream(), "POST");
                return true;
            } catch (SocketTimeoutException late) {
                // A busy machine: another connection is tried.
                return false;
            }
        });
        return second.get();
    }

    private static void largeFiles() {
        BY_ID.put("one-part", (scene, call) -> {
            String fileId = scene.start("one.bin");
            return scene.finish(fileId, scene.parts(fileId, ONE_BYTE));
        });
        BY_ID.put("small-part", (scene, call) -> {
            String fileId = scene.start("small.bin");
            return scene.finish(fileId, scene.parts(fileId, ONE_BYTE, ONE_BYTE));
        });
        BY_ID.put("missing-part", (scene, call) -> {
            String fileId = scene.start("missing.bin");
            String sha1s = scene.parts(fileId, ONE_BYTE);
            return scene.finish(fileId, sha1s.replace("]", "," + sha1s.substring(1)));
        });
        BY_ID.put("part-mismatch", (scene, call) -> {
            String fileId = scene.start("mismatch.bin");
            String sha1s = scene.parts(fileId, new byte[scene.leastPart()], ONE_BYTE);
            return scene.finish(fileId, sha1s.replaceFirst("'[0-9a-f]", "'" + (sha1s.charAt(2) == '0' ? '1' : '0')));
        });
        BY_ID.put("finish-again", (scene, call) -> {
            String fileId = scene.start("again.bin");
            String sha1s = scene.parts(fileId, new byte[scene.leastPart()], ONE_BYTE);
            scene.finish(fileId, sha1s);
            return call.equals("b2_finish_large_file")
                    ? scene.finish(fileId, sha1s)
                    : scene.call(call, "{'fileId':'" + fileId + "'}");
        });
        BY_ID.put("finish-during-finish", BY_ID.get("finish-again"));
        BY_ID.put("info-of-unfinished", (scene, call) -> scene.call(call, "{'fileId':'" + scene.start("u.bin") + "'}"));
        BY_ID.put("malformed-id-cancel", (scene, call) -> scene.call(call, "{'fileId':'bad-id'}"));
        BY_ID.put("malformed-id-info", (scene, call) -> scene.call(call, "{'fileId':'bad-id'}"));
        BY_ID.put("same-part-twice", (scene, call) -> {
            String fileId = scene.start("twice.bin");
            Wire.send(scene.part(fileId, 1, ONE_BYTE));
            return Wire.send(scene.part(fileId, 1, Scene.TEN_BYTES));
        });
        BY_ID.put("part-number-0", (scene, call) -> {
            Wire.send(scene.part(scene.start("many.bin"), 10_001, ONE_BYTE));
            return Wire.send(scene.part(scene.start("none.bin"), 0, ONE_BYTE));
        });
    }

    private static void largeFileAnswers() {
        BY_ID.put("finished", (scene, call) -> {
            String fileId = scene.start("whole.bin");
            return scene.finish(fileId, scene.parts(fileId, new byte[scene.leastPart()], ONE_BYTE));
        });
        BY_ID.put("uploaded-part", (scene, call) -> Wire.send(scene.part(scene.start("p.bin"), 1, ONE_BYTE)));
        BY_ID.put(
                "copied-part",
                (scene, call) -> scene.call(
                        call,
                        "{'sourceFileId':'" + scene.file("s.txt") + "','largeFileId':'" + scene.start("c.bin")
                                + "','partNumber':1}"));
        BY_ID.put("listed-parts", (scene, call) -> {
            String fileId = scene.start("listed.bin");
            scene.parts(fileId, ONE_BYTE);
            Answer listed = scene.call(call, "{'fileId':'" + fileId + "'}");
            long time = listed.json().at("/parts/0/uploadTimestamp").longValue();
            if (time == 0 || time % 1_000 != 0) {
                throw new AssertionError("uploadTimestamp of a listed part is " + time);
            }
            return listed;
        });
        BY_ID.put("listed-unfinished", (scene, call) -> {
            scene.start("unfinished.bin");
            return scene.call(call, "{'bucketId':'" + scene.bucketId() + "'}");
        });
        BY_ID.put("copy-range-outside", (scene, call) -> {
            String source = "{'sourceFileId':'" + scene.file("s.txt") + "','range':'bytes=100-200',";
            return call.equals("b2_copy_file")
                    ? scene.call(call, source + "'fileName':'copy.txt'}")
                    : scene.call(call, source + "'largeFileId':'" + scene.start("c.bin") + "','partNumber':1}");
        });
        BY_ID.put(
                "copied-file",
                (scene, call) ->
                        scene.call(call, "{'sourceFileId':'" + scene.file("s.txt") + "','fileName':'copy.txt'}"));
        BY_ID.put(
                "copy-without-customer-key",
                (scene, call) ->
                        scene.call(call, "{'sourceFileId':'" + secretFile(scene) + "','fileName':'copy.txt'}"));
    }

    private static String secretFile(Scene scene) throws IOException {
        Sent sent = scene.upload(scene.bucketId(), "secret.txt", Scene.TEN_BYTES);
        for (Map.Entry<String, String> header : Scene.customerKey(1).entrySet()) {
            sent = sent.with(header.getKey(), header.getValue());
        }
        return Wire.send(sent).text("fileId");
    }

    private static void downloads() {
        BY_ID.put("range-from-0", (scene, call) -> range(scene, "bytes=0-"));
        BY_ID.put("range", (scene, call) -> range(scene, "bytes=5-8"));
        BY_ID.put("range-outside", (scene, call) -> range(scene, "bytes=100-200"));
        BY_ID.put("download-by-post", (scene, call) -> {
            String json = "{\"fileId\":\"" + scene.file("post.txt") + "\"}";
            return Wire.send(Sent.of(
                    "POST",
                    scene.downloadUrl() + "/b2api/v4/" + call,
                    Map.of("Authorization", scene.token()),
                    json.getBytes(StandardCharsets.UTF_8)));
        });
        BY_ID.put("download-headers", (scene, call) -> {
            scene.file("d.txt");
            return Wire.send(scene.download("d.txt"));
        });
        BY_ID.put("no-such-name", (scene, call) -> Wire.send(scene.download("absent.txt")));
        BY_ID.put("no-such-id", (scene, call) -> Wire.send(scene.downloadById(Scene.absentId(scene.file("a.txt")))));
        BY_ID.put("no-customer-key", (scene, call) -> Wire.send(secretDownload(scene, call)));
        BY_ID.put("wrong-customer-key", (scene, call) -> {
            Sent sent = secretDownload(scene, call);
            for (Map.Entry<String, String> header : Scene.customerKey(2).entrySet()) {
                sent = sent.with(header.getKey(), header.getValue());
            }
            return Wire.send(sent);
        });
        BY_ID.put("download-not-allowed", (scene, call) -> {
            scene.file("d.txt");
            String token = scene.done(
                            "b2_get_download_authorization",
                            "{'bucketId':'" + scene.bucketId() + "','fileNamePrefix':'x/','validDurationInSeconds':60}")
                    .text("authorizationToken");
            return Wire.send(scene.download("d.txt").with("Authorization", token));
        });
    }

    private static Sent secretDownload(Scene scene, String call) throws IOException {
        String fileId = secretFile(scene);
        return call.equals("b2_download_file_by_id") ? scene.downloadById(fileId) : scene.download("secret.txt");
    }

    private static Answer range(Scene scene, String range) throws IOException {
        scene.file("range.txt");
        return Wire.send(scene.download("range.txt").with("Range", range));
    }

    private static void files() {
        BY_ID.put(
                "delete-absent",
                (scene, call) -> scene.call(
                        call, "{'fileName':'a.txt','fileId':'" + Scene.absentId(scene.file("a.txt")) + "'}"));
        BY_ID.put(
                "hide-absent",
                (scene, call) -> scene.call(call, "{'bucketId':'" + scene.bucketId() + "','fileName':'absent.txt'}"));
        BY_ID.put("hide-hidden", (scene, call) -> {
            hide(scene);
            return scene.call(call, "{'bucketId':'" + scene.bucketId() + "','fileName':'hidden.txt'}");
        });
        BY_ID.put("hide-marker", (scene, call) -> hide(scene));
        BY_ID.put(
                "info-absent",
                (scene, call) -> scene.call(call, "{'fileId':'" + Scene.absentId(scene.file("a.txt")) + "'}"));
        BY_ID.put("list-bad-bucket", (scene, call) -> scene.call(call, "{'bucketId':'no-bucket-id'}"));
        BY_ID.put(
                "list-count",
                (scene, call) -> scene.call(call, "{'bucketId':'" + scene.bucketId() + "','maxFileCount':10001}"));
    }

    private static Answer hide(Scene scene) throws IOException {
        scene.file("hidden.txt");
        return scene.call("b2_hide_file", "{'bucketId':'" + scene.bucketId() + "','fileName':'hidden.txt'}");
    }

    private static void locks() {
        BY_ID.put("delete-locked", (scene, call) -> scene.call(call, lockedFile(scene) + "}"));
        BY_ID.put("delete-bypass-without-right", (scene, call) -> scene.as("", "deleteFiles")
                .call(call, lockedFile(scene) + ",'bypassGovernance':true}"));
        BY_ID.put("shorten-retention", (scene, call) -> scene.call(call, lockedFile(scene) + retention(1) + "}"));
        BY_ID.put("retention-without-right", (scene, call) -> scene.as("", "readFiles", "writeFiles")
                .call(call, lockedFile(scene) + retention(3) + "}"));
        BY_ID.put("retention-updated", (scene, call) -> scene.call(call, lockedFile(scene) + retention(3) + "}"));
        BY_ID.put("legal-hold-updated", (scene, call) -> scene.call(call, lockedFile(scene) + ",'legalHold':'on'}"));
        BY_ID.put("lock-without-lock", (scene, call) -> {
            String file = "{'fileName':'a.txt','fileId':'" + scene.file("a.txt") + "'";
            return switch (call) {
                case "b2_upload_file" -> Wire.send(retained(scene.upload(scene.bucketId(), "l.txt", ONE_BYTE), 1));
                case "b2_update_file_retention" -> scene.call(call, file + retention(1) + "}");
                case "b2_update_file_legal_hold" -> scene.call(call, file + ",'legalHold':'on'}");
                default ->
                    scene.call(
                            call,
                            account(
                                    scene,
                                    "'bucketId':'" + scene.bucketId()
                                            + "','defaultRetention':{'mode':'governance','period':{'duration':1,'unit':'days'}}"));
            };
        });
        BY_ID.put(
                "retention-in-past",
                (scene, call) -> call.equals("b2_upload_file")
                        ? Wire.send(retained(scene.upload(lockBucket(scene), "l.txt", ONE_BYTE), -1))
                        : scene.call(call, lockedFile(scene) + retention(-1) + "}"));
        BY_ID.put("retention-upload-without-right", (scene, call) -> {
            String bucketId = lockBucket(scene);
            return Wire.send(retained(scene.as("", "writeFiles").upload(bucketId, "l.txt", ONE_BYTE), 1));
        });
        BY_ID.put(
                "lock-off",
                (scene, call) -> scene.call(
                        call, account(scene, "'bucketId':'" + lockBucket(scene) + "','fileLockEnabled':false")));
        BY_ID.put("lock-on-replicating", Situations::lockReplicating);
    }

    private static Answer lockReplicating(Scene scene, String call) throws IOException {
        String target = scene.makeBucket(Scene.newName(), "").text("bucketId");
        String keyId = scene.makeKey("", "readFiles").text("applicationKeyId");
        String source = account(
                scene,
                "'bucketId':'" + scene.bucketId() + "','replicationConfiguration':{'asReplicationSource':{"
                        + "'sourceApplicationKeyId':'" + keyId
                        + "','replicationRules':[{'replicationRuleName':'all-of-it',"
                        + "'destinationBucketId':'" + target + "','fileNamePrefix':'','includeExistingFiles':false,"
                        + "'isEnabled':true,'priority':1}]},'asReplicationDestination':null}");
        scene.done(call, source);
        return scene.call(call, account(scene, "'bucketId':'" + scene.bucketId() + "','fileLockEnabled':true"));
    }

    private static String lockBucket(Scene scene) throws IOException {
        return scene.makeBucket(Scene.newName(), ",'fileLockEnabled':true").text("bucketId");
    }

    /** The beginning of the JSON that names a file which is locked for two days. */
    private static String lockedFile(Scene scene) throws IOException {
        String fileId = Wire.send(retained(scene.upload(lockBucket(scene), "l.txt", ONE_BYTE), 2))
                .text("fileId");
        return "{'fileName':'l.txt','fileId':'" + fileId + "'";
    }

    private static Sent retained(Sent upload, int days) {
        return upload.with("X-Bz-File-Retention-Mode", "governance")
                .with("X-Bz-File-Retention-Retain-Until-Timestamp", Long.toString(inDays(days)));
    }

    private static String retention(int days) {
        return ",'fileRetention':{'mode':'governance','retainUntilTimestamp':" + inDays(days) + "}";
    }

    private static long inDays(int days) {
        return Instant.now().plus(days, ChronoUnit.DAYS).toEpochMilli();
    }

    private static void buckets() {
        BY_ID.put("bucket-name-taken", (scene, call) -> nameTaken(scene));
        BY_ID.put("bucket-id-unknown", (scene, call) -> scene.call(call, account(scene, "'bucketId':'1234567'")));
        BY_ID.put("stale-revision", (scene, call) -> staleRevision(scene));
        BY_ID.put("bucket-not-empty", (scene, call) -> {
            scene.file("a.txt");
            return scene.call(call, account(scene, "'bucketId':'" + scene.bucketId() + "'"));
        });
        BY_ID.put("bucket-made", (scene, call) -> scene.makeBucket(Scene.newName(), ""));
        BY_ID.put("encryption-none", (scene, call) -> switch (call) {
            case "b2_create_bucket" ->
                scene.call(
                        call,
                        account(
                                scene,
                                "'bucketName':'" + Scene.newName()
                                        + "','bucketType':'allPrivate','defaultServerSideEncryption':{'mode':'none'}"));
            case "b2_start_large_file" ->
                scene.call(
                        call,
                        "{'bucketId':'" + scene.bucketId()
                                + "','fileName':'e.bin','contentType':'text/plain','serverSideEncryption':{'mode':'none'}}");
            default ->
                scene.call(
                        call,
                        "{'sourceFileId':'" + scene.file("s.txt")
                                + "','fileName':'e.txt','destinationServerSideEncryption':{'mode':'none'}}");
        });
        BY_ID.put("encryption-reset", (scene, call) -> {
            Answer reset = scene.call(
                    call,
                    account(
                            scene,
                            "'bucketId':'" + scene.bucketId() + "','defaultServerSideEncryption':{'mode':null}"));
            String mode = reset.text("defaultServerSideEncryption.value.mode");
            if (!mode.equals("SSE-B2")) {
                throw new AssertionError("reset to " + mode);
            }
            return reset;
        });
    }

    private static Answer nameTaken(Scene scene) throws IOException {
        return scene.call(
                "b2_create_bucket",
                account(scene, "'bucketName':'" + scene.bucketName() + "','bucketType':'allPrivate'"));
    }

    private static Answer staleRevision(Scene scene) throws IOException {
        return scene.call(
                "b2_update_bucket",
                account(scene, "'bucketId':'" + scene.bucketId() + "','bucketInfo':{},'ifRevisionIs':1"));
    }

    private static void notifications() {
        BY_ID.put("rule", (scene, call) -> {
            Answer set = setRules(scene, rule("first-rule", ""));
            return call.equals("b2_set_bucket_notification_rules")
                    ? set
                    : scene.call(call, "{'bucketId':'" + scene.bucketId() + "'}");
        });
        BY_ID.put(
                "rule-overlap",
                (scene, call) ->
                        setRules(scene, rule("first-rule", "images") + "," + rule("second-rule", "images/raw")));
    }

    private static String rule(String name, String prefix) {
        return "{'name':'" + name + "','eventTypes':['b2:ObjectDeleted:*','b2:ObjectCreated:*'],'isEnabled':false,"
                + "'objectNamePrefix':'" + prefix + "','targetConfiguration':{'targetType':'webhook',"
                + "'url':'https://example.com/webhook'}}";
    }

    private static Answer setRules(Scene scene, String rules) throws IOException {
        return scene.call(
                "b2_set_bucket_notification_rules",
                "{'bucketId':'" + scene.bucketId() + "','eventNotificationRules':[" + rules + "]}");
    }

    private static String account(Scene scene) {
        return "{'accountId':'" + scene.accountId() + "'}";
    }

    private static String account(Scene scene, String members) {
        return "{'accountId':'" + scene.accountId() + "'," + members + "}";
    }
}
