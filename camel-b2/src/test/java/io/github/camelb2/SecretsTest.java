package io.github.camelb2;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.MessageHelper;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelb2.client.api.AccountInfo;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys, tokens and customer keys show nowhere: not in logs at TRACE, JMX, endpoint URIs, message history or errors. */
class SecretsTest extends B2TestSupport {
    private static final String CUSTOMER_KEY = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=";

    private final Captured logs = new Captured();
    private final List<String> secrets = new ArrayList<>();
    private LoggerConfig root;
    private Level before;
    private String bucket;

    public SecretsTest() {
        testConfiguration().withJMX(true);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.setMessageHistory(true);
        Properties properties = new Properties();
        properties.setProperty("secret.key", b2().applicationKey());
        made.getPropertiesComponent().setInitialProperties(properties);
        bucket = B2.createBucket();
        return made;
    }

    @Override
    protected void configure(B2Configuration options) {
        super.configure(options);
        options.setServerSideEncryption("SSE-C");
        options.setCustomerKey(CUSTOMER_KEY);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:every").toD("b2:" + bucket + "?operation=${header.op}");
                from("direct:referenced").to("b2:" + bucket + "?fileName=a.txt&applicationKey=#property:secret.key");
            }
        };
    }

    @BeforeEach
    void captureAllLogs() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        root = context.getConfiguration().getRootLogger();
        before = root.getLevel();
        logs.start();
        root.addAppender(logs, Level.TRACE, null);
        root.setLevel(Level.TRACE);
        context.updateLoggers();
    }

    @AfterEach
    void stopCapturing() {
        root.removeAppender("captured");
        root.setLevel(before);
        ((LoggerContext) LogManager.getContext(false)).updateLoggers();
    }

    @ParameterizedTest
    @EnumSource
    void noOperationShowsASecretWhetherItSucceedsOrFails(B2Operations operation) throws Exception {
        b2().state().put(bucket, "a.txt", bytes("a"));
        List<String> shown = new ArrayList<>();
        for (String name : List.of("a.txt", "nothing.txt")) {
            Exchange exchange = trySending(
                    "direct:every",
                    "body",
                    new HashMap<>(Map.of(
                            "op",
                            operation.name(),
                            B2Constants.FILE_NAME,
                            name,
                            B2Constants.DESTINATION_FILE_NAME,
                            "b.txt")));
            shown.add(MessageHelper.dumpMessageHistoryStacktrace(exchange, null, true));
            if (exchange.getException() != null) {
                shown.add(stackTrace(exchange.getException()));
            }
        }
        shown.addAll(logs.lines());
        shown.addAll(endpointUris());
        shown.addAll(new ManagedBeans(context()).values());

        assertThat(shown.stream().filter(this::holdsASecret).toList()).isEmpty();
    }

    @Test
    void aKeyThatAnEndpointRefersToIsUsedAndNotShown() throws Exception {
        send("direct:referenced", "body", Map.of());

        assertThat(b2().state().names(bucket)).containsExactly("a.txt");
        assertThat(logs.lines()).noneMatch(this::holdsASecret);
        assertThat(logs.lines()).noneMatch(line -> line.contains("holds the secret"));
        assertThat(context().getEndpointRegistry().keySet().toString()).doesNotContain(b2().applicationKey());
    }

    @Test
    void aLiteralKeyIsMaskedAndWarnedOfOnce() {
        send("b2:" + bucket + "?fileName=a.txt&applicationKey=RAW(" + b2().applicationKey() + ")", "body", Map.of());

        assertThat(endpointUris()).noneMatch(this::holdsASecret);
        assertThat(logs.lines())
                .filteredOn(line -> line.contains("camel.component.b2.applicationKey"))
                .hasSize(1);
    }

    private boolean holdsASecret(String text) {
        return secrets().stream().anyMatch(text::contains);
    }

    private List<String> secrets() {
        if (secrets.isEmpty()) {
            try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
                AccountInfo login = lease.client().accountInfo();
                secrets.addAll(List.of(b2().applicationKey(), login.authorizationToken(), CUSTOMER_KEY));
            }
        }
        return secrets;
    }

    private List<String> endpointUris() {
        return context().getEndpoints().stream()
                .flatMap(endpoint -> java.util.stream.Stream.of(endpoint.getEndpointUri(), endpoint.toString()))
                .collect(Collectors.toList());
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Keeps what this component and Camel log; HttpClient's own header log shows what the user asks it to show. */
    private static final class Captured extends AbstractAppender {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Captured() {
            super("captured", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            if (!event.getLoggerName().startsWith("org.apache.hc.")) {
                lines.add(event.getLoggerName() + " " + event.getMessage().getFormattedMessage());
            }
        }

        List<String> lines() {
            return lines;
        }
    }
}
