// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two JVMs with 16 threads each share one login whose token expires again and again. */
class LoginHammerTest {
    private static final Logger LOG = LoggerFactory.getLogger(LoginHammerTest.class);
    private static final int JVMS = 2;
    private static final Duration TIME = Duration.ofSeconds(Boolean.getBoolean("soak") ? 30 : 2);
    private static final int CALLS_PER_TOKEN = 6 * JVMS * 16;
    private static final int FEWEST_EXPIRIES = 2;

    @TempDir
    Path directory;

    private final List<Child> children = new ArrayList<>();
    private B2Emulator b2;

    @BeforeEach
    void startEmulator() {
        b2 = B2Emulator.start();
        b2.state().createBucket("photos");
    }

    @AfterEach
    void stopAll() {
        children.forEach(child -> child.process.destroyForcibly());
        b2.close();
    }

    @Test
    void oneAccountFileServesTwoJvms() throws Exception {
        hammer("sqlite:" + directory.resolve("account_info"));

        assertThat(directory.resolve("account_info-wal")).doesNotExist();
        assertThat(directory.resolve("account_info-journal")).doesNotExist();
    }

    @Test
    void onePostgresServesTwoJvms() throws Exception {
        hammer(Databases.postgresUrl() + "&ApplicationName=hammer");
    }

    private void hammer(String store) throws Exception {
        for (int jvm = 0; jvm < JVMS; jvm++) {
            children.add(
                    Child.start(directory, "jvm" + jvm, store, b2.url(), b2.applicationKeyId(), b2.applicationKey()));
        }
        for (Child child : children) {
            assertThat(child.answer()).isEqualTo("ready");
        }
        for (Child child : children) {
            child.tell("go");
        }

        int expiries = expireTokensForAWhile();
        long saved = 0;
        for (Child child : children) {
            child.tell("stop");
        }
        for (Child child : children) {
            saved += child.saved();
        }

        AccountInfoRepository repository = LoginHammer.open(store);
        long authorizations = b2.count("b2_authorize_account");
        LOG.warn(
                "{}: {} buckets saved, {} calls, {} expiries, {} authorizations",
                store.replaceAll(":.*", ""),
                saved,
                b2.count("b2_list_buckets"),
                expiries,
                authorizations);
        assertThat(saved).isGreaterThan(JVMS * 16);
        assertThat(repository.buckets()).as("no update is lost").hasSize((int) saved);
        assertThat(repository.find()).isPresent();
        // The first login counts as an expiry: there was no token before it.
        assertThat(authorizations).isBetween(expiries / 2L, (expiries + 1L) * JVMS);
    }

    /**
     * Expires the token as soon as every thread has had a chance to use it. A refused token costs each a call or two,
     * and a client gives a call up whose new tokens are refused time after time.
     */
    private int expireTokensForAWhile() {
        int expiries = 0;
        Instant end = Instant.now().plus(TIME);
        for (; allRun() && (expiries < FEWEST_EXPIRIES || Instant.now().isBefore(end)); expiries++) {
            long calls = b2.count("b2_list_buckets");
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> b2.count("b2_list_buckets") >= calls + CALLS_PER_TOKEN || !allRun());
            b2.expireTokens();
        }
        return expiries;
    }

    private boolean allRun() {
        return children.stream().allMatch(child -> child.process.isAlive());
    }

    /** A JVM that runs {@link LoginHammer}. */
    private record Child(Process process, BufferedReader output, Path errors) {
        static Child start(Path directory, String name, String... arguments) throws IOException {
            Path errors = directory.resolve(name + ".log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    // It lives for seconds: what it would spend on compiling well, its sibling would wait for.
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    LoginHammer.class.getName(),
                    name));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            return new Child(process, process.inputReader(), errors);
        }

        void tell(String line) throws IOException {
            process.outputWriter().write(line + "\n");
            process.outputWriter().flush();
        }

        /** The next line that is not a log line. */
        String answer() throws Exception {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals("ready") || line.startsWith("saved ")) {
                    return line;
                }
            }
            // It closes its output before it says why it ends.
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            throw new AssertionError("the JVM failed: " + Files.readString(errors));
        }

        long saved() throws Exception {
            String line = answer();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
            return Long.parseLong(line.substring("saved ".length()));
        }
    }
}
