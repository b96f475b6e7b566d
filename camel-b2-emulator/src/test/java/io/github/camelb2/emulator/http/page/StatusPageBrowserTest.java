// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.page;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The page in a real browser, which has the last word on what is markup. */
@Tag("full")
class StatusPageBrowserTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    @TempDir
    private Path directory;

    private static Optional<Path> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String run(String... arguments) throws Exception {
        Optional<Path> browser = browser();
        if (browser.isEmpty()) {
            System.out.println("SKIPPED: no chromium on the PATH; the status page was not tried in a browser");
        }
        assumeTrue(browser.isPresent(), "no chromium on the PATH");
        Path out = directory.resolve("out");
        List<String> command = Stream.concat(
                        Stream.of(
                                browser.orElseThrow().toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--user-data-dir=" + directory.resolve("profile")),
                        Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS))
                    .as("the browser ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    @Test
    void hostileNamesStayTextAndEverythingIsSeen() throws Exception {
        String bucket = B2.createBucket();
        B2.emulator().state().put(bucket, "<script>document.title='taken'</script>", new byte[3]);
        B2.emulator().state().put(bucket, "<img src=x onerror=\"document.title='taken'\">", new byte[3]);
        B2.emulator().state().put(bucket, "\u202Egnp.exe", new byte[3]);
        B2.emulator().state().hide(bucket, "\u202Egnp.exe");
        B2.emulator().faults().add("b2_upload_* 5% seed 7: status 503");

        String dom = run("--dump-dom", B2.emulator().url() + "/");

        assertThat(dom)
                .contains("<title>B2 emulator</title>", bucket, "b2_upload_* 5% seed 7: status 503")
                .contains("&lt;script&gt;document.title='taken'&lt;/script&gt;")
                .doesNotContain("<script", "<img");
    }

    @Test
    void pageIsPainted() throws Exception {
        String bucket = B2.createBucket();
        B2.emulator().state().put(bucket, "reports/2026/january.csv", new byte[12_345]);
        Path picture = directory.resolve("page.png");

        run("--window-size=1200,900", "--screenshot=" + picture, B2.emulator().url() + "/");

        assertThat(Files.size(picture)).isGreaterThan(10_000);
    }
}
