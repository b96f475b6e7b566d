// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.report.PlanResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What coordinator and workers write to each other, and what strangers write to them. */
class RunMessageJsonTest {
    private static final RunMessageJson JSON = new RunMessageJson(PlanSigner.of("0123456789abcdef"));
    private static final RunMessage.About ABOUT = new RunMessage.About("photos", "run-1", 7, "options", "a > b");

    static Stream<RunMessage> messages() {
        PathPlan plan = new PathPlan(
                "run-1",
                3,
                "ü/😀",
                new Expected.Newest("4_z"),
                List.of(new SyncAction.Upload("ü/😀", 10, 1_700_000_000_000L), new SyncAction.Hide("ü/😀")),
                List.of());
        return Stream.of(
                new RunMessage.RunStarted(ABOUT),
                new RunMessage.Act(ABOUT, 9, 2, 60_000, 1_800_000_000_000L, 5, plan),
                new RunMessage.ScanEnded(ABOUT),
                new RunMessage.Progress(ABOUT, "host/1/camel", 9, 3, ""),
                new RunMessage.Progress(ABOUT, "host/1/camel", 9, 3, "4_large"),
                new RunMessage.Result(
                        ABOUT,
                        "host/1/camel",
                        9,
                        3,
                        new PlanResult(
                                PlanResult.Outcome.DONE,
                                List.of(new PlanResult.Done(0, "4_id")),
                                "",
                                List.of(new Problem("ü", Problem.Kind.SKIPPED, "line\nbreak")),
                                new Bill(1, 2, 3, 4))),
                new RunMessage.RunEnded(ABOUT));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void eachComesBackAsItWent(RunMessage message) {
        assertThat(JSON.read(JSON.write(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatSomebodyChangedOnTheWayIsRefusedOrChangesNothing(RunMessage message) {
        Random random = new Random(18);
        String text = JSON.write(message);
        for (int i = 0; i < 1_000; i++) {
            readOrRefuse(message, changed(text, random));
        }
    }

    private static String changed(String text, Random random) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + 1 + random.nextInt(30));
        String middle = text.substring(from, to);
        return text.substring(0, from)
                + switch (random.nextInt(6)) {
                    case 0 -> "";
                    case 1 -> middle + middle;
                    case 2 -> String.valueOf((char) random.nextInt(0x10000));
                    case 3 -> String.valueOf(random.nextLong());
                    case 4 ->
                        List.of("null", "{", "]", ",", "\"", "\\u0000", "1e999", "../..")
                                .get(random.nextInt(8));
                    default -> new StringBuilder(middle).reverse().toString();
                }
                + text.substring(to);
    }

    private static void readOrRefuse(RunMessage message, String text) {
        RunMessage read;
        try {
            read = JSON.read(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(1_000);
            return;
        }
        assertThat(read).as(text).isEqualTo(message);
    }

    static Stream<String> garbage() {
        String long20 = "x".repeat(20_000_000);
        return Stream.of(
                "[".repeat(1_000_000),
                "{\"a\":".repeat(1_000_000),
                "9".repeat(1_000_000),
                "{\"version\":" + "9".repeat(900) + "}",
                "{\"version\":2,\"sync\":\"" + long20 + "\"}",
                long20,
                "{\"version\":2,\"sync\":\"s\",\"runId\":\"r\",\"epoch\":1,\"options\":\"\",\"roots\":\"\",\"type\":\""
                        + long20.substring(0, 1_000_000) + "\"}",
                "{\"version\":2,\"sync\":\"s\",\"runId\":\"r\",\"epoch\":1,\"options\":\"\",\"roots\":\"\",\"type\":\"result\","
                        + "\"worker\":\"w\",\"seq\":1,\"planId\":1,\"done\":[],\"reason\":\"\",\"problems\":[],"
                        + "\"bill\":{\"classA\":0,\"classB\":0,\"classC\":0,\"downloadedBytes\":0},\"outcome\":\""
                        + long20.substring(0, 1_000_000) + "\"}");
    }

    /** Nor does it fill the log. */
    @ParameterizedTest
    @MethodSource("garbage")
    void whateverItsSizeIsRefusedInALine(String text) {
        assertThatThrownBy(() -> JSON.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(1_000)
                .doesNotContain("\n");
    }

    @Test
    void anotherKeyIsRefusedWithTheOptionThatIsToBeMended() {
        String forged = new RunMessageJson(PlanSigner.of("not that key at all")).write(new RunMessage.RunEnded(ABOUT));

        assertThatThrownBy(() -> JSON.read(forged)).hasMessageContaining("planKey");
    }
}
