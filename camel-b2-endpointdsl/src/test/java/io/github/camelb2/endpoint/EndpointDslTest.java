// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.endpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Endpoint;
import io.github.camelb2.B2Operations;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.component.dsl.B2ComponentBuilderFactory;
import io.github.camelb2.component.dsl.B2SyncComponentBuilderFactory;
import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.endpoint.dsl.B2EndpointBuilderFactory.B2EndpointBuilder;
import io.github.camelb2.sync.B2SyncComponent;

import static io.github.camelb2.endpoint.StaticEndpointBuilders.b2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Routes that are written with builders, against the emulator. */
class EndpointDslTest {
    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    @TempDir
    Path directory;

    private final String key = B2.emulator().applicationKey();
    private String bucket;
    private DefaultCamelContext context;
    private ProducerTemplate template;

    @BeforeEach
    void givenAContextWithTheAccount() {
        bucket = B2.createBucket();
        context = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.setProperty("bucket", bucket);
        properties.setProperty("secret", key);
        context.getPropertiesComponent().setInitialProperties(properties);
        account("b2");
        template = context.createProducerTemplate();
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    private void account(String name) {
        B2ComponentBuilderFactory.b2()
                .realm(B2.emulator().url())
                .applicationKeyId(B2.emulator().applicationKeyId())
                .applicationKey(key)
                .register(context, name);
    }

    /** The routes of the manual. */
    private final class Routes extends EndpointRouteBuilder implements B2EndpointBuilders {
        @Override
        public void configure() {
            from(b2("{{bucket}}").delay(200).prefix("in/")).to(mock("received"));

            from(direct("upload"))
                    .setHeader(b2().b2OverrideFileName(), simple("${header.name}"))
                    .to(b2("{{bucket}}").contentType("text/plain").fileExist("Fail"));

            from(direct("list"))
                    .to(b2("{{bucket}}").operation(B2Operations.listFileNames).prefix("in/"));

            from(direct("sync"))
                    .to(b2Sync("photos").source(directory.toString()).destination("b2://" + bucket + "/photos"));
        }
    }

    @Test
    void routesOfBuildersUploadListReceiveAndSync() throws Exception {
        Files.writeString(directory.resolve("one.jpg"), "1");
        context.addRoutes(new Routes());
        context.start();
        MockEndpoint received = context.getEndpoint("mock:received", MockEndpoint.class);
        received.expectedMessageCount(1);
        received.message(0).header("CamelB2FileName").isEqualTo("in/a.txt");
        received.message(0).header("CamelB2FoundContentType").isEqualTo("text/plain");

        template.sendBodyAndHeader("direct:upload", "body", "name", "in/a.txt");
        template.requestBody("direct:sync", (Object) null);

        received.assertIsSatisfied(30_000);
        assertThat(B2.emulator().state().names(bucket)).containsExactly("in/a.txt", "photos/one.jpg");
        assertThat(template.requestBody("direct:list", null, List.class)).hasSize(1);
    }

    @Test
    void staticBuildersAndAnotherAccountMakeTheSameEndpoints() throws Exception {
        account("archive");
        context.start();

        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:archive").to(b2("archive", bucket).fileName("archived.txt"));
            }
        });
        template.sendBody("direct:archive", "x");

        assertThat(B2.emulator().state().names(bucket)).containsExactly("archived.txt");
        assertThat(context.getEndpoints())
                .anyMatch(each -> each.getEndpointUri().startsWith("archive:"));
    }

    @Test
    void aBuilderTakesObjectsAndPlaceholders() throws Exception {
        Set<String> calls = ConcurrentHashMap.newKeySet();
        ClientListener listener = new ClientListener() {
            @Override
            public void onRequest(SentRequest request) {
                calls.add(request.call());
            }
        };
        context.start();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:listened")
                        .to(b2("{{bucket}}").fileName("heard.txt").advanced().clientListener(listener));
            }
        });

        template.sendBody("direct:listened", "x");

        assertThat(B2.emulator().state().names(bucket)).containsExactly("heard.txt");
        assertThat(calls).contains("b2_upload_file");
    }

    @Test
    void componentBuildersSetWhatTheyAreGivenAndNothingElse() {
        B2Component made = B2ComponentBuilderFactory.b2()
                .applicationKeyId("id")
                .maxConcurrency("7")
                .retryTimeout(90_000)
                .build();
        B2SyncComponent sync =
                B2SyncComponentBuilderFactory.b2Sync().workers("3").build();

        assertThat(made.getConfiguration().getApplicationKeyId()).isEqualTo("id");
        assertThat(made.getConfiguration().getMaxConcurrency()).isEqualTo("7");
        assertThat(made.getConfiguration().getRetryTimeout()).isEqualTo(90_000);
        assertThat(made.getConfiguration().getContentType())
                .isEqualTo(new B2Component().getConfiguration().getContentType());
        assertThat(sync.getConfiguration().getWorkers()).isEqualTo("3");
    }

    private B2EndpointBuilder withKey(String fileName) {
        return withKey(fileName, key);
    }

    private B2EndpointBuilder withKey(String fileName, String secret) {
        return b2("b2", "{{bucket}}")
                .realm(B2.emulator().url())
                .applicationKeyId(B2.emulator().applicationKeyId())
                .applicationKey(secret)
                .fileName(fileName);
    }

    /** Every step that takes a builder. */
    private final class Secrets extends EndpointRouteBuilder {
        @Override
        public void configure() {
            errorHandler(deadLetterChannel(withKey("dead").getRawUri()));
            from(withKey("").prefix("none").initialDelay(3_600_000)).to("mock:none");
            from("direct:steps")
                    .to(withKey("to"))
                    .toD(withKey("toD-${header.name}"))
                    .to(withKey("raw", "RAW(" + key + ")"))
                    .to(withKey("property", "#property:secret"))
                    .to(withKey("placeholder", "{{secret}}"))
                    .wireTap(withKey("tap"))
                    .recipientList(endpoints(withKey("listed")))
                    .enrich(withKey("to").operation(B2Operations.getFileInfo))
                    .poll(withKey("").prefix("to").delay(3_600_000), 0)
                    .pollEnrich(withKey("").prefix("raw").delay(3_600_000), 0);
            from("direct:dead").throwException(IllegalArgumentException.class, "dead");
        }
    }

    @Test
    void everyStepThatTakesABuilderUsesItsSecretAndShowsItNowhere() throws Exception {
        context.addRoutes(new Secrets());
        context.start();

        template.sendBodyAndHeader("direct:steps", "body", "name", "x");
        template.sendBody("direct:dead", "body");

        assertThat(shown(context)).noneMatch(text -> text.contains(key));
        context.stop();
        assertThat(B2.emulator().state().names(bucket))
                .containsExactly("dead", "listed", "placeholder", "property", "raw", "tap", "to", "toD-x");
    }

    @Test
    void aSecretOfAnySpellingReachesTheEndpoint() throws Exception {
        String odd = "a&b=c+d e%25/?x)&y";
        B2EndpointBuilder builder = b2("b2", "{{bucket}}")
                .applicationKeyId("id")
                .applicationKey(odd)
                .fileName("x");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:odd").to(builder);
            }
        });
        context.start();

        assertThat(builder.toString()).doesNotContain("a&b", "b%3Dc");
        assertThat(context.getEndpoints().stream()
                        .filter(B2Endpoint.class::isInstance)
                        .map(each -> ((B2Endpoint) each).getConfiguration().getApplicationKey()))
                .containsExactly(odd);
    }

    @Test
    void routesOfOneTemplateEachUseTheirOwnSecret() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("upload")
                        .templateParameter("from")
                        .templateParameter("key")
                        .from("direct:{{from}}")
                        .to(withKey("{{from}}", "{{key}}"));
            }
        });
        context.start();
        for (String[] each : new String[][] {{"right", key}, {"wrong", "K000wrong"}, {"again", key}}) {
            TemplatedRouteBuilder.builder(context, "upload")
                    .routeId(each[0])
                    .parameter("from", each[0])
                    .parameter("key", each[1])
                    .add();
        }

        template.sendBody("direct:right", "x");
        template.sendBody("direct:again", "x");
        assertThatThrownBy(() -> template.sendBody("direct:wrong", "x"))
                .rootCause()
                .hasMessageContaining("401");

        assertThat(B2.emulator().state().names(bucket)).containsExactly("again", "right");
        assertThat(shown(context)).noneMatch(text -> text.contains(key));
    }

    /** What a context shows of its routes and endpoints. */
    private static List<String> shown(CamelContext context) {
        List<String> all = new ArrayList<>();
        for (RouteDefinition route : ((Model) context).getRouteDefinitions()) {
            all.add(route.toString());
            all.add(route.getInput().toString());
            all.add(route.getInput().getEndpointUri());
            for (ProcessorDefinition<?> step :
                    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
                all.add(step.toString());
                all.add(step.getLabel());
            }
        }
        context.getEndpoints().forEach(each -> all.addAll(List.of(each.toString(), each.getEndpointUri())));
        return Stream.concat(all.stream(), context.getRoutes().stream().map(Object::toString))
                .toList();
    }
}
