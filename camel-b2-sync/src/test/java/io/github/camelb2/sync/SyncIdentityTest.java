// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;

import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two syncs that differ in a customer key alone are two endpoints. */
class SyncIdentityTest extends SyncTestSupport {
    private static final String ALICE = key('a');
    private static final String BOB = key('b');

    private static String key(char each) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(each).repeat(32).getBytes(StandardCharsets.US_ASCII));
    }

    /** The template keeps the producers of the endpoints that it has sent to. */
    @Test
    void everyRunUsesTheKeysOfItsOwnUri() throws Exception {
        given("a", 100);
        sync(source.toString(), bucketUri(), encrypted("destination", ALICE));
        given("b", 90);
        sync(source.toString(), bucketUri(), encrypted("destination", BOB));

        assertThat(B2.emulator().requests("b2_upload_file"))
                .extracting(request -> request.header("X-Bz-Server-Side-Encryption-Customer-Key")
                        .orElse(""))
                .containsExactly(ALICE, BOB);

        SyncReport alice = syncIncompletely(bucketUri(), destination, encrypted("source", ALICE));
        SyncReport bob = syncIncompletely(bucketUri(), temp.resolve("ofBob"), encrypted("source", BOB));

        assertThat(alice.failures()).extracting(Problem::path).containsExactly("b");
        assertThat(bob.failures()).extracting(Problem::path).containsExactly("a");
        assertThat(Files.readString(destination.resolve("a"))).isEqualTo("a");
        assertThat(Files.readString(temp.resolve("ofBob").resolve("b"))).isEqualTo("b");
    }

    @Test
    void neitherKeyIsShown() {
        Endpoint alice = context.getEndpoint(uri(source, bucketUri(), encrypted("destination", ALICE)));
        Endpoint bob = context.getEndpoint(uri(source, bucketUri(), encrypted("destination", BOB)));

        assertThat(List.of(alice, bob)).doesNotHaveDuplicates();
        assertThat(alice.getEndpointKey()).isNotEqualTo(bob.getEndpointKey());
        for (Endpoint each : List.of(alice, bob)) {
            assertThat(each.getEndpointUri() + each.getEndpointKey() + each)
                    .doesNotContain(ALICE)
                    .doesNotContain(BOB);
        }
    }

    @Test
    void aRouteThatIsWrittenWithKeysUsesThemAndItsTextShowsNone() throws Exception {
        given("a", 100);
        String account = "ApplicationKeyId=" + B2.emulator().applicationKeyId() + "&destinationApplicationKey=RAW("
                + B2.emulator().applicationKey() + ")";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:written")
                        .toD(uri(
                                source,
                                bucketUri(),
                                String.join("&", encrypted("destination", ALICE)),
                                "destination" + account));
            }
        });

        template.sendBody("direct:written", "");

        assertThat(B2.emulator().requests("b2_upload_file"))
                .extracting(request -> request.header("X-Bz-Server-Side-Encryption-Customer-Key")
                        .orElse(""))
                .containsExactly(ALICE);
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        assertThat(model.getRouteDefinitions().toString())
                .contains("b2-sync:")
                .doesNotContain(ALICE)
                .doesNotContain(B2.emulator().applicationKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sourceCustomerKey=RAW(%s)&destinationCustomerKey=RAW(%s)&sourceEncryption=SSE-C&destinationEncryption=SSE-C&workers=0",
                "sourceCustomerKye=%s&workers=1",
                "applicationKeyId=1&planKey=RAW(%s)&plan-keey=RAW(%s)",
                "destinationCostumerKey=RAW(%s)",
            })
    void aSyncThatFailsShowsNoKey(String options) {
        String uri = "b2-sync:s?source=/a&destination=b2://b&" + options.replace("%s", ALICE);

        assertThatThrownBy(() -> template.sendBody(uri, "")).satisfies(e -> {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            assertThat(text.toString()).doesNotContain(ALICE);
        });
    }

    @Test
    void eachSideHasAnAccountOfItsOwn() throws Exception {
        try (B2Emulator elsewhere = B2Emulator.start()) {
            elsewhere.state().createBucket(bucket);
            B2Configuration bean = new B2Configuration();
            account(bean, elsewhere);
            context.getRegistry().bind("elsewhere", bean);
            given("a", 100);

            sync(
                    source.toString(),
                    bucketUri(),
                    "destinationRealm=" + elsewhere.url(),
                    "destinationApplicationKeyId=" + elsewhere.applicationKeyId(),
                    "destinationApplicationKey=RAW(" + elsewhere.applicationKey() + ")");
            assertThat(elsewhere.state().names(bucket)).containsExactly("a");
            assertThat(bucketTree()).isEmpty();

            // Two accounts may have buckets of one name.
            sync(
                    bucketUri(),
                    bucketUri(),
                    "sourceRealm=" + elsewhere.url(),
                    "sourceApplicationKeyId=" + elsewhere.applicationKeyId(),
                    "sourceApplicationKey=RAW(" + elsewhere.applicationKey() + ")");
            assertThat(bucketTree()).containsOnlyKeys("a");

            sync(bucketUri(), destination, "sourceConfiguration=#bean:elsewhere");
            assertThat(tree(destination)).containsOnlyKeys("a");

            givenInBucket("b", "b", 100);
            sync(bucketUri(), bucketUri(), "destinationConfiguration=#bean:elsewhere");
            assertThat(elsewhere.state().names(bucket)).containsExactly("a", "b");
        }
    }

    @Test
    void oneAccountIsOneHoweverItIsNamed() {
        assertThatThrownBy(() -> sync(
                        bucketUri(),
                        bucketUri(),
                        "sourceApplicationKeyId=" + B2.emulator().applicationKeyId(),
                        "sourceApplicationKey=RAW(" + B2.emulator().applicationKey() + ")"))
                .hasMessageContaining("overlap");
    }

    @Test
    void halfAKeyIsRefusedAndNeitherSecretIsShown() {
        assertThatThrownBy(() -> context.getEndpoint(uri(source, bucketUri(), "destinationApplicationKeyId=001a")))
                .hasStackTraceContaining("Option destinationApplicationKeyId needs destinationApplicationKey");
        Endpoint alice = context.getEndpoint(
                uri(source, bucketUri(), "sourceApplicationKeyId=001a", "sourceApplicationKey=RAW(" + ALICE + ")"));
        Endpoint bob = context.getEndpoint(
                uri(source, bucketUri(), "sourceApplicationKeyId=001a", "source-application-key=RAW(" + BOB + ")"));

        assertThat(alice).isNotEqualTo(bob);
        assertThat(alice.getEndpointUri() + alice.getEndpointKey() + bob + bob.getEndpointKey())
                .doesNotContain(ALICE)
                .doesNotContain(BOB)
                .contains("sourceApplicationKeyId=001a");
        assertThat(context.getCamelContextExtension().getAdditionalSensitiveKeywords())
                .contains("sourceapplicationkey", "destinationapplicationkey");
    }

    private static String[] encrypted(String side, String key) {
        return new String[] {side + "Encryption=SSE-C", side + "CustomerKey=RAW(" + key + ")"};
    }
}
