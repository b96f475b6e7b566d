// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import javax.management.JMException;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.camel.support.MessageHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.OperationStage.Message;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.model.key.DownloadAuthorization;
import io.github.camelb2.emulator.http.RecordedRequest;
import io.github.camelb2.lending.B2ClientLease;

import static io.github.camelb2.B2Operations.copyFile;
import static io.github.camelb2.B2Operations.createDownloadLink;
import static io.github.camelb2.B2Operations.downloadFile;
import static io.github.camelb2.B2Operations.fileExists;
import static io.github.camelb2.B2Operations.getDownloadAuthorization;
import static io.github.camelb2.B2Operations.getFileInfo;
import static io.github.camelb2.B2Operations.uploadFile;
import static org.assertj.core.api.Assertions.assertThat;

/** Keys, tokens and customer keys show nowhere: not in logs at TRACE, traces, meters, JMX, consoles, history, URIs or errors. */
class SecretsTest extends B2TestSupport {
    private static final Set<B2Operations> ENCRYPTED =
            EnumSet.of(uploadFile, downloadFile, getFileInfo, fileExists, copyFile);

    /** What they answer is a secret as it stands. */
    private static final Set<B2Operations> LINKS = EnumSet.of(createDownloadLink, getDownloadAuthorization);

    /** Consoles that do something, rather than show it; and the one that shows the user's properties as they are. */
    private static final Set<String> UNASKED =
            Set.of("send", "receive", "eval-language", "gc", "reload", "browse", "properties");

    private static final String REVOKED_ID = "0015aaaaaaaaaaaaaaaaaaaaa";
    private static final String REVOKED_KEY = "K001+revoked/andNeverShown0123";

    private final List<String> shown = new ArrayList<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private CapturedLogs logs;

    public SecretsTest() {
        testConfiguration().withJMX(true);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.setMessageHistory(true);
        made.setTracing(true);
        made.setBacklogTracing(true);
        made.setDevConsole(true);
        made.getRegistry().bind("meters", meters);
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build();
        made.getRegistry().bind("tracer", Tracer.class, provider.get("test"));
        new OpenTelemetryTracer().init(made);
        B2Configuration own = made.getComponent("b2", B2Component.class).getConfiguration();
        addComponent(made, "b2sse", own).setCustomerKey(OperationStage.CUSTOMER_KEY);
        addComponent(made, "b2revoked", own).setApplicationKey(REVOKED_KEY);
        Properties properties = new Properties();
        properties.setProperty("secret.key", b2().applicationKey());
        made.getPropertiesComponent().setInitialProperties(properties);
        return made;
    }

    private static B2Configuration addComponent(CamelContext context, String name, B2Configuration like) {
        B2Component component = new B2Component();
        B2Configuration options = like.copy();
        component.setConfiguration(options);
        context.addComponent(name, component);
        if (name.equals("b2sse")) {
            options.setServerSideEncryption("SSE-C");
        } else {
            options.setApplicationKeyId(REVOKED_ID);
        }
        return options;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:every")
                        .toD("${variable.uri}")
                        .process(exchange -> exchange.setProperty(
                                "answer", List.of(exchange.getMessage().getBody())));
                // A link that was asked for is the body of a message: whoever traces messages sees it.
                from("direct:link").enrich().simple("${variable.uri}").aggregationStrategy((message, answer) -> {
                    message.setProperty("answer", List.of(answer.getMessage().getBody()));
                    return message;
                });
            }
        };
    }

    @BeforeEach
    void captureAllLogs() {
        logs = CapturedLogs.open();
    }

    @AfterEach
    void stopCapturing() {
        logs.close();
    }

    @Test
    void noOperationShowsASecretWhetherItSucceedsOrFails() throws Exception {
        try (B2ClientLease master = component().borrowClient(component().getConfiguration())) {
            for (B2Operations operation : B2Operations.values()) {
                OperationStage stage = new OperationStage(b2(), master.client(), B2.bucketName(operation.name()));
                succeed(stage.message(operation).uri(), stage.message(operation));
                failAsItMay(stage, stage.message(operation));
                collectTokens();
            }
        }
        collectKeys();
        collectWhatIsShown();

        assertThat(secrets).hasSizeGreaterThan(20);
        assertThat(logs.lines())
                .anyMatch(line -> line.startsWith("org.apache.hc.") && line.contains("Authorization: ***"));
        assertThat(leaks()).isEmpty();
        // The message of an error, which Camel adds to a span as an event, names the id of a key that is refused.
        assertThat(spans.getFinishedSpanItems())
                .extracting(span -> span.getAttributes().toString() + span.getName())
                .noneMatch(text -> text.contains(b2().applicationKeyId()) || text.contains(REVOKED_ID));
        assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().toString())
                .noneMatch(text -> text.contains(b2().applicationKeyId()) || text.contains(REVOKED_ID));
    }

    /** Spans with their attributes and events, and meters with their tags. */
    private List<String> observed() {
        List<String> all = new ArrayList<>();
        spans.getFinishedSpanItems().forEach(span -> all.add(span.toString()));
        meters.getMeters().forEach(meter -> all.add(meter.getId().toString()));
        assertThat(all)
                .anyMatch(text -> text.contains("b2_upload_file"))
                .anyMatch(text -> text.contains("camel.b2.logins"));
        return all;
    }

    private void succeed(String uri, Message message) throws Exception {
        Exchange exchange = run(uri, message);
        assertThat(exchange.getException()).as(uri).isNull();
        keepSecretsOf(exchange.getProperty("answer", List.class).get(0));
    }

    private void failAsItMay(OperationStage stage, Message message) throws Exception {
        if (ENCRYPTED.contains(message.operation())) {
            Message encrypted = message.operation() == uploadFile
                    ? message
                    : message.with(B2Constants.FILE_NAME, OperationStage.ENCRYPTED);
            succeed(message.uri().replace("b2:", "b2sse:"), encrypted);
            run(message.uri().replace("b2:", "b2sse:"), message.with(B2Constants.FILE_NAME, OperationStage.FILE));
        }
        run(message.in("no-such-bucket").uri(), message);
        run(
                message.uri(),
                message.replacing(B2Constants.FILE_NAME, OperationStage.ABSENT)
                        .replacing(B2Constants.FILE_ID, stage.idOfNothing()));
        Exchange revoked = run(message.uri().replace("b2:", "b2revoked:"), message);
        assertThat(revoked.getException() == null).isEqualTo(message.operation() == B2Operations.clearAccountInfo);
    }

    private Exchange run(String uri, Message message) throws Exception {
        String route = LINKS.contains(message.operation()) ? "direct:link" : "direct:every";
        Exchange exchange = template().request(route, sent -> {
            sent.getMessage().setBody(message.body());
            sent.setVariable("uri", uri);
            message.headers().forEach(sent.getMessage()::setHeader);
        });
        read(exchange);
        shown.add(MessageHelper.dumpMessageHistoryStacktrace(exchange, null, true));
        if (exchange.getException() != null) {
            shown.add(stackTrace(exchange.getException()));
        }
        return exchange;
    }

    private static void read(Exchange exchange) throws Exception {
        List<?> answer = exchange.getProperty("answer", List.of(""), List.class);
        if (answer.get(0) instanceof Iterator<?> pages) {
            pages.forEachRemaining(it -> assertThat(it.toString()).isNotEmpty());
        } else if (answer.get(0) instanceof InputStream content) {
            try (content) {
                content.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
    }

    /** The answer may hold a secret, and hides it in its text, unless it is one itself. */
    private void keepSecretsOf(Object answer) {
        if (answer instanceof ApplicationKey key) {
            if (key.applicationKey() != null) {
                secrets.add(key.applicationKey());
            }
        } else if (answer instanceof DownloadAuthorization authorization) {
            secrets.add(authorization.authorizationToken());
        } else if (answer instanceof String link && link.contains("Authorization=")) {
            secrets.add(link.substring(link.indexOf("Authorization=") + "Authorization=".length()));
            return;
        }
        shown.add(answer.toString());
    }

    /** Account tokens, upload tokens and the keys of logins, as they were sent. */
    private void collectTokens() {
        for (B2Operations operation : B2Operations.values()) {
            String call = "b2_" + operation.name().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
            b2().requests(call).stream()
                    .map(request -> request.header("Authorization"))
                    .forEach(found ->
                            found.map(text -> text.replace("Basic ", "")).ifPresent(secrets::add));
        }
        b2().requests("b2_upload_file").stream().map(SecretsTest::customerKey).forEach(secrets::addAll);
        b2().resetRequests();
    }

    private static List<String> customerKey(RecordedRequest request) {
        return request.header("X-Bz-Server-Side-Encryption-Customer-Key").stream()
                .toList();
    }

    private void collectKeys() {
        secrets.addAll(List.of(
                b2().applicationKey(), REVOKED_KEY, OperationStage.CUSTOMER_KEY, OperationStage.WEBHOOK_SECRET));
        secrets.add(new String(Base64.getDecoder().decode(OperationStage.CUSTOMER_KEY), StandardCharsets.US_ASCII));
        B2Configuration options = component().getConfiguration();
        shown.add(new Credentials("id", options.getApplicationKey()).toString());
    }

    private void collectWhatIsShown() throws JMException {
        shown.addAll(logged());
        shown.addAll(endpointUris());
        shown.addAll(observed());
        shown.addAll(new ManagedBeans(context()).values());
        HealthCheckHelper.invoke(context())
                .forEach(result -> shown.add(result.getMessage() + " " + result.getDetails()));
        DevConsoleRegistry consoles = DevConsoleRegistry.get(context());
        consoles.loadDevConsoles(true);
        assertThat(consoles.getConsoleIDs()).contains("trace", "endpoint", "health");
        consoles.stream().filter(it -> !UNASKED.contains(it.getId())).forEach(this::ask);
    }

    private void ask(DevConsole console) {
        for (MediaType type : MediaType.values()) {
            if (console.supportMediaType(type)) {
                shown.add(console.getId() + " " + console.call(type));
            }
        }
    }

    /** What is logged; Camel's lookup of properties shows each value that it finds, if it is asked to at TRACE. */
    private List<String> logged() {
        return logs.lines().stream()
                .filter(line -> !line.startsWith("org.apache.camel.component.properties."))
                .toList();
    }

    private List<String> leaks() {
        String all = String.join("\n", shown);
        List<String> leaked = secrets.stream().filter(all::contains).toList();
        return shown.stream()
                .filter(text -> leaked.stream().anyMatch(text::contains))
                .map(text -> text.substring(0, Math.min(text.length(), 500)))
                .toList();
    }

    @Test
    void aKeyThatAnEndpointRefersToIsUsedAndNotShown() {
        String bucket = B2.createBucket();
        secrets.add(b2().applicationKey());

        send("b2:" + bucket + "?fileName=a.txt&applicationKey=#property:secret.key", "body", Map.of());

        assertThat(b2().state().names(bucket)).containsExactly("a.txt");
        shown.addAll(logged());
        shown.addAll(endpointUris());
        assertThat(leaks()).isEmpty();
        assertThat(logs.lines()).noneMatch(line -> line.contains("holds the secret"));
    }

    @Test
    void aLiteralKeyIsMaskedByThisComponentAndWarnedOfOnce() {
        secrets.add(b2().applicationKey());

        send(
                "b2:" + B2.createBucket() + "?fileName=a.txt&applicationKey=RAW(" + b2().applicationKey() + ")",
                "body",
                Map.of());

        shown.addAll(endpointUris());
        // Camel's own loggers know the URI as it was written.
        logs.lines().stream()
                .filter(line -> !line.startsWith("org.apache.camel."))
                .forEach(shown::add);
        assertThat(leaks()).isEmpty();
        assertThat(logs.lines())
                .filteredOn(line -> line.contains("camel.component.b2.applicationKey"))
                .hasSize(1);
    }

    private List<String> endpointUris() {
        return context().getEndpoints().stream()
                .flatMap(endpoint -> Stream.of(endpoint.getEndpointUri(), endpoint.toString()))
                .toList();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
