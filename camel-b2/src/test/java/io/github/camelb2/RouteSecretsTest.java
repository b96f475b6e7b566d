// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A secret that a route is written with is used, and shown by nothing that shows routes. */
class RouteSecretsTest {
    private static final String CUSTOMER_KEY = OperationStage.CUSTOMER_KEY;

    /** Consoles that show no routes; that of properties shows the property that the test set itself. */
    private static final List<String> OF_THE_MACHINE =
            List.of("properties", "system-properties", "jvm", "memory", "bean");

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final String id = B2.emulator().applicationKeyId();
    private final String key = B2.emulator().applicationKey();
    private String bucket;
    private CapturedLogs logs;
    private DefaultCamelContext context;

    @BeforeEach
    void givenAContextThatShowsAllItCan() {
        bucket = B2.createBucket();
        logs = CapturedLogs.openAt(Level.INFO);
        context = new DefaultCamelContext();
        context.setTracing(true);
        context.setBacklogTracing(true);
        context.setMessageHistory(true);
        context.setDevConsole(true);
        Properties properties = new Properties();
        properties.setProperty("b2.secret", key);
        properties.setProperty("b2.realm", B2.emulator().url());
        context.getPropertiesComponent().setInitialProperties(properties);
        context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                shown.add("event " + event);
            }
        });
    }

    @AfterEach
    void close() throws Exception {
        context.close();
        logs.close();
    }

    /** The options of an endpoint with the key of the account, in every order and form. */
    private Map<String, String> forms() {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("plain", "applicationKeyId=" + id + "&applicationKey=" + key);
        forms.put("raw", "applicationKeyId=" + id + "&applicationKey=RAW(" + key + ")");
        forms.put("curly", "applicationKeyId=" + id + "&applicationKey=RAW{" + key + "}");
        forms.put("keyFirst", "applicationKey=" + key + "&applicationKeyId=" + id);
        forms.put("dashes", "application-key-id=" + id + "&application-key=" + key);
        forms.put("placeholder", "applicationKeyId=" + id + "&applicationKey={{b2.secret}}");
        forms.put("rawPlaceholder", "applicationKeyId=" + id + "&applicationKey=RAW({{b2.secret}})");
        forms.put("property", "applicationKeyId=" + id + "&applicationKey=#property:b2.secret");
        forms.put(
                "twoSecrets",
                "applicationKeyId=" + id + "&customerKey=RAW(" + CUSTOMER_KEY
                        + ")&serverSideEncryption=SSE-C&applicationKey=" + key);
        forms.put("textBlock", "\n    applicationKeyId=" + id + "\n    &applicationKey=" + key + "\n");
        forms.replaceAll((name, options) -> options + "&realm={{b2.realm}}");
        return forms;
    }

    private String uri(String form, String more) {
        return "b2:" + bucket + "?" + forms().get(form) + "&" + more;
    }

    private final class RoutesOf extends RouteBuilder {
        private final String form;

        RoutesOf(String form) {
            this.form = form;
        }

        @Override
        public void configure() {
            from("direct:to-" + form).to(uri(form, "fileName=" + form + "-to"));
            from("direct:toD-" + form).toD(uri(form, "fileName=" + form + "-${header.name}"));
        }
    }

    /** Every step that names an endpoint. */
    private final class Steps extends RouteBuilder {
        private final String form;

        Steps(String form) {
            this.form = form;
        }

        @Override
        public void configure() {
            errorHandler(deadLetterChannel(uri(form, "fileName=dead")));
            onException(IllegalStateException.class).handled(true).to(uri(form, "fileName=caught"));
            interceptSendToEndpoint(uri(form, "fileName=other")).to("mock:none");
            from("direct:tap").wireTap(uri(form, "fileName=tap"));
            from("direct:enrich").enrich(uri(form, "operation=getFileInfo&fileName=" + form + "-to"));
            from("direct:enrichSimple")
                    .choice()
                    .when(body().isNotNull())
                    .enrich()
                    .simple(flat("operation=getFileInfo&fileName=" + form + "-to"))
                    .end();
            from("direct:list").recipientList(constant(flat("fileName=one") + "," + flat("fileName=two")));
            from("direct:slip").routingSlip(simple(flat("fileName=slip")));
            from("direct:pollEnrich")
                    .pollEnrich(uri(form, "prefix=" + form + "-to&delay=1h"), 0)
                    .convertBodyTo(String.class);
            from("direct:poll").poll(uri(form, "prefix=slip&delay=1h"), 0).convertBodyTo(String.class);
            from("direct:caught").throwException(IllegalStateException.class, "caught");
            from("direct:dead").throwException(IllegalArgumentException.class, "dead");
            from(uri(form, "prefix=none&initialDelay=3600000")).to("mock:none");
        }

        private String flat(String more) {
            return uri(form, more).replaceAll("\\s", "");
        }
    }

    @Test
    void everyFormOfASecretIsUsedAndShownNowhere() throws Exception {
        for (String form : forms().keySet()) {
            context.addRoutes(new RoutesOf(form));
        }
        context.start();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            for (String form : forms().keySet()) {
                template.sendBody("direct:to-" + form, "body");
                template.sendBodyAndHeader("direct:toD-" + form, "body", "name", "toD");
            }
        }
        lookAtManagement();

        assertThat(B2.emulator().state().names(bucket))
                .containsAll(forms().keySet().stream()
                        .flatMap(form -> Stream.of(form + "-to", form + "-toD"))
                        .toList());
        assertThat(leaks()).isEmpty();
    }

    @Test
    void everyStepThatNamesAnEndpointUsesTheSecretAndShowsItNowhere() throws Exception {
        context.addRoutes(new RoutesOf("twoSecrets"));
        context.addRoutes(new Steps("twoSecrets"));
        context.start();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            for (String step : List.of(
                    "to-twoSecrets",
                    "tap",
                    "enrich",
                    "enrichSimple",
                    "list",
                    "slip",
                    "pollEnrich",
                    "poll",
                    "caught",
                    "dead")) {
                template.sendBody("direct:" + step, "body");
            }
        }
        await().until(() -> B2.emulator().state().names(bucket).contains("tap"));
        lookAtAll();

        assertThat(B2.emulator().state().names(bucket)).contains("one", "two", "slip", "caught", "dead");
        assertThat(B2.emulator().requests("b2_download_file_by_id")).hasSize(2);
        assertThat(leaks()).isEmpty();
    }

    @Test
    void aRouteThatIsAddedLaterShowsNone() throws Exception {
        context.start();
        context.addRoutes(new RoutesOf("plain"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("upload")
                        .templateParameter("k")
                        .from("direct:template")
                        .to("b2:" + bucket + "?applicationKeyId=" + id
                                + "&applicationKey=RAW({{k}})&realm={{b2.realm}}&fileName=ofTemplate")
                        .to(uri("plain", "fileName=ofTemplateItself"));
            }
        });
        TemplatedRouteBuilder.builder(context, "upload").parameter("k", key).add();

        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBody("direct:to-plain", "body");
            template.sendBody("direct:template", "body");
        }
        lookAtAll();

        assertThat(B2.emulator().state().names(bucket)).containsExactly("ofTemplate", "ofTemplateItself", "plain-to");
        assertThat(leaks()).isEmpty();
    }

    /** The template is gone when the message comes. */
    @Test
    void aDefaultOfATemplateIsUsedByEveryMessage() throws Exception {
        context.start();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("uploadByDefault")
                        .templateParameter("d", key)
                        .from("direct:default")
                        .toD("b2:" + bucket + "?applicationKeyId=" + id
                                + "&applicationKey={{d}}&realm={{b2.realm}}&fileName=${header.name}");
            }
        });
        TemplatedRouteBuilder.builder(context, "uploadByDefault").add();

        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBodyAndHeader("direct:default", "body", "name", "byDefault");
        }

        assertThat(B2.emulator().state().names(bucket)).containsExactly("byDefault");
        assertThat(context.getRouteDefinitions().toString()).doesNotContain(key);
    }

    /** Found in the registry when the first route names it, as the beans of Spring are. */
    @Test
    void aComponentOfAnotherNameShowsNone() throws Exception {
        context.getRegistry().bind("archive", new B2Component());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").to(uri("plain", "fileName=one").replace("b2:", "archive:"));
                from("direct:two").toD(uri("raw", "fileName=${header.name}").replace("b2:", "archive:"));
            }
        });
        context.start();

        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBody("direct:one", "body");
            template.sendBodyAndHeader("direct:two", "body", "name", "two");
        }
        shown.addAll(new ManagedBeans(context).values());
        shown.addAll(new ManagedBeans(context).dumps());

        assertThat(B2.emulator().state().names(bucket)).containsExactly("one", "two");
        assertThat(leaks()).isEmpty();
    }

    @Test
    void aRouteThatDoesNotStartShowsNone() throws Exception {
        context.start();

        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:wrong").to(uri("twoSecrets", "maxConcurrency=many"));
                    }
                }))
                .isInstanceOf(FailedToCreateRouteException.class)
                .satisfies(e -> shown.add(textOf(e)));
        shown.addAll(new ManagedBeans(context).values());

        assertThat(leaks()).isEmpty();
    }

    /** The text of such an endpoint is masked: what it shows in place of the secret is none. */
    @Test
    void anEndpointThatTheRouteIsGivenKeepsItsSecret() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:object").to(endpoint(uri("raw", "fileName=object")));
                from("direct:many").multicast().to(endpoint(uri("twoSecrets", "fileName=many")));
            }
        });
        context.start();

        send("direct:object", "direct:many");

        assertThat(B2.emulator().state().names(bucket)).containsExactly("many", "object");
    }

    @Test
    void aSecretIsReadAsInAnyOtherUri() throws Exception {
        String encoded = "%" + Integer.toHexString(key.charAt(0)) + key.substring(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:encoded").to(uri("plain", "fileName=encoded").replace(key, encoded));
                from("direct:encodedD").toD(uri("plain", "fileName=encodedD").replace(key, encoded));
            }
        });
        context.start();

        send("direct:encoded", "direct:encodedD");

        assertThat(B2.emulator().state().names(bucket)).containsExactly("encoded", "encodedD");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "|", "#", " , "})
    void aListMayHaveADelimiterOfItsOwn(String delimiter) throws Exception {
        String two = uri("raw", "fileName=one")
                + delimiter
                + uri("keyFirst", "fileName=two").replace("&fileName=two", "").replace("?", "?fileName=two&");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:list").recipientList(constant(two), delimiter);
                from("direct:slip").routingSlip(constant(two), delimiter);
            }
        });
        context.start();

        send("direct:list", "direct:slip");

        assertThat(B2.emulator().state().names(bucket)).containsExactly("one", "two");
        assertThat(B2.emulator().state().versions(bucket)).hasSize(4);
    }

    @Test
    void oneBuilderServesSeveralContexts() throws Exception {
        RouteBuilder shared = new RoutesOf("raw");
        context.addRoutes(shared);
        context.start();
        send("direct:to-raw");
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            Properties properties = new Properties();
            properties.setProperty("b2.realm", B2.emulator().url());
            other.getPropertiesComponent().setInitialProperties(properties);
            other.addRoutes(shared);
            other.start();

            try (ProducerTemplate template = other.createProducerTemplate()) {
                template.sendBody("direct:to-raw", "again");
            }
        }

        assertThat(B2.emulator().state().versions(bucket)).hasSize(2);
    }

    private void send(String... endpoints) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            for (String each : endpoints) {
                template.sendBody(each, "content");
            }
        }
    }

    /** What a dump of a route has is of no use elsewhere, and is said to be. */
    @Test
    void aReferenceThatTheJvmDoesNotKnowIsRefused() throws Exception {
        context.start();

        assertThatThrownBy(() -> context.getEndpoint(
                        "b2:" + bucket + "?applicationKeyId=1&applicationKey=#secret:0123456789abcdef"))
                .hasRootCauseMessage("Option applicationKey refers to a secret that this JVM does not have: a dump of a"
                        + " route has no secrets; write the secret, or applicationKey=#property:name.of.a.property");
    }

    /** A reference that reached another option would be shown by it. */
    @Test
    void onlySecretOptionsAreToldWhatAReferenceMeans() throws Exception {
        context.addRoutes(new RoutesOf("plain"));
        context.start();
        String dump = PluginHelper.getModelToXMLDumper(context)
                .dumpModelAsXml(context, context.getRouteDefinitions().get(0));
        String reference = dump.replaceAll("(?s).*(#secret:[0-9a-f]+).*", "$1");

        B2Endpoint endpoint = context.getEndpoint(
                "b2:" + bucket + "?applicationKeyId=" + reference + "&prefix=" + reference + "&applicationKey="
                        + reference,
                B2Endpoint.class);

        assertThat(endpoint.getConfiguration().getApplicationKey()).isEqualTo(key);
        assertThat(endpoint.getConfiguration().getApplicationKeyId()).isEqualTo(reference);
        assertThat(endpoint.getConfiguration().getPrefix()).isEqualTo(reference);
    }

    private static String textOf(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private void lookAtAll() throws Exception {
        lookAtManagement();
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        consoles.loadDevConsoles(true);
        for (DevConsole console : consoles.stream()
                .filter(each -> !OF_THE_MACHINE.contains(each.getId()))
                .toList()) {
            for (DevConsole.MediaType type : DevConsole.MediaType.values()) {
                shown.add(console.getId() + " " + console.call(type, Map.of()));
            }
        }
        assertThat(shown).anyMatch(text -> text.startsWith("route-dump ") && text.contains("b2:" + bucket));
    }

    private void lookAtManagement() throws Exception {
        ManagedBeans beans = new ManagedBeans(context);
        shown.addAll(beans.values());
        shown.addAll(beans.dumps());
        assertThat(shown).anyMatch(text -> text.startsWith("to[b2:" + bucket));
    }

    private List<String> leaks() {
        List<String> all = new ArrayList<>(shown);
        all.addAll(logs.linesAtLeastInfo());
        return all.stream()
                .filter(text -> text.contains(key) || text.contains(CUSTOMER_KEY))
                .map(this::excerpt)
                .toList();
    }

    private String excerpt(String text) {
        int at = Math.max(text.indexOf(key), text.indexOf(CUSTOMER_KEY));
        return text.substring(0, Math.min(40, text.length())) + " ... "
                + text.substring(Math.max(0, at - 100), Math.min(text.length(), at + 40));
    }
}
