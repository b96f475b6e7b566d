// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A real start of Camel Main prints its configuration: no secret is in it, nor in what it says when it fails. */
class MainStartTest {
    private static final String CUSTOMER_KEY = OperationStage.CUSTOMER_KEY;

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    @TempDir
    private Path directory;

    private final Properties properties = new Properties();
    private final List<String> shown = new ArrayList<>();
    private CapturedLogs logs;

    @BeforeEach
    void capture() {
        logs = CapturedLogs.open();
    }

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void theSummaryOfAStartShowsNoSecret() throws Exception {
        String bucket = B2.createBucket();
        Main main = main("direct:in", "b2:" + bucket + "?fileName=a.txt");
        properties.setProperty("camel.component.b2.serverSideEncryption", "SSE-C");
        properties.setProperty("camel.component.b2.customer-key", CUSTOMER_KEY);
        properties.setProperty("camel.component.b2.notification-secret", OperationStage.WEBHOOK_SECRET);
        properties.setProperty("camel.main.additional-sensitive-keywords", "ofTheUser");

        start(main);

        assertThat(lines()).anyMatch(line -> line.contains("camel.component.b2.applicationKey = xxxxxx"));
        assertThat(lines()).anyMatch(line -> line.contains("camel.component.b2.realm = "));
        assertThat(B2.emulator().state().names(bucket)).containsExactly("a.txt");
        assertThat(leaks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2:x?applicationKey=RAW(%s)&maxConcurrency=many",
                "b2:x?applicationKey=RAW{%s&more}&maxConcurrency=0",
                "b2:x?application-key=RAW(%s)&bucketType=wrong",
                "b2:x?applicationKey=RAW(%s)&applicationKeyId=1&unknown=1",
                "b2:x?customerKey=RAW(%s)&serverSideEncryption=SSE-C",
                "b2:x?aplicationKey=RAW(%s)",
                "b2:x?application_key=%s",
                "b2:x?appKey=RAW{%s&more}",
                "b2:x?notificationSecert=%s",
                "b2:x?downloadAuthorisation=%s&downloadUrl=http://localhost:1",
                "b2:x?applicationKey=RAW(%s)&applicationKeyId=1&delay=soon",
                "b2:x?applicationKey=RAW{a)b%s&c)d}&applicationKeyId=1&maxConcurrency=0",
            })
    void anEndpointThatFailsShowsNoSecret(String uri) throws Exception {
        start(main("direct:in", String.format(uri, B2.emulator().applicationKey())));

        assertThat(shown).isNotEmpty();
        assertThat(leaks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "retryTimeout=abc",
                "retry-timeout=1mX",
                "minAge=1D",
                "configuration.retryTimeout=1w",
                "maxConcurrency=4.5",
            })
    void aTimeOfTheComponentThatIsNoneIsRefused(String property) throws Exception {
        Main main = main("direct:in", "b2:x?fileName=a.txt");
        String[] option = property.split("=", 2);
        properties.setProperty("camel.component.b2." + option[0], option[1]);

        start(main);

        assertThat(shown).anyMatch(text -> text.contains("=" + option[1] + " cannot be: write "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aplicationKey",
                "aplication-key",
                "application_key",
                "appKey",
                "customerKeyy",
                "notificationSecert",
                "downloadAuthorisation",
                "configuration.aplicationKey",
                "configuration.customer-keey",
                "configuration.application_key",
            })
    void aMisspeltSecretOfTheComponentIsRefusedAndNotShown(String option) throws Exception {
        Main main = main("direct:in", "b2:x?fileName=a.txt");
        properties.setProperty("camel.component.b2." + option, OperationStage.WEBHOOK_SECRET);

        start(main);

        assertThat(shown).anySatisfy(text -> assertThat(text.replace("-", "").toLowerCase(Locale.ROOT))
                .contains("no option " + option.replace("-", "").toLowerCase(Locale.ROOT)));
        assertThat(leaks()).isEmpty();
    }

    /** Camel hides the first secret of a URI only, and a RAW value to its first bracket only. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2:x?applicationKey=RAW(%s)&customerKey=RAW(%s)&serverSideEncryption=SSE-C",
                "b2:x?applicationKey=RAW(%s)&customerKey=" + CUSTOMER_KEY + "&maxConcurrency=many",
                "b2:x?applicationKeyId=1&application_key=%s",
                "b2:x?applicationKeyId=1&costumer-key=RAW(%s)&serverSideEncryption=SSE-C",
                "b2:x?applicationKeyId=1&applicationKey=RAW(a)b%s)&unknown=1",
                "b2:x?applicationKeyId=1&applicationKey=RAW(a&b)%s)&partSize=0",
                "b2:x?applicationKeyId=1&appKey=%s&applicationKey=%s",
            })
    void anEndpointMadeForAMessageThatFailsShowsNoSecret(String uri) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").toD("${header.uri}");
            }
        });
        main.start();
        try {
            main.getCamelTemplate()
                    .sendBodyAndHeader(
                            "direct:in",
                            "body",
                            "uri",
                            uri.replace("%s", B2.emulator().applicationKey()));
        } catch (CamelExecutionException e) {
            shown.add(textOf(e));
        } finally {
            main.stop();
        }

        assertThat(shown).hasSize(1);
        // The history of a message that failed has its headers; the user put the secret there.
        assertThat(leaks().stream()
                        .filter(line -> !line.contains("Message History"))
                        .toList())
                .isEmpty();
    }

    private static String textOf(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private Main main(String from, String to) {
        Main main = new Main();
        properties.setProperty("camel.component.b2.realm", B2.emulator().url());
        properties.setProperty(
                "camel.component.b2.application-key-id", B2.emulator().applicationKeyId());
        properties.setProperty(
                "camel.component.b2.application-key", B2.emulator().applicationKey());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId("route").to(to);
            }
        });
        return main;
    }

    /** With a file, because what code sets is not in the summary. */
    private void start(Main main) throws IOException {
        Path file = directory.resolve("application.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        main.setPropertyPlaceholderLocations(file.toUri().toString());
        try {
            main.start();
            main.getCamelTemplate().sendBodyAndHeaders("direct:in", "body", Map.of());
        } catch (Exception | LinkageError e) {
            shown.add(textOf(e));
        } finally {
            main.stop();
        }
    }

    /** Not what only TRACE and DEBUG show: the URIs in there are Camel's own. */
    private List<String> lines() {
        return logs.linesAtLeastInfo();
    }

    private List<String> leaks() {
        List<String> all = new ArrayList<>(lines());
        all.addAll(shown);
        return all.stream()
                .filter(line -> line.contains(B2.emulator().applicationKey())
                        || line.contains(CUSTOMER_KEY)
                        || line.contains(OperationStage.WEBHOOK_SECRET))
                .toList();
    }
}
