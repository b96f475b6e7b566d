// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.answers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.answers.Situations.Situation;
import io.github.camelb2.emulator.answers.Wire.Answer;
import io.github.camelb2.emulator.answers.Wire.Sent;

import static org.assertj.core.api.Assertions.assertThat;

/** The emulator answers what B2 was seen to answer last, in every situation that it can come to. */
class SamplesTest {

    private static B2Emulator emulator;

    /** Situations that only an emulator comes to on demand. */
    private static final Map<String, Situation> OURS = new TreeMap<>();

    @BeforeAll
    static void start() {
        emulator = B2Emulator.builder().maxBuckets(10_000).start();
        OURS.put("expired-token", (scene, call) -> {
            emulator.expireTokens();
            return scene.call(call, "{'accountId':'" + scene.accountId() + "'}");
        });
        OURS.put("expired-upload-token", (scene, call) -> {
            Sent sent = call.equals("b2_upload_file")
                    ? scene.upload(scene.bucketId(), "a.txt", Scene.TEN_BYTES)
                    : scene.part(scene.start("large.bin"), 1, Scene.TEN_BYTES);
            emulator.expireUploadUrls();
            return Wire.send(sent);
        });
        OURS.put("expired-token-download", (scene, call) -> {
            String fileId = scene.file("a.txt");
            emulator.expireTokens();
            return Wire.send(
                    call.equals("b2_download_file_by_id") ? scene.downloadById(fileId) : scene.download("a.txt"));
        });
        OURS.put("finish-during-finish", (scene, call) -> {
            String fileId = scene.start("slow.bin");
            String sha1s = scene.parts(fileId, new byte[scene.leastPart()], new byte[1]);
            emulator.faults().add("b2_finish_large_file #1: slow-finish 1s");
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> {
                try {
                    return scene.finish(fileId, sha1s).status();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Awaitility.await().until(() -> emulator.faults().fired() == 1);
            Answer second = scene.finish(fileId, sha1s);
            assertThat(first.join()).isEqualTo(200);
            emulator.faults().clear();
            return second;
        });
        OURS.put("info-limit", (scene, call) -> {
            try (B2Emulator old = B2Emulator.builder().defaultEncryption(false).start()) {
                Scene elsewhere = Scene.login(old.url(), old.applicationKeyId(), old.applicationKey());
                return Situations.get("info-limit").bringAbout(elsewhere, call);
            }
        });
        OURS.put("copy-too-large", (scene, call) -> {
            String source = emulator.state()
                    .putUnkept(scene.bucketName(), "huge.bin", 5_000_000_001L)
                    .fileId();
            return scene.call(call, "{'sourceFileId':'" + source + "','fileName':'copy.bin'}");
        });
        OURS.put("vault-closed", (scene, call) -> {
            String fileId = scene.start("bound.bin");
            emulator.faults().add("b2_get_upload_part_url #1: close-vault");
            scene.call("b2_get_upload_part_url", "{'fileId':'" + fileId + "'}");
            emulator.faults().clear();
            // The fault is over, the vault stays closed; a file that is started now has another one.
            assertThat(scene.call(call, "{'fileId':'" + scene.start("free.bin") + "'}")
                            .status())
                    .isEqualTo(200);
            return scene.call(call, "{'fileId':'" + fileId + "'}");
        });
        OURS.put("custom-timestamp", (scene, call) -> {
            try (B2Emulator usual = B2Emulator.builder().customTimestamps(false).start()) {
                Scene elsewhere = Scene.login(usual.url(), usual.applicationKeyId(), usual.applicationKey());
                return call.equals("b2_upload_file")
                        ? Wire.send(elsewhere
                                .upload(elsewhere.bucketId(), "a.txt", Scene.TEN_BYTES)
                                .with("X-Bz-Custom-Upload-Timestamp", "1700000000000"))
                        : elsewhere.call(
                                call,
                                "{'bucketId':'" + elsewhere.bucketId()
                                        + "','fileName':'a.bin','contentType':'text/plain','customUploadTimestamp':1700000000000}");
            }
        });
        OURS.put("too-many-buckets", (scene, call) -> {
            try (B2Emulator full = B2Emulator.builder().maxBuckets(0).start()) {
                Scene elsewhere = Scene.login(full.url(), full.applicationKeyId(), full.applicationKey());
                return elsewhere.call(
                        call,
                        "{'accountId':'" + elsewhere.accountId()
                                + "','bucketName':'one-too-many','bucketType':'allPrivate'}");
            }
        });
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    static List<Arguments> reproduced() {
        List<Arguments> all = new ArrayList<>();
        for (Sample sample : Sample.all()) {
            if (sample.isReproduced()) {
                sample.calls().forEach(call -> all.add(Arguments.of(sample, call)));
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("reproduced")
    void emulatorAnswersAsB2Does(Sample sample, String call) throws IOException {
        Scene scene = Scene.login(emulator.url(), emulator.applicationKeyId(), emulator.applicationKey());

        Answer answer = sample.fault().isEmpty() ? bringAbout(sample, scene, call) : struck(sample, scene, call);

        assertThat(sample.differences(answer)).as(answer.toString()).isEmpty();
    }

    private static Answer bringAbout(Sample sample, Scene scene, String call) throws IOException {
        Situation ours = OURS.get(sample.id());
        return (ours == null ? Situations.get(sample.id()) : ours).bringAbout(scene, call);
    }

    /** Any request of the call, under the fault rule that the sample names. */
    private static Answer struck(Sample sample, Scene scene, String call) throws IOException {
        Sent sent = anyRequest(scene, call);
        emulator.faults().add(call + ": " + sample.fault());
        try {
            return Wire.send(sent);
        } finally {
            emulator.faults().clear();
        }
    }

    private static Sent anyRequest(Scene scene, String call) throws IOException {
        return switch (call) {
            case "b2_authorize_account" -> Scene.loginRequest(scene.realm(), 4, scene.keyId() + ":" + scene.key());
            case "b2_upload_file" -> scene.upload(scene.bucketId(), "a.txt", Scene.TEN_BYTES);
            case "b2_upload_part" -> scene.part(scene.start("l.bin"), 1, Scene.TEN_BYTES);
            case "b2_get_upload_part_url" -> scene.json(call, "{'fileId':'" + scene.start("l.bin") + "'}");
            case "b2_list_buckets" -> scene.json(call, "{'accountId':'" + scene.accountId() + "'}");
            case "b2_download_file_by_id" -> scene.downloadById(scene.file("a.txt"));
            case "b2_get_upload_url" -> scene.json(call, "{'bucketId':'" + scene.bucketId() + "'}");
            case "b2_copy_file" ->
                scene.json(call, "{'sourceFileId':'" + scene.file("a.txt") + "','fileName':'b.txt'}");
            default -> {
                scene.file("a.txt");
                yield call.startsWith("b2_list_file")
                        ? scene.json(call, "{'bucketId':'" + scene.bucketId() + "'}")
                        : scene.download("a.txt");
            }
        };
    }

    @Test
    void everySampleIsToldOnceAndEverySituationHasOne() {
        List<String> ids = Sample.all().stream().map(Sample::id).toList();

        assertThat(ids).doesNotHaveDuplicates();
        Set<String> situations = new TreeSet<>(Situations.ids());
        situations.addAll(OURS.keySet());
        assertThat(ids).containsAll(situations);
    }

    @Test
    void everyAnswerSaysWhereItComesFrom() {
        for (Sample sample : Sample.all()) {
            assertThat(sample.json().get("answers")).isNotEmpty();
            sample.json().get("answers").forEach(answer -> {
                assertThat(answer.path("source").asText()).as(sample.id()).isNotEmpty();
                assertThat(answer.path("confidence").asText())
                        .as(sample.id())
                        .isIn("observed", "tested", "documented", "inferred");
            });
        }
    }
}
