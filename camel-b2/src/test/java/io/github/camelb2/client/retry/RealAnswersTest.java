// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the client makes of every error that B2 was seen or is documented to answer, in all wordings: the samples of the emulator's tests, which
 * say where each comes from.
 */
class RealAnswersTest {
    private static final Path SAMPLES = Path.of("../camel-b2-emulator/src/test/resources/b2-answers");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One wording of one error of one call, and what the client should do then. */
    record Seen(String id, String call, JsonNode answer, JsonNode client) {
        @Override
        public String toString() {
            return id + ": " + call + " " + answer.path("status") + " "
                    + answer.path("code").asText() + " "
                    + answer.path("message").asText();
        }
    }

    static List<Seen> errors() {
        List<Seen> errors = new ArrayList<>();
        for (JsonNode sample : samples()) {
            for (JsonNode call : sample.get("calls")) {
                for (JsonNode answer : sample.get("answers")) {
                    // Of some errors nothing was seen but a header.
                    boolean isKnown = answer.has("code") || answer.has("bodyText");
                    if (answer.get("status").intValue() >= 400 && isKnown) {
                        errors.add(new Seen(
                                sample.get("id").textValue(), call.textValue(), answer, sample.path("client")));
                    }
                }
            }
        }
        return errors;
    }

    static List<Seen> errorsThatMayBeEchoes() {
        return errors().stream()
                .filter(error -> error.client().has("afterLostAnswer"))
                .toList();
    }

    private static List<JsonNode> samples() {
        List<JsonNode> samples = new ArrayList<>();
        try (Stream<Path> areas = Files.list(SAMPLES)) {
            for (Path area : areas.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JSON.readTree(area.toFile()).get("samples").forEach(samples::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void errorMeansWhatItSays(Seen error) {
        assertThat(meaning(decode(error, Repeat.SAFE)))
                .isEqualTo(error.client().path("means").asText(meaning(decode(error, Repeat.SAFE))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void firstErrorIsAnsweredAsB2WantsIt(Seen error) {
        JsonNode then = error.client().path("then");

        assertThat(decision(error, Repeat.SAFE, false))
                .isEqualTo(then.isObject() ? then.path(error.call()).asText() : then.asText());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errorsThatMayBeEchoes")
    void errorBehindALostAnswerIsLookedUp(Seen error) {
        assertThat(decision(error, Repeat.LOOK_UP_FIRST, true))
                .isEqualTo(error.client().get("afterLostAnswer").textValue());
    }

    @Test
    void samplesCoverEveryPhase() {
        assertThat(errors()).extracting(error -> phase(error.call())).contains(Phase.API, Phase.UPLOAD, Phase.DOWNLOAD);
        assertThat(errors()).hasSizeGreaterThan(100);
    }

    private static CallContext context(Seen error, Repeat repeat) {
        return new CallContext(
                error.call(),
                "\"a.txt\" in bucket 4a48",
                phase(error.call()),
                Capability.WRITE_FILES,
                repeat,
                TransactionClass.A);
    }

    private static Phase phase(String call) {
        if (call.startsWith("b2_upload_")) {
            return Phase.UPLOAD;
        }
        return call.startsWith("b2_download_") ? Phase.DOWNLOAD : Phase.API;
    }

    private static B2Exception decode(Seen error, Repeat repeat) {
        JsonNode retryAfter = error.answer().at("/headers/Retry-After");
        return new ErrorDecoder(InstantSource.fixed(Failures.NOW))
                .decode(
                        context(error, repeat),
                        error.answer().get("status").intValue(),
                        retryAfter.isMissingNode() ? null : "7",
                        body(error.answer()).getBytes(StandardCharsets.UTF_8));
    }

    /** A text of the samples stands for itself; what is in angle brackets differs from answer to answer, but for pages of HTML. */
    private static String body(JsonNode answer) {
        if (answer.has("bodyText")) {
            return answer.get("bodyText").textValue();
        }
        if (!answer.has("code")) {
            return "";
        }
        ObjectNode body = JSON.createObjectNode();
        body.put("code", answer.get("code").textValue());
        body.put("message", answer.path("message").asText("").replaceAll("<[^>]*>", "4_z27c8"));
        return body.put("status", answer.get("status").intValue()).toString();
    }

    private static String decision(Seen error, Repeat repeat, boolean answerLostBefore) {
        B2Exception failure = decode(error, repeat);
        return switch (RetryTable.decide(new FailedTry(
                        context(error, repeat),
                        failure,
                        1,
                        Map.of(),
                        answerLostBefore,
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(1)))
                .action()) {
            case REPEAT -> "retry";
            case ANOTHER_URL -> "another-url";
            case LOG_IN_AGAIN -> "log-in-again";
            case LOOK_UP, LOOK_UP_ONLY -> "look-up";
            case GIVE_UP -> "give-up";
        };
    }

    private static String meaning(B2Exception failure) {
        return switch (failure.getClass().getSimpleName()) {
            case "B2CapExceededException" -> "cap";
            case "B2ChecksumException" -> "checksum";
            case "B2ConflictException" -> "conflict";
            case "B2NotFoundException" -> "not-found";
            case "B2ThrottledException" -> "throttled";
            case "B2TransportException" -> "transport";
            case "B2UnauthorizedException" -> "unauthorized";
            default -> "refused";
        };
    }
}
