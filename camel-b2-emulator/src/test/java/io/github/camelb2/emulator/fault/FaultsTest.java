// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.fault;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The fault language. */
class FaultsTest {

    private final Faults faults = new Faults();

    @ParameterizedTest
    @CsvSource({
        "b2_upload_part,              XXXXXXXX",
        "b2_upload_part #3,           --X-----",
        "b2_upload_part #3-5,         --XXX---",
        "b2_upload_part #6+,          -----XXX",
        "b2_upload_part every 3,      --X--X--",
        "b2_upload_part 100%,         XXXXXXXX",
        "b2_upload_part 0% seed 7,    --------",
        "b2_upload_part 50% seed 7,   --X--XX-",
        "b2_upload_*,                 XXXXXXXX",
        "*,                           XXXXXXXX",
        "*_part #1,                   X-------",
        "b2_upload_file,              --------",
        "b2_upload,                   --------"
    })
    void ruleStrikesTheRequestsItNames(String rule, String pattern) {
        faults.add(rule + ": status 500");

        String struck = IntStream.range(0, 8)
                .mapToObj(i -> faults.plan("b2_upload_part", null).has(FaultAction.Status.class) ? "X" : "-")
                .collect(Collectors.joining());

        assertThat(struck).isEqualTo(pattern);
        assertThat(faults.fired())
                .isEqualTo(pattern.chars().filter(c -> c == 'X').count());
    }

    @ParameterizedTest
    @CsvSource({
        "file bad.txt,    bad.txt,   true",
        "file bad.txt,    good.txt,  false",
        "file in/*,       in/a/b,    true",
        "file in/*,       out/a,     false",
        "file *.tmp #1,   x.tmp,     true"
    })
    void ruleCanBeLimitedToNames(String selector, String name, boolean strikes) {
        faults.add("b2_upload_file " + selector + ": status 500");

        assertThat(faults.plan("b2_upload_file", name).has(FaultAction.Status.class))
                .isEqualTo(strikes);
        assertThat(faults.plan("b2_upload_file", null).has(FaultAction.Status.class))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
                    status 503                                         | 503 | service_unavailable | WHOLE_BODY | null
                    status 503 retry-after 2                           | 503 | service_unavailable | WHOLE_BODY | 2
                    status 429 too_many_requests retry-after Fri, 21 Nov 2025 22:02:00 GMT | 429 | too_many_requests | WHOLE_BODY | Fri, 21 Nov 2025 22:02:00 GMT
                    status 403 transaction_cap_exceeded                | 403 | transaction_cap_exceeded | WHOLE_BODY | null
                    status 503 bad_request Timed out while iterating   | 503 | bad_request | WHOLE_BODY | null
                    reject 401 expired_auth_token                      | 401 | expired_auth_token | NOTHING | null
                    status 502                                         | 502 | internal_error | WHOLE_BODY | null
                    """)
    void errorIsAnsweredAsWritten(
            String action, int status, String code, FaultAction.Reading reading, String retryAfter) {
        faults.add("* : " + action);

        FaultAction.Status error = faults.plan("b2_list_buckets", null)
                .find(FaultAction.Status.class)
                .orElseThrow();

        assertThat(error.status()).isEqualTo(status);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.reading()).isEqualTo(reading);
        assertThat(error.retryAfter()).isEqualTo(retryAfter);
    }

    @Test
    void messageFollowsTheCode() {
        faults.add("*: status 503 bad_request Timed out while iterating and skipping files");

        assertThat(faults.plan("b2_list_file_names", null).find(FaultAction.Status.class))
                .map(FaultAction.Status::message)
                .contains("Timed out while iterating and skipping files");
    }

    @Test
    void everyActionIsUnderstood() {
        faults.add("""
                a: drop request 10, delay 20ms
                a: drop response 30; a: truncate 40
                a: lose-answer, hang, expire-token, empty-page
                a: delay 2s, rate 50, flip request 60, flip response 70
                """);

        FaultPlan plan = faults.plan("a", null);

        assertThat(plan.find(FaultAction.DropRequest.class)).contains(new FaultAction.DropRequest(10));
        assertThat(plan.find(FaultAction.DropResponse.class)).contains(new FaultAction.DropResponse(30));
        assertThat(plan.find(FaultAction.Truncate.class)).contains(new FaultAction.Truncate(40));
        assertThat(plan.find(FaultAction.Delay.class)).contains(new FaultAction.Delay(Duration.ofMillis(20)));
        assertThat(plan.find(FaultAction.Rate.class)).contains(new FaultAction.Rate(50));
        assertThat(plan.find(FaultAction.FlipRequest.class)).contains(new FaultAction.FlipRequest(60));
        assertThat(plan.find(FaultAction.FlipResponse.class)).contains(new FaultAction.FlipResponse(70));
        assertThat(plan.has(FaultAction.LoseAnswer.class)).isTrue();
        assertThat(plan.has(FaultAction.Hang.class)).isTrue();
        assertThat(plan.has(FaultAction.ExpireToken.class)).isTrue();
        assertThat(plan.has(FaultAction.EmptyPage.class)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2_upload_file",
                "b2_upload_file #x: status 500",
                "b2_upload_file: explode",
                "b2_upload_file: status",
                "b2_upload_file: status 5000",
                "b2_upload_file: delay 3h",
                "b2_upload_file 5: status 500"
            })
    void nonsenseIsQuoted(String script) {
        assertThatThrownBy(() -> faults.add(script))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(script);
        assertThat(faults.plan("b2_upload_file", null)).isSameAs(FaultPlan.NONE);
    }

    @Test
    void clearingEndsRulesAndCounts() {
        faults.add("*: status 500");
        faults.plan("b2_list_buckets", null);

        faults.clear();

        assertThat(faults.plan("b2_list_buckets", null)).isSameAs(FaultPlan.NONE);
        assertThat(faults.fired()).isZero();
    }

    @Test
    @Timeout(10)
    void requestThatBeganBeforeTheClearingHangsNoMore() throws Exception {
        faults.add("*: hang");
        FaultPlan plan = faults.plan("b2_list_buckets", null);

        faults.clear();

        faults.hang(plan);
        assertThat(plan.has(FaultAction.Hang.class)).isTrue();
    }

    @Test
    void firingsAreCountedForEachRule() {
        faults.add("a: status 500\nb: status 503");
        faults.plan("a", null);
        faults.plan("a", null);
        faults.plan("b", null);

        assertThat(faults.fired("a: status 500")).isEqualTo(2);
        assertThat(faults.fired("b: status 503")).isEqualTo(1);
    }
}
