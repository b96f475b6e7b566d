// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.poll.ConsumerTestSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What one step has found never orders what the next one does; the routes are those that users write. */
class FoundAndOrderedRouteTest extends ConsumerTestSupport {
    private String other;

    @BeforeEach
    void makeOtherBucket() {
        other = newBucket();
    }

    private static String newBucket() {
        String name = B2.bucketName("other");
        b2().state().createBucket(name);
        return name;
    }

    private StoredVersion newest(String bucketName, String name) {
        return b2().state().versions(bucketName, name).get(0);
    }

    /** Stores a file with type, time and entries of its own. */
    private void givenDescribed(String bucketName, String name, byte[] content, String type, Map<String, String> info) {
        component();
        try (var lease = component().borrowClient(component().getConfiguration())) {
            B2Client client = lease.client();
            client.upload(
                    UploadFile.of(bucketName, name).withContentType(type).withFileInfo(info),
                    UploadSources.bytes(content),
                    TransferOptions.DEFAULT,
                    CallSettings.DEFAULT);
        }
    }

    private void given(RouteBuilder routes) throws Exception {
        context().addRoutes(routes);
    }

    @Test
    void aFileReadOnTheWayNamesNoUploadAndLeavesTheSourceToBeDeleted() throws Exception {
        put("a.txt", "content of a");
        b2().state().put(other, "settings.json", bytes("{}"));
        String target = newBucket();
        consume("deleteAfterRead=false", route -> route.enrich(
                        "b2:" + other + "?operation=downloadFile&fileName=settings.json")
                .setBody(constant("made of both"))
                .to("b2:" + target)
                .to("b2:" + bucket + "?operation=deleteFileVersion"));

        poll();

        assertThat(failures.all()).isEmpty();
        assertThat(stored(target)).containsExactly("a.txt=made of both");
        assertThat(stored(other)).containsExactly("settings.json={}");
        assertThat(stored()).isEmpty();
    }

    @Test
    void aFileReadOnTheWayAndSentOnAsItIsKeepsItsName() throws Exception {
        put("a.txt", "content of a");
        b2().state().put(other, "settings.json", bytes("{}"));
        String read = "b2:" + other + "?operation=downloadFile&fileName=settings.json";
        String target = newBucket();
        String second = newBucket();
        consume("", route -> route.wireTap("direct:tap").end().enrich(read).to("b2:" + target));
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:tap").to(read).to("b2:" + second).to("mock:tapped");
            }
        });
        mock("tapped").expectedMessageCount(1);

        poll();

        assertThat(failures.all()).isEmpty();
        mock("tapped").assertIsSatisfied();
        assertThat(stored(target)).containsExactly("settings.json={}");
        assertThat(stored(second)).containsExactly("settings.json={}");
    }

    @Test
    void aFileReadOnTheWayFromTheSameBucketIsNotTheOneThatIsDeleted() throws Exception {
        put("in/a.txt", "a");
        put("settings.json", "{}");
        consume("prefix=in/", route -> route.to("b2:" + bucket + "?operation=downloadFile&fileName=settings.json")
                .to("b2:" + bucket + "?operation=deleteFileVersion"));

        poll();

        assertThat(failures.all()).isEmpty();
        assertThat(stored()).containsExactly("settings.json={}");
    }

    @Test
    void theSourcesVersionIsDeletedAndNotTheCopy() throws Exception {
        put("a.txt", "a");
        consume("", route -> route.to("b2:" + other).to("b2:" + bucket + "?operation=deleteFileVersion"));

        poll();

        assertThat(failures.all()).isEmpty();
        assertThat(stored(other)).containsExactly("a.txt=a");
        assertThat(stored()).isEmpty();
    }

    @Test
    void anIdThatWasFoundInOneBucketDeletesNothingInAnother() throws Exception {
        put("a.txt", "a");
        b2().state().put(other, "a.txt", bytes("other"));
        consume("", route -> route.to("b2:" + other + "?operation=deleteFileVersion"));

        poll();

        assertThat(failures.all()).singleElement().satisfies(it -> assertThat(it)
                .hasMessageContaining("file id"));
        assertThat(stored()).containsExactly("a.txt=a");
        assertThat(stored(other)).containsExactly("a.txt=other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hideFile", "unhideFile", "deleteAllFileVersions"})
    void aNameThatWasFoundInOneBucketChangesNothingInAnother(String operation) throws Exception {
        put("a.txt", "a");
        b2().state().put(other, "a.txt", bytes("other"));
        if (operation.equals("unhideFile")) {
            b2().state().hide(other, "a.txt");
        }
        List<String> before = stored(other);
        consume("", route -> route.to("b2:" + other + "?operation=" + operation));
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("b2:" + bucket + "?operation=getFileInfo&fileName=a.txt")
                        .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, constant(other))
                        .to("b2:" + bucket + "?operation=" + operation);
            }
        });

        poll();

        assertThat(failures.all()).singleElement().satisfies(it -> assertThat(it)
                .hasMessageContaining(operation + " needs a file name")
                .hasMessageContaining("found"));
        assertThat(fail("direct:start", null, Map.of())).hasMessageContaining(operation + " needs a file name");
        assertThat(stored(other)).isEqualTo(before);
    }

    @Test
    void aNameThatWasFoundIsHiddenInItsOwnBucketAndLookedUpInOthers() throws Exception {
        put("a.txt", "a");
        b2().state().put(other, "a.txt", bytes("other"));
        consume("", route -> route.to("b2:" + other + "?operation=fileExists")
                .process(it -> delivered.add(String.valueOf(it.getMessage().getBody())))
                .to("b2:" + bucket + "?operation=hideFile"));

        poll();

        assertThat(failures.all()).isEmpty();
        assertThat(delivered).containsExactly("true");
        assertThat(stored()).containsExactly("a.txt hide", "a.txt=a");
        assertThat(stored(other)).containsExactly("a.txt=other");
    }

    @Test
    void aStepThatNamesAFileItselfDoesNotGoByTheIdThatWasFound() throws Exception {
        put("in/a.txt", "a");
        put("conf", "settings");
        consume("prefix=in/", route -> route.to("b2:" + bucket + "?operation=downloadFile&fileName=conf")
                .process(it -> delivered.add(it.getMessage().getBody(String.class)))
                .setHeader(B2Constants.FILE_NAME, constant("conf"))
                .to("b2:" + bucket + "?operation=downloadFile")
                .process(it -> delivered.add(it.getMessage().getBody(String.class))));

        poll();

        assertThat(delivered).containsExactly("settings", "settings");
    }

    @Test
    void theOptionNamesTheUploadBehindAConsumerOfTheSameBucket() throws Exception {
        put("in/a.txt", "a");
        consume("prefix=in/", route -> route.to("b2:" + bucket + "?fileName=done/${file:onlyname}"));

        poll();
        poll();

        assertThat(stored()).containsExactly("done/a.txt=a", "in/a.txt=a");
    }

    @Test
    void whatWasReadIsNotOverwrittenByWhatTheOptionNames() throws Exception {
        put("in.json", "in");
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("b2:" + bucket + "?operation=downloadFile&fileName=in.json")
                        .setBody(constant("out"))
                        .to("b2:" + bucket + "?fileName=out.json");
            }
        });

        send("direct:start", null, Map.of());

        assertThat(stored()).containsExactly("in.json=in", "out.json=out");
    }

    @Test
    void aBodyMadeSinceDoesNotOverwriteTheFileThatWasReadBefore() throws Exception {
        put("in.json", "in");
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("b2:" + bucket + "?operation=downloadFile&fileName=in.json")
                        .setBody(constant("out"))
                        .to("b2:" + bucket);
                from("direct:copy")
                        .to("b2:" + bucket + "?operation=downloadFile&fileName=in.json")
                        .to("b2:" + other);
            }
        });

        assertThat(fail("direct:start", null, Map.of())).hasMessageContaining("uploadFile needs a file name");
        send("direct:copy", null, Map.of());

        assertThat(stored()).containsExactly("in.json=in");
        assertThat(stored(other)).containsExactly("in.json=in");
    }

    @Test
    void onlyWhatIsAbsentIsCopied() throws Exception {
        put("a.txt", "a");
        put("b.txt", "b");
        b2().state().put(other, "a.txt", bytes("older"));
        consume("", route -> route.enrich("b2:" + other + "?operation=fileExists", (old, found) -> {
                    old.setProperty("exists", found.getMessage().getBody());
                    return old;
                })
                .choice()
                .when(exchangeProperty("exists").isEqualTo(false))
                .to("b2:" + other)
                .end());

        poll();

        assertThat(failures.all()).isEmpty();
        assertThat(stored(other)).containsExactly("a.txt=older", "b.txt=b");
    }

    private static org.apache.camel.builder.ValueBuilder exchangeProperty(String name) {
        return org.apache.camel.builder.Builder.exchangeProperty(name);
    }

    private static org.apache.camel.builder.ValueBuilder constant(Object value) {
        return org.apache.camel.builder.Builder.constant(value);
    }

    @Test
    void theSettingsOfOneBucketAreNotThoseOfTheNext() throws Exception {
        String open = B2.bucketName("made");
        send(
                "b2:" + open + "?operation=createBucket&bucketType=allPublic",
                null,
                Map.of(B2Constants.BUCKET_INFO, Map.of("team", "x")));
        String made = B2.bucketName("made");
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("b2:" + open + "?operation=getBucket")
                        .to("b2:" + made + "?operation=createBucket&bucketType=allPrivate");
                from("direct:default")
                        .to("b2:" + open + "?operation=getBucket")
                        .to("b2:" + made + "2?operation=createBucket");
            }
        });

        Bucket answer = send("direct:start", null, Map.of()).getMessage().getBody(Bucket.class);
        Bucket second = send("direct:default", null, Map.of()).getMessage().getBody(Bucket.class);

        assertThat(answer.bucketType().name()).isEqualTo("allPrivate");
        assertThat(answer.bucketInfo()).isEmpty();
        assertThat(second.bucketType().name()).isEqualTo("allPrivate");
    }

    @Test
    void theTypeOfOneUploadIsNotThatOfTheNext() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("b2:" + bucket + "?fileName=a.txt&contentType=text/plain")
                        .setBody(constant("{}"))
                        .to("b2:" + bucket + "?fileName=b.json&contentType=application/json")
                        .to("b2:" + bucket + "?fileName=c.csv");
            }
        });

        send("direct:start", "a", Map.of());

        assertThat(newest(bucket, "a.txt").contentType()).isEqualTo("text/plain");
        assertThat(newest(bucket, "b.json").contentType()).isEqualTo("application/json");
        assertThat(newest(bucket, "c.csv").contentType()).isNotEqualTo("application/json");
    }

    @Test
    void whatIsUnpackedHasNeitherEncodingNorTypeNorEntriesOfThePackage() throws Exception {
        givenDescribed(
                bucket,
                "a.txt",
                gzipped("text"),
                "application/gzip",
                Map.of("b2-content-encoding", "gzip", "tenant", "x", "src_last_modified_millis", "1000000000000"));
        consume("", route -> route.process(it -> it.getMessage()
                        .setBody(new GZIPInputStream(it.getMessage().getBody(InputStream.class))))
                .to("b2:" + other + "?fileName=plain.bin")
                .setHeader(B2Constants.CONTENT_TYPE, constant("application/gzip"))
                .setBody(constant("text"))
                .to("b2:" + other + "?fileName=ordered.bin"));

        poll();

        assertThat(failures.all()).isEmpty();
        StoredVersion plain = newest(other, "plain.bin");
        assertThat(plain.info()).isEmpty();
        assertThat(plain.contentType()).isNotEqualTo("application/gzip");
        // A type that the route sets counts, also where it is the one that was found.
        assertThat(newest(other, "ordered.bin").contentType()).isEqualTo("application/gzip");
    }

    private static byte[] gzipped(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void theVeryBodyKeepsItsTypeItsTimeAndItsEntries() throws Exception {
        Map<String, String> info =
                Map.of("b2-content-encoding", "gzip", "tenant", "x", "src_last_modified_millis", "1000000000000");
        givenDescribed(bucket, "a.bin", gzipped("text"), "application/gzip", info);
        consume("", route -> route.multicast().to("b2:" + other, "direct:wire").end());
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:wire").removeHeaders("*").to("b2:" + other + "?fileName=copy.bin");
            }
        });

        poll();

        assertThat(failures.all()).isEmpty();
        assertThat(b2().state().versions(other))
                .extracting(StoredVersion::name, StoredVersion::contentType)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a.bin", "application/gzip"),
                        org.assertj.core.groups.Tuple.tuple("copy.bin", "application/gzip"));
        assertThat(newest(other, "copy.bin").info()).containsAllEntriesOf(info);
    }

    @Test
    void anOrderOfTheRouteCountsAlsoWhereItSaysWhatWasFound() throws Exception {
        String locked = B2.bucketName("made");
        send("b2:" + locked + "?operation=createBucket", null, Map.of("CamelB2FileLockEnabled", true));
        send("b2:" + locked + "?fileName=a.txt", "held", Map.of(B2Constants.LEGAL_HOLD, "on"));
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:plain")
                        .to("b2:" + locked + "?operation=downloadFile&fileName=a.txt")
                        .to("b2:" + locked + "?fileName=plain.txt");
                from("direct:held")
                        .to("b2:" + locked + "?operation=downloadFile&fileName=a.txt")
                        .setHeader(B2Constants.LEGAL_HOLD, constant("on"))
                        .to("b2:" + locked + "?fileName=held.txt");
                from("direct:other")
                        .to("b2:" + locked + "?operation=downloadFile&fileName=a.txt")
                        .setBody(constant("another content"))
                        .setHeader(B2Constants.CONTENT_SHA1, simple("${header.CamelB2FoundContentSha1}"))
                        .to("b2:" + locked + "?fileName=other.txt");
            }
        });

        Exchange plain = send("direct:plain", null, Map.of());
        Exchange held = send("direct:held", null, Map.of());

        assertThat(plain.getMessage().getHeader("CamelB2FoundLegalHold")).isEqualTo("on");
        assertThat(plain.getMessage().getHeader("CamelB2ProducedLegalHold")).isNotEqualTo("on");
        assertThat(held.getMessage().getHeader("CamelB2ProducedLegalHold")).isEqualTo("on");
        assertThat(fail("direct:other", null, Map.of())).hasMessageContaining("SHA-1");
        assertThat(b2().state().names(locked)).doesNotContain("other.txt");
    }

    @Test
    void itHoldsWhereOnlyHeadersTravelAndWhereABrokerMadeThemText() throws Exception {
        put("in/a.txt", "a");
        consume("prefix=in/", route -> route.to("b2:" + other + "?fileName=copy.txt")
                .process(exchange -> {
                    Map<String, Object> texts = new HashMap<>();
                    exchange.getMessage().getHeaders().forEach((name, value) -> texts.put(name, String.valueOf(value)));
                    template()
                            .sendBodyAndHeaders(
                                    "b2:" + other,
                                    "made since",
                                    exchange.getMessage().getHeaders());
                    template().sendBodyAndHeaders("b2:" + other + "?fileName=text.txt", "made since", texts);
                    template().sendBodyAndHeaders("b2:" + bucket + "?operation=deleteFileVersion", null, texts);
                }));

        poll();

        assertThat(failures.all()).isEmpty();
        assertThat(stored(other)).containsExactly("copy.txt=a", "in/a.txt=made since", "text.txt=made since");
        assertThat(stored()).isEmpty();
    }

    @Test
    void namesThatTheRouteSetsGoBeforeTheSourcesInTheirOrder() throws Exception {
        put("a.txt", "a");
        consume("", route -> route.setHeader(Exchange.FILE_NAME, constant("by-camel"))
                .to("b2:" + other)
                .setHeader(Exchange.OVERRULE_FILE_NAME, constant("by-overrule"))
                .to("b2:" + other)
                .setHeader(B2Constants.FILE_NAME, constant("by-header"))
                .to("b2:" + other)
                .to("b2:" + other + "?fileName=by-option")
                .setHeader("CamelB2OverrideFileName", constant("by-override"))
                .to("b2:" + other + "?fileName=by-option2"));

        poll();

        assertThat(failures.all()).isEmpty();
        assertThat(b2().state().names(other))
                .containsExactly("by-camel", "by-header", "by-option", "by-override", "by-overrule");
    }

    @Test
    void theTypeThatADataFormatOrAFileEndpointSaysIsUsedWhereNothingBetterIsSaid() {
        send("b2:" + bucket + "?fileName=a", "{}", Map.of(Exchange.CONTENT_TYPE, "application/json"));
        send("b2:" + bucket + "?fileName=b", "{}", Map.of(Exchange.FILE_CONTENT_TYPE, "text/csv"));
        send(
                "b2:" + bucket + "?fileName=c",
                "{}",
                Map.of(Exchange.CONTENT_TYPE, "text/html", B2Constants.CONTENT_TYPE, "text/xml"));
        send("b2:" + bucket + "?fileName=d&contentType=image/png", "{}", Map.of(Exchange.CONTENT_TYPE, "text/html"));

        assertThat(b2().state().versions(bucket))
                .extracting(StoredVersion::contentType)
                .containsExactly("application/json", "text/csv", "text/xml", "image/png");
    }

    @Test
    void theTypeThatTheConsumerFoundIsNoneOfAnotherBody() throws Exception {
        givenDescribed(bucket, "a.dat", bytes("a"), "text/found", Map.of());
        consume("", route -> route.setBody(constant("made since")).to("b2:" + other + "?fileName=x.dat"));

        poll();

        assertThat(failures.all()).isEmpty();
        assertThat(newest(other, "x.dat").contentType()).isNotEqualTo("text/found");
    }

    @Test
    void resultsOfWritesAreInProducedHeadersAlone() throws Exception {
        Exchange answer = send("b2:" + bucket + "?fileName=a.txt", "a", Map.of());

        assertThat(answer.getMessage().getHeaders().keySet()).isNotEmpty().allSatisfy(name -> assertThat(name)
                .startsWith("CamelB2Produced"));
    }
}
