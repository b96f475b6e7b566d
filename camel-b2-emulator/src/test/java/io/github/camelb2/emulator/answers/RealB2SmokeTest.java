// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.answers;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Backblaze B2 answers today, compared with the samples. It costs less than a cent and takes away what it makes; what it sees is written to
 * {@code target/real-b2-answers.json} in the form of the samples, without tokens, ids and keys.
 *
 * <pre>
 * B2_TEST_APPLICATION_KEY_ID=… B2_TEST_APPLICATION_KEY=… mvn test -pl camel-b2-emulator -Dtest=RealB2SmokeTest
 * </pre>
 *
 * The key must be allowed to make buckets, keys and files, and to bypass governance.
 */
class RealB2SmokeTest {

    private static final String KEY_ID = "B2_TEST_APPLICATION_KEY_ID";
    private static final Logger LOG = LoggerFactory.getLogger(RealB2SmokeTest.class);

    @Test
    @EnabledIfEnvironmentVariable(
            named = KEY_ID,
            matches = ".+",
            disabledReason =
                    "needs B2_TEST_APPLICATION_KEY_ID and B2_TEST_APPLICATION_KEY: an account to make buckets in")
    void b2AnswersWhatItWasSeenToAnswer() throws Exception {
        SmokeRun run = new SmokeRun(
                        "https://api.backblazeb2.com", System.getenv(KEY_ID), System.getenv("B2_TEST_APPLICATION_KEY"))
                .run(Duration.ofSeconds(20));

        run.write(Path.of("target", "real-b2-answers.json"));

        assertThat(run.cost()).isLessThan(0.01);
        assertThat(run.failures()).isEmpty();
        assertThat(run.news()).isEmpty();
    }

    /** Nobody believes that it ran when it did not. */
    @Test
    void isSkippedLoudlyWithoutAKey() {
        if (System.getenv(KEY_ID) == null) {
            LOG.warn("SKIPPED: no {}, so the samples were not compared with B2 itself", KEY_ID);
        }
        assertThat(Sample.all()).isNotEmpty();
    }
}
