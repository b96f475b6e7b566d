// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.interop;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.model.file.FileVersion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a client that is not ours makes of files that a route stored, and a route of files that it stored. */
abstract class InteropContract extends B2TestSupport {
    /** Parts have 2,000 bytes here. */
    static final int LARGE = 25_000;

    private static final String KEY = Base64.getEncoder().encodeToString(random(32));

    /** Every kind of character that B2 takes, and every place where a slash or a dot may stand. */
    private static final List<String> NAMES = List.of(
            "plain.txt",
            "a b  c.txt",
            " before and after ",
            "100%.txt",
            "%20%2F%zz.txt",
            "a%2Fb.txt",
            "a+b=c&d?e#f;g.txt",
            "it's \"quoted\" `thus`.txt",
            "back\\slash.txt",
            "<>|*:,[]{}^~$!@().txt",
            "-leading.txt",
            "~tilde.txt",
            "ÄÖÜ/straße é.txt",
            "decomposed/e\u0301.txt",
            "日本語/ファイル.txt",
            "astral/😀𝒳.txt",
            "rtl/\u202eשלום\u202c.txt",
            "\u0085\u009f next line and last control.txt",
            "\u00a0\u200b\u2028\ufeff unseen.txt",
            "\ufffd\uffff not a character.txt",
            "dir//double.txt",
            "/leading.txt",
            "trailing/",
            "./dot.txt",
            "up/../dots.txt",
            ".hidden/..two/three...",
            "long/" + "ü".repeat(100) + "/" + "y".repeat(200),
            "x".repeat(1024));

    @TempDir
    Path directory;

    private OtherClient other;

    /** A client of the emulator; where it is not installed the tests are skipped. */
    abstract OtherClient open(Path directory) throws Exception;

    @BeforeEach
    void openOther() throws Exception {
        other = open(directory);
    }

    @AfterEach
    void closeOther() {
        if (other != null) {
            other.close();
        }
    }

    @Test
    void theOtherReadsFilesOfEveryNameThatWeWrote() throws Exception {
        String bucket = B2.createBucket();
        List<Sample> files = samples(NAMES.stream().filter(other::canRead));

        files.forEach(file -> write(bucket, file, null));

        assertSame(other.read(bucket, null), files.stream().map(other::asFarAsItCan));
    }

    @Test
    void weReadFilesOfEveryNameThatTheOtherWrote() throws Exception {
        String bucket = B2.createBucket();
        List<Sample> files = samples(NAMES.stream().filter(other::canWrite));

        other.write(bucket, files, null);

        assertSame(
                withTypes(read(bucket, null), !other.choosesTypes()),
                withTypes(files, !other.choosesTypes()).stream().map(other::asFarAsItCan));
    }

    @Test
    void theOtherReadsTypesInfosAndTimesThatWeWrote() throws Exception {
        String bucket = B2.createBucket();
        List<Sample> files = described();

        files.forEach(file -> write(bucket, file, null));

        assertSame(other.read(bucket, null), files.stream().map(other::asFarAsItCan));
    }

    @Test
    void weReadTypesInfosAndTimesThatTheOtherWrote() throws Exception {
        String bucket = B2.createBucket();
        List<Sample> files = described();

        other.write(bucket, files, null);

        assertSame(
                withTypes(read(bucket, null), !other.choosesTypes()),
                withTypes(files, !other.choosesTypes()).stream().map(other::asFarAsItCan));
    }

    @Test
    void theOtherReadsALargeFileThatWeWroteInParts() throws Exception {
        String bucket = B2.createBucket();
        Sample large = timed("large.bin").withContent(random(LARGE));

        write(bucket, large, null);

        assertThat(b2().count("b2_upload_part")).isGreaterThan(5);
        assertSame(withoutDigest(other.read(bucket, null)), Stream.of(large));
    }

    @Test
    void weReadALargeFileThatTheOtherWroteInParts() throws Exception {
        String bucket = B2.createBucket();
        Sample large = timed("large.bin").withContent(random(other.bytesOfALargeFile()));

        other.write(bucket, List.of(large), null);

        assertThat(b2().count("b2_upload_part")).isGreaterThan(1);
        assertSame(
                withTypes(withoutDigest(read(bucket, null)), !other.choosesTypes()),
                withTypes(List.of(large), !other.choosesTypes()).stream());
    }

    @Test
    void theOtherReadsWhatWeEncryptedWithACustomerKey() throws Exception {
        assumeTrue(other.hasCustomerKeys(), "this client has no customer keys");
        String bucket = B2.createBucket();
        List<Sample> files = encryptedFiles();

        files.forEach(file -> write(bucket, file, KEY));

        assertSame(withoutDigest(other.read(bucket, KEY)), files.stream());
    }

    @Test
    void weReadWhatTheOtherEncryptedWithACustomerKey() throws Exception {
        assumeTrue(other.hasCustomerKeys(), "this client has no customer keys");
        String bucket = B2.createBucket();
        List<Sample> files = encryptedFiles();

        other.write(bucket, files, KEY);

        assertSame(withoutDigest(read(bucket, KEY)), files.stream());
        assertThat(fail("b2:" + bucket, null, operation(B2Operations.downloadFile, "small é.txt")))
                .hasMessageContaining("customer key");
    }

    private static List<Sample> encryptedFiles() {
        return List.of(timed("small é.txt"), timed("large.bin").withContent(random(LARGE)));
    }

    private static List<Sample> samples(Stream<String> names) {
        return names.map(InteropContract::timed).toList();
    }

    private static Sample timed(String name) {
        return Sample.of(name).withInfo(Map.of(Sample.MODIFIED, "1234567890123"));
    }

    private static List<Sample> described() {
        return List.of(
                timed("empty.txt").withContent(new byte[0]),
                timed("type.txt").withContentType("application/x-something; charset=utf-8"),
                Sample.of("before 1970.txt").withInfo(Map.of(Sample.MODIFIED, "-86400000")),
                Sample.of("infos.txt")
                        .withInfo(Map.of(
                                Sample.MODIFIED,
                                "1700000000001",
                                "a-b_c.d",
                                "v 1+2 = 3 % 100%25 & \"so\" 'on'; \\ / ?#",
                                "unicode",
                                "grüße 日本語 😀 e\u0301 \u00a0\u200b",
                                "spaces",
                                "  before and after  ",
                                "b2-content-language",
                                "de, en",
                                "b2-cache-control",
                                "max-age=3600")));
    }

    private void write(String bucket, Sample file, @Nullable String customerKey) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(B2Constants.FILE_NAME, file.name());
        headers.put(B2Constants.CONTENT_TYPE, file.contentType());
        Map<String, String> info = new HashMap<>(file.info());
        String modified = info.remove(Sample.MODIFIED);
        if (modified != null) {
            headers.put(B2Constants.LAST_MODIFIED, Long.valueOf(modified));
        }
        headers.put(B2Constants.FILE_INFO, info);
        send("b2:" + bucket, file.content(), encrypted(headers, customerKey));
    }

    private List<Sample> read(String bucket, @Nullable String customerKey) throws Exception {
        List<Sample> found = new ArrayList<>();
        Iterator<?> listed = send("b2:" + bucket, null, operation(B2Operations.listFileNames))
                .getMessage()
                .getBody(Iterator.class);
        while (listed.hasNext()) {
            String name = ((FileVersion) listed.next()).fileName();
            Exchange answer = send(
                    "b2:" + bucket,
                    null,
                    encrypted(new HashMap<>(operation(B2Operations.downloadFile, name)), customerKey));
            found.add(sample(answer.getMessage()));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Sample sample(Message answer) throws Exception {
        try (InputStream body = answer.getBody(InputStream.class)) {
            return new Sample(
                    answer.getHeader(B2Constants.FOUND_FILE_NAME, String.class),
                    body.readAllBytes(),
                    answer.getHeader(B2Constants.FOUND_CONTENT_TYPE, String.class),
                    answer.getHeader(B2Constants.FOUND_FILE_INFO, Map.class));
        }
    }

    private static Map<String, Object> encrypted(Map<String, Object> headers, @Nullable String customerKey) {
        if (customerKey != null) {
            headers.put(B2Constants.SERVER_SIDE_ENCRYPTION, "SSE-C");
            headers.put(B2Constants.CUSTOMER_KEY, customerKey);
        }
        return headers;
    }

    private static List<Sample> withTypes(List<Sample> files, boolean theirOwn) {
        return theirOwn
                ? files
                : files.stream().map(file -> file.withContentType("any")).toList();
    }

    /** Without the digest of the whole that clients note with a large file, if they know it. */
    private static List<Sample> withoutDigest(List<Sample> files) {
        return files.stream()
                .map(file -> {
                    Map<String, String> info = new HashMap<>(file.info());
                    info.remove("large_file_sha1");
                    return file.withInfo(info);
                })
                .toList();
    }

    private static void assertSame(List<Sample> found, Stream<Sample> expected) {
        assertThat(found.stream().map(Sample::line))
                .containsExactlyInAnyOrderElementsOf(expected.map(Sample::line).toList());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
