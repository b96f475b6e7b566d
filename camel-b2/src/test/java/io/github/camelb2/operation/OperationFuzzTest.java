// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.OperationStage;
import io.github.camelb2.OperationStage.Message;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names, infos, ranges and headers that nobody thought of: what is accepted comes back as it was, and everything else is
 * an {@link IllegalArgumentException} or a {@link B2Exception}. The seeds are fixed, so that a failure comes again.
 */
class OperationFuzzTest {
    private static final byte[] CONTENT = "0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final String BUCKET = "fuzz-bucket";

    /** A longer content becomes a large file. */
    private static final int RECOMMENDED_PART = 2_000;

    private static B2Emulator b2;
    private static DefaultCamelContext context;
    private static ProducerTemplate template;
    private static B2ClientLease master;
    private static int stages;

    @BeforeContainer
    static void start() {
        b2 = B2Emulator.builder()
                .maxBuckets(100_000)
                .minPartSize(1_000)
                .recommendedPartSize(RECOMMENDED_PART)
                .start();
        b2.state().createBucket(BUCKET);
        b2.state().put(BUCKET, "digits", CONTENT);
        context = new DefaultCamelContext();
        B2Component component = context.getComponent("b2", B2Component.class);
        B2Configuration options = component.getConfiguration();
        options.setRealm(b2.url());
        options.setApplicationKeyId(b2.applicationKeyId());
        options.setApplicationKey(b2.applicationKey());
        options.setRetryTimeout(1_000);
        options.setInitialBackoff(1);
        options.setMaxBackoff(5);
        context.start();
        template = context.createProducerTemplate();
        master = component.borrowClient(options);
    }

    @AfterContainer
    static void stop() throws Exception {
        master.close();
        template.close();
        context.close();
        b2.close();
    }

    @Property(tries = 80, seed = "4711")
    void aFileThatIsAcceptedComesBackAsItWas(
            @ForAll("names") String name, @ForAll("infos") Map<String, String> info, @ForAll("contents") byte[] content)
            throws Exception {
        Exchange stored =
                send("b2:" + BUCKET, content, Map.of(B2Constants.FILE_NAME, name, B2Constants.FILE_INFO, info));
        if (isRefused(stored)) {
            return;
        }

        Map<String, Object> byName = Map.of(B2Constants.FILE_NAME, name);
        FileVersion found = send("b2:" + BUCKET + "?operation=getFileInfo", null, byName)
                .getMessage()
                .getBody(FileVersion.class);
        assertThat(found.fileName()).isEqualTo(name);
        assertThat(visible(found.fileInfo())).isEqualTo(visible(kept(info, content)));
        assertThat(found.fileId()).isEqualTo(stored.getMessage().getHeader(B2Constants.PRODUCED_FILE_ID));
        Exchange read = send("b2:" + BUCKET + "?operation=downloadFile", null, byName);
        assertThat(read.getMessage().getBody(byte[].class)).isEqualTo(content);
        Exchange listed = send(
                "b2:" + BUCKET + "?operation=listFileNames",
                null,
                Map.of(B2Constants.PREFIX, name, B2Constants.MAX_FILE_COUNT, 1));
        FileVersion first =
                (FileVersion) listed.getMessage().getBody(Iterator.class).next();
        assertThat(visible(first.fileInfo())).isEqualTo(visible(kept(info, content)));
    }

    @Property(tries = 80, seed = "4712")
    void aRangeIsThatPartOfTheFileOrRefused(@ForAll("positions") Object start, @ForAll("positions") Object end)
            throws Exception {
        Exchange read = send(
                "b2:" + BUCKET + "?operation=downloadFile&fileName=digits",
                null,
                Map.of(B2Constants.RANGE_START, start, B2Constants.RANGE_END, end));

        boolean isRange = start instanceof Number first
                && end instanceof Number last
                && first.longValue() >= 0
                && first.longValue() <= last.longValue()
                && first.longValue() < CONTENT.length;
        assertThat(isRefused(read)).as(start + " to " + end).isEqualTo(!isRange);
        if (isRange) {
            int from = ((Number) start).intValue();
            int to = 1 + (int) Math.min(CONTENT.length - 1, ((Number) end).longValue());
            assertThat(read.getMessage().getBody(byte[].class)).isEqualTo(Arrays.copyOfRange(CONTENT, from, to));
        }
    }

    @Property(tries = 60, seed = "4713")
    void anyHeadersOfAnyOperationAreTakenOrRefused(
            @ForAll B2Operations operation, @ForAll("headers") Map<String, Object> headers) throws Exception {
        OperationStage stage = new OperationStage(b2, master.client(), "fuzz-stage-" + ++stages);
        Message message = stage.message(operation);
        for (Map.Entry<String, Object> header : headers.entrySet()) {
            message = message.with(header.getKey(), header.getValue());
        }

        isRefused(send(message.uri(), message.body(), message.headers()));
    }

    private static Exchange send(String uri, Object body, Map<String, Object> headers) {
        return template.request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    /** Whether it failed, which it may do in two ways only; what comes lazily is read. */
    private static boolean isRefused(Exchange exchange) throws Exception {
        Exception failure = exchange.getException();
        if (failure == null) {
            failure = readingFailure(exchange.getMessage().getBody());
        }
        if (failure == null) {
            return false;
        }
        if (!(failure instanceof B2Exception) && failure.getClass() != IllegalArgumentException.class) {
            throw failure;
        }
        assertThat(failure.getMessage()).isNotBlank();
        return true;
    }

    private static Exception readingFailure(Object body) throws Exception {
        try {
            if (body instanceof Iterator<?> pages) {
                pages.forEachRemaining(it -> assertThat(it).isNotNull());
            }
            return null;
        } catch (B2Exception e) {
            return e;
        }
    }

    /** The entries of that file: keys in lower case, and of a large file the SHA-1 of the whole. */
    private static Map<String, String> kept(Map<String, String> info, byte[] content) throws Exception {
        Map<String, String> kept = new LinkedHashMap<>();
        info.forEach((key, value) -> kept.put(key.toLowerCase(Locale.ROOT), value));
        if (content.length > RECOMMENDED_PART) {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(content);
            kept.put("large_file_sha1", HexFormat.of().formatHex(digest));
        }
        return kept;
    }

    /** A report of a failure must survive its way to a terminal. */
    private static Map<String, String> visible(Map<String, String> info) {
        Map<String, String> escaped = new TreeMap<>();
        info.forEach((key, value) -> escaped.put(
                key,
                value.chars()
                        .mapToObj(unit ->
                                unit > 32 && unit < 127 ? String.valueOf((char) unit) : String.format("\\u%04x", unit))
                        .collect(Collectors.joining())));
        return escaped;
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> tame = Arbitraries.strings()
                .withChars("abcXYZ019 /.-_+%&?#=\"'\\<>|:;*~{}[]()@!$^`,éßλ日本\uFFFD")
                .ofMinLength(1)
                .ofMaxLength(60);
        Arbitrary<String> wild = Arbitraries.strings().all().ofMaxLength(40);
        Arbitrary<String> pairs =
                Arbitraries.of("😀", "a/../b", "/a", "a/", "//", ".", "..", "\u0000", "a\nb", "\uD83D");
        Arbitrary<String> big = Arbitraries.integers().between(1_000, 1_050).map("n"::repeat);
        return Arbitraries.frequencyOf(Tuple.of(6, tame), Tuple.of(3, wild), Tuple.of(1, pairs), Tuple.of(1, big));
    }

    @Provide
    Arbitrary<Map<String, String>> infos() {
        Arbitrary<String> keys = Arbitraries.frequencyOf(
                Tuple.of(
                        20,
                        Arbitraries.strings()
                                .withChars("abCD09-_.")
                                .ofMinLength(1)
                                .ofMaxLength(12)),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(60)));
        Arbitrary<String> values = Arbitraries.frequencyOf(
                Tuple.of(10, Arbitraries.strings().ascii().ofMaxLength(40)),
                Tuple.of(5, Arbitraries.strings().withChars("é +%\"\n\t日😀,;").ofMaxLength(20)));
        return Arbitraries.maps(keys, values).ofMaxSize(12);
    }

    @Provide
    Arbitrary<byte[]> contents() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(5_000);
    }

    @Provide
    Arbitrary<Object> positions() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.longs().between(-2, 12).map(Object.class::cast)),
                Tuple.of(1, Arbitraries.longs().map(Object.class::cast)),
                Tuple.of(
                        1,
                        Arbitraries.strings()
                                .alpha()
                                .ofMinLength(1)
                                .ofMaxLength(5)
                                .map(Object.class::cast)));
    }

    @Provide
    Arbitrary<Map<String, Object>> headers() {
        List<String> names = new ArrayList<>();
        for (var field : B2Constants.class.getFields()) {
            try {
                names.add((String) field.get(null));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        names.remove(B2Constants.OPERATION);
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20).map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.integers().between(-1, 3).map(Object.class::cast),
                Arbitraries.of(true, false, 1.5, List.of(), List.of("a", 1), Map.of(), Map.of("a", "b"), new byte[2])
                        .map(Object.class::cast));
        return Combinators.combine(
                        Arbitraries.of(names).list().ofMinSize(1).ofMaxSize(4),
                        values.list().ofSize(4))
                .as((keys, all) -> {
                    Map<String, Object> headers = new LinkedHashMap<>();
                    for (int i = 0; i < keys.size(); i++) {
                        headers.put(keys.get(i), all.get(i));
                    }
                    return headers;
                });
    }
}
