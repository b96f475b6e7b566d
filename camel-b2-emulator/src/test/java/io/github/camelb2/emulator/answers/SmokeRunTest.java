// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.answers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.tls.JvmTrust;

import static org.assertj.core.api.Assertions.assertThat;

/** The comparison with B2 is itself tried, against the emulator: it sees everything, keeps no secret, costs little and leaves nothing behind. */
class SmokeRunTest {

    private static B2Emulator emulator;
    private static SmokeRun run;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void run() throws Exception {
        emulator = B2Emulator.start();
        // Keys that last for two seconds end without anybody's waiting.
        Wire.TIME.set(new Wire.Time(Duration.ofMillis(20), () -> emulator.advance(Duration.ofSeconds(3))));
        run = new SmokeRun(emulator.url(), emulator.applicationKeyId(), emulator.applicationKey())
                .run(Duration.ofMillis(100));
        Wire.TIME.remove();
        run.write(directory.resolve("out/seen.json"));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    private static JsonNode samples() throws Exception {
        return new ObjectMapper()
                .readTree(directory.resolve("out/seen.json").toFile())
                .get("samples");
    }

    @Test
    void nothingIsLeftBehind() {
        assertThat(run.failures()).isEmpty();
        assertThat(emulator.state().buckets()).isEmpty();
        assertThat(emulator.state().contentFiles()).isZero();
        assertThat(emulator.state().temporaryFiles()).isZero();
    }

    @Test
    void whatIsKnownIsNoNews() {
        assertThat(run.news()).isEmpty();
    }

    @Test
    void errorsAreRecordedInTheFormOfTheSamples() throws Exception {
        for (String id : new String[] {
            "checksum-mismatch", "delete-locked", "missing-capability", "range-outside", "finish-again", "no-length"
        }) {
            JsonNode seen = find(id);

            assertThat(seen.at("/answers/0/status").intValue()).as(id).isGreaterThanOrEqualTo(400);
            assertThat(seen.at("/answers/0/code").textValue()).as(id).isNotBlank();
            assertThat(seen.at("/answers/0/source").textValue()).startsWith("RealB2SmokeTest");
            assertThat(seen.at("/answers/0/confidence").textValue()).isEqualTo("observed");
        }
        assertThat(samples()).hasSizeGreaterThan(100);
    }

    @Test
    void openQuestionsAreAsked() throws Exception {
        assertThat(find("login-without-header").at("/answers/0/status").intValue())
                .isEqualTo(401);
        assertThat(find("name a%5Cb read again").at("/answers/0/status").intValue())
                .isEqualTo(200);
        assertThat(find("idle-connection-of-a-pod")
                        .at("/answers/0/headers/Server")
                        .textValue())
                .contains("ALPN: none over plain HTTP; connection is kept for longer than 100 ms");
    }

    private static JsonNode find(String id) throws Exception {
        for (JsonNode sample : samples()) {
            if (sample.get("id").textValue().equals(id)) {
                return sample;
            }
        }
        throw new AssertionError("no " + id);
    }

    @Test
    void fileHoldsNoSecrets() throws Exception {
        String text = Files.readString(directory.resolve("out/seen.json"));

        assertThat(text)
                .doesNotContain(emulator.applicationKey(), emulator.applicationKeyId(), "_acct", "_upld", "4_z");
    }

    @Test
    void tokensAsB2MakesThemAreMaskedToTheirEnd() {
        String token = "4_0022623512fc8f80000000001_0186e431_d18d02_acct_tH7VW03boebOXayIc43-sxptpfA=";

        assertThat(new SmokeRun("http://b2", "id", "key").masked("using auth token " + token + " twice"))
                .isEqualTo("using auth token <token> twice");
    }

    @Test
    void situationsAreTheSameOverTlsAsWithB2() throws Exception {
        try (B2Emulator secure = B2Emulator.builder().tls().pods(2).start();
                JvmTrust trust = JvmTrust.in(secure.tls().orElseThrow());
                Scene scene = Scene.login(secure.url(), secure.applicationKeyId(), secure.applicationKey())) {
            assertThat(trust).isNotNull();
            for (String id : new String[] {"checksum-mismatch", "body-broke-off", "no-length", "url-in-use"}) {
                Sample sample = Sample.all().stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst()
                        .orElseThrow();

                assertThat(sample.differences(Situations.get(id).bringAbout(scene, "b2_upload_file")))
                        .as(id)
                        .isEmpty();
            }
            assertThat(OpenQuestions.all(Duration.ofMillis(100))
                            .get("idle-connection-of-a-pod")
                            .bringAbout(scene, "")
                            .headers()
                            .get("Server"))
                    .startsWith("ALPN: none; connection");
        }
    }

    @Test
    void costIsBelowOneCent() {
        assertThat(run.cost()).isBetween(0.0001, 0.01);
    }
}
