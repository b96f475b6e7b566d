// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.WrappedFile;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.converter.stream.ReaderCache;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.operation.request.UploadRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class UploadFileTest extends B2TestSupport {
    private static final String SHORT = "grüße";
    private static final String LONG = "0123456789".repeat(2_000);

    @TempDir
    Path directory;

    /** What Camel's file consumer found is looked at once more before the consumer deletes or moves it. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aStoredFileThatBecomesAPipeIsNotWaitedFor() throws Exception {
        String bucket = B2.createBucket();
        Path file = Files.createFile(directory.resolve("empty"));
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:consumed").to("b2:" + bucket + "?fileName=empty").process(it -> {
                    Files.delete(file);
                    assertThat(new ProcessBuilder("mkfifo", file.toString())
                                    .start()
                                    .waitFor())
                            .isZero();
                });
            }
        });

        // No interrupt ends the wait for the other end of a pipe.
        CompletableFuture<Exchange> answer =
                CompletableFuture.supplyAsync(() -> template().request("direct:consumed", exchange -> {
                    WrappedFile<?> found = new Wrapped(file.toFile(), null);
                    exchange.setProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, found);
                    exchange.getMessage().setBody(found);
                }));

        assertThat(answer.get(30, TimeUnit.SECONDS).getException())
                .hasMessageContaining("it changed while it was uploaded or after");
    }

    static Stream<Named<Function<Path, Object>>> bodies() {
        return Stream.of(
                body("a File", Path::toFile),
                body("a Path", file -> file),
                body("a WrappedFile of a local file", file -> new Wrapped(file.toFile(), null)),
                body("a WrappedFile of a remote file", file -> new Wrapped("remote", read(file))),
                body("a WrappedFile with a stream", file -> new Wrapped("remote", new Unsized(read(file)))),
                body("a byte array", UploadFileTest::read),
                body("a ByteBuffer", file -> ByteBuffer.wrap(read(file))),
                body("a direct ByteBuffer behind its beginning", UploadFileTest::directBuffer),
                body("a String", file -> new String(read(file), StandardCharsets.UTF_8)),
                body("a StreamCache", file -> new InputStreamCache(read(file))),
                body(
                        "a StreamCache of characters",
                        file -> readerCache(new String(read(file), StandardCharsets.UTF_8))),
                body("a Reader", file -> new StringReader(new String(read(file), StandardCharsets.UTF_8))),
                body("an InputStream", file -> new Unsized(read(file))));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyBodyTypeIsStoredWhole(Function<Path, Object> body) throws IOException {
        String bucket = B2.createBucket();
        for (String content : new String[] {"", SHORT, LONG}) {
            Path file = Files.writeString(directory.resolve("content"), content);

            send("b2:" + bucket + "?fileName=a.txt", body.apply(file), Map.of());

            assertThat(new String(b2().state().bytes(bucket, "a.txt"), StandardCharsets.UTF_8))
                    .isEqualTo(content);
        }
        assertThat(b2().state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @Test
    void aStreamOfKnownLengthIsStoredWhole() {
        String bucket = B2.createBucket();

        send(
                "b2:" + bucket + "?fileName=a.txt",
                new Unsized(bytes(LONG)),
                Map.of(B2Constants.CONTENT_LENGTH, LONG.length()));

        assertThat(b2().state().bytes(bucket, "a.txt")).isEqualTo(bytes(LONG));
    }

    @Test
    void aStreamOfAnotherLengthThanTheHeaderSaysFails() {
        String bucket = B2.createBucket();

        Exception failure = fail(
                "b2:" + bucket + "?fileName=a.txt", new Unsized(bytes(SHORT)), Map.of(B2Constants.CONTENT_LENGTH, 100));

        assertThat(failure).isInstanceOf(B2LocalContentException.class).hasMessageContaining("100");
        assertThat(b2().state().versions(bucket)).isEmpty();
    }

    @Test
    void aLengthThatTheBodyDoesNotHaveIsRefused() {
        String bucket = B2.createBucket();

        assertThat(fail("b2:" + bucket + "?fileName=a.txt", "12345", Map.of(B2Constants.CONTENT_LENGTH, 6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CamelB2ContentLength = 6")
                .hasMessageContaining("5 bytes");
    }

    @Test
    void textsAreWrittenInTheCharsetOfTheExchange() {
        String bucket = B2.createBucket();

        template().request("b2:" + bucket + "?fileName=a.txt", exchange -> {
            exchange.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
            exchange.getMessage().setBody(SHORT);
        });

        assertThat(b2().state().bytes(bucket, "a.txt")).isEqualTo(SHORT.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The system makes it while it is read, and says that it has no bytes. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatSaysItIsEmptyAndIsNotIsReadToItsEnd() throws IOException {
        String bucket = B2.createBucket();
        File version = new File("/proc/version");

        send("b2:" + bucket + "?fileName=version", version, Map.of());

        assertThat(b2().state().bytes(bucket, "version")).isNotEmpty().isEqualTo(Files.readAllBytes(version.toPath()));
    }

    @Test
    void theBodyStaysAndHeadersDescribeWhatWasStored() {
        String bucket = B2.createBucket();

        Exchange answer = send("b2:" + bucket, "hello", Map.of(Exchange.FILE_NAME, "docs/a.txt"));

        StoredVersion stored = b2().state().versions(bucket).get(0);
        assertThat(answer.getMessage().getBody()).isEqualTo("hello");
        assertThat(answer.getMessage().getHeaders())
                .containsEntry(B2Constants.PRODUCED_BUCKET_NAME, bucket)
                .containsEntry(B2Constants.PRODUCED_FILE_NAME, "docs/a.txt")
                .containsEntry(B2Constants.PRODUCED_FILE_ID, stored.fileId())
                .containsEntry(B2Constants.PRODUCED_CONTENT_LENGTH, 5L)
                .containsEntry(B2Constants.PRODUCED_CONTENT_TYPE, "text/plain")
                .containsEntry(B2Constants.PRODUCED_CONTENT_SHA1, stored.sha1())
                .containsEntry(B2Constants.PRODUCED_UPLOAD_TIMESTAMP, stored.uploadTimestamp());
    }

    @Test
    void headersBecomeFileInfo() {
        String bucket = B2.createBucket();
        Map<String, Object> headers = new HashMap<>(Map.of(
                B2Constants.FILE_INFO, Map.of("Team", "ä b", "large_file_sha1", "0".repeat(40)),
                B2Constants.CONTENT_TYPE, "text/x-test",
                B2Constants.LAST_MODIFIED, 1_700_000_000_000L,
                B2Constants.CONTENT_DISPOSITION, "attachment; filename=\"x.txt\"",
                B2Constants.CONTENT_LANGUAGE, "de",
                B2Constants.CACHE_CONTROL, "max-age=60",
                B2Constants.EXPIRES, "Thu, 01 Dec 2033 16:00:00 GMT",
                B2Constants.CONTENT_ENCODING, "identity"));

        send("b2:" + bucket + "?fileName=a.txt", "hello", headers);

        StoredVersion stored = b2().state().versions(bucket).get(0);
        assertThat(stored.contentType()).isEqualTo("text/x-test");
        assertThat(stored.info())
                .containsEntry("team", "ä b")
                .containsEntry("src_last_modified_millis", "1700000000000")
                .containsEntry("b2-content-disposition", "attachment; filename=\"x.txt\"")
                .containsEntry("b2-content-language", "de")
                .containsEntry("b2-cache-control", "max-age=60")
                .containsEntry("b2-expires", "Thu, 01 Dec 2033 16:00:00 GMT")
                .containsEntry("b2-content-encoding", "identity")
                .doesNotContainKey("large_file_sha1");
    }

    @Test
    void localFilesKeepTheirTimeOfModification() throws IOException {
        String bucket = B2.createBucket();
        Path file = Files.writeString(directory.resolve("a.txt"), "hello");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_000L));

        send("b2:" + bucket + "?fileName=a.txt", file.toFile(), Map.of());

        assertThat(b2().state().versions(bucket).get(0).info())
                .containsEntry("src_last_modified_millis", "1600000000000");
    }

    @Test
    void theOptionGoesBeforeTheHeaderAndTheHeaderBeforeCamelsOwn() {
        String bucket = B2.createBucket();

        Map<String, Object> both = Map.of(B2Constants.FILE_NAME, "header", Exchange.FILE_NAME, "camel");
        send("b2:" + bucket + "?fileName=option", "x", both);
        send("b2:" + bucket, "x", both);
        send("b2:" + bucket, "x", Map.of(Exchange.FILE_NAME, "camel"));

        assertThat(b2().state().names(bucket)).containsExactly("camel", "header", "option");
    }

    @Test
    void theOptionMayBeASimpleExpressionButNoHeaderIs() {
        String bucket = B2.createBucket();

        send("b2:" + bucket + "?fileName=${header.day}/a.txt", "x", Map.of("day", "monday"));
        send("b2:" + bucket, "x", Map.of(B2Constants.FILE_NAME, "${header.day}", "day", "monday"));

        assertThat(b2().state().names(bucket)).containsExactly("${header.day}", "monday/a.txt");
    }

    @Test
    void aMessageWithoutANameFails() {
        assertThat(fail("b2:" + B2.createBucket(), "x", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uploadFile needs a file name")
                .hasMessageContaining("CamelB2FileName")
                .hasMessageContaining("fileName")
                .hasMessageContaining("CamelFileName");
    }

    @Test
    void aMessageWithoutABodyFails() {
        assertThat(fail("b2:" + B2.createBucket() + "?fileName=a", null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the body is empty");
    }

    @Test
    void aBodyOfWhichNoBytesCanBeMadeFails() {
        assertThat(fail("b2:" + B2.createBucket() + "?fileName=a", new Object(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void aWrongSha1IsRefused() {
        String bucket = B2.createBucket();

        assertThat(fail("b2:" + bucket + "?fileName=a", "x", Map.of(B2Constants.CONTENT_SHA1, "0".repeat(40))))
                .isInstanceOf(RuntimeException.class);
        assertThat(b2().state().versions(bucket)).isEmpty();
    }

    @Test
    void aWrongMd5IsNotKept() {
        String bucket = B2.createBucket();

        assertThat(fail("b2:" + bucket + "?fileName=a", "x", Map.of(B2Constants.CONTENT_MD5, "0".repeat(32))))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageContaining("MD5");
        assertThat(b2().state().versions(bucket)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aDigestThatTheContentDoesNotHaveIsRefusedWhateverTheBody(Function<Path, Object> body) throws IOException {
        String bucket = B2.createBucket();
        for (String content : new String[] {SHORT, LONG}) {
            Path file = Files.writeString(directory.resolve("content"), content);

            assertThat(fail(
                            "b2:" + bucket + "?fileName=a",
                            body.apply(file),
                            Map.of(B2Constants.CONTENT_SHA1, "0".repeat(40))))
                    .hasMessageContaining("SHA-1");
            assertThat(fail(
                            "b2:" + bucket + "?fileName=a",
                            body.apply(file),
                            Map.of(B2Constants.CONTENT_MD5, "0".repeat(32))))
                    .hasMessageContaining("MD5");
        }
        assertThat(b2().state().versions(bucket)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aDigestThatTheContentHasIsKept(Function<Path, Object> body) throws Exception {
        String bucket = B2.createBucket();
        for (String content : new String[] {SHORT, LONG}) {
            Path file = Files.writeString(directory.resolve("content"), content);

            send(
                    "b2:" + bucket + "?fileName=a",
                    body.apply(file),
                    Map.of(
                            B2Constants.CONTENT_SHA1, digest("SHA-1", content),
                            B2Constants.CONTENT_MD5, digest("MD5", content)));
        }

        assertThat(b2().state().versions(bucket, "a").get(0).info())
                .containsEntry("large_file_sha1", digest("SHA-1", LONG));
    }

    @ParameterizedTest
    @CsvSource({B2Constants.CONTENT_SHA1 + ", 40", B2Constants.CONTENT_MD5 + ", 32"})
    void aDigestThatAFileOfB2DoesNotHaveIsRefused(String header, int digits) {
        String source = B2.bucketName("source");
        b2().state().createBucket(source);
        String bucket = B2.createBucket();
        send("b2:" + source + "?fileName=a", new Unsized(bytes(LONG)), Map.of());
        Exchange read = send("b2:" + source + "?operation=downloadFile&fileName=a", null, Map.of());

        assertThat(fail(
                        "b2:" + bucket + "?fileName=a",
                        read.getMessage().getBody(),
                        Map.of(header, "0".repeat(digits))))
                .isInstanceOf(RuntimeException.class);
        assertThat(b2().state().versions(bucket)).isEmpty();
    }

    private static String digest(String algorithm, String content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes(content)));
    }

    @Test
    void whatAnEarlierEndpointFoundIsNotDemandedOfAnotherBody() {
        String bucket = B2.createBucket();
        b2().state().put(bucket, "a.txt", bytes("some content"));

        Exchange first = send("b2:" + bucket + "?operation=downloadFile&fileName=a.txt", null, Map.of());
        first.getMessage().setBody("changed");
        first.getMessage().setHeader(B2Constants.FILE_NAME, "b.txt");
        template().send("b2:" + bucket, first);

        assertThat(first.getException()).isNull();
        assertThat(b2().state().bytes(bucket, "b.txt")).isEqualTo(bytes("changed"));
    }

    @Test
    void deleteAfterWriteDeletesTheLocalFileOnceItIsStored() throws IOException {
        String bucket = B2.createBucket();
        Path file = Files.writeString(directory.resolve("a.txt"), "hello");

        send("b2:" + bucket + "?fileName=a.txt&deleteAfterWrite=true", file.toFile(), Map.of());

        assertThat(file).doesNotExist();
        assertThat(b2().state().names(bucket)).containsExactly("a.txt");
    }

    @Test
    void deleteAfterWriteKeepsAFileThatIsWrittenToWhileB2FinishesIt() throws Exception {
        String bucket = B2.createBucket();
        Path file = Files.writeString(directory.resolve("a.log"), LONG);
        b2().faults().add("b2_finish_large_file #1: delay 2s");
        long finished = b2().count("b2_finish_large_file");
        CompletableFuture<Exception> failure = CompletableFuture.supplyAsync(
                () -> fail("b2:" + bucket + "?fileName=a.log&deleteAfterWrite=true", file.toFile(), Map.of()));

        await().until(() -> b2().count("b2_finish_large_file") > finished);
        Files.writeString(file, "one more line", StandardOpenOption.APPEND);

        assertThat(failure.get(30, TimeUnit.SECONDS))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageContaining("is stored, but it is not deleted")
                .hasMessageContaining("changed while it was read");
        assertThat(file).hasContent(LONG + "one more line");
        assertThat(b2().state().bytes(bucket, "a.log")).isEqualTo(bytes(LONG));
    }

    @Test
    void deleteAfterWriteKeepsTheLocalFileWhenTheUploadFails() throws IOException {
        String bucket = B2.createBucket();
        Path file = Files.writeString(directory.resolve("a.txt"), "hello");
        b2().faults().add("b2_upload_file: status 400 bad_request");

        fail("b2:" + bucket + "?fileName=a.txt&deleteAfterWrite=true", file.toFile(), Map.of());

        assertThat(file).exists();
    }

    @Test
    void theContentTypeOfTheOptionIsStored() {
        String bucket = B2.createBucket();

        send("b2:" + bucket + "?fileName=a.txt&contentType=application/x-mine", "x", Map.of());

        assertThat(b2().state().versions(bucket, "a.txt").get(0).contentType()).isEqualTo("application/x-mine");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void unfinishedLargeFilesAreLookedForUnlessTheOptionSaysNo(boolean resumes, long lookups) {
        String bucket = B2.createBucket();
        byte[] content = new byte[5_000];

        send("b2:" + bucket + "?fileName=big&resumeLargeFiles=" + resumes, content, Map.of());

        assertThat(b2().count("b2_list_unfinished_large_files")).isEqualTo(lookups);
        assertThat(b2().count("b2_finish_large_file")).isEqualTo(1);
        assertThat(b2().state().bytes(bucket, "big")).isEqualTo(content);
    }

    @Test
    void autoCreateBucketCreatesTheBucketOfTheEndpoint() {
        send("b2:" + B2.bucketName() + "?fileName=a.txt&autoCreateBucket=true", "x", Map.of());

        assertThat(b2().state().names(B2.bucketName())).containsExactly("a.txt");
    }

    @Test
    void aBucketThatDoesNotExistIsNamed() {
        assertThat(fail("b2:" + B2.bucketName() + "?fileName=a.txt", "x", Map.of()))
                .hasMessageContaining(B2.bucketName())
                .hasMessageContaining("create it");
    }

    @Test
    void aRequestRecordIsTakenFromTheBody() {
        String bucket = B2.createBucket();
        UploadRequest request = UploadRequest.of(
                UploadFile.of(bucket, "pojo.txt").withInfo("team", "x"), UploadSources.bytes(bytes("pojo")));

        send("b2:" + bucket + "?pojoRequest=true", request, Map.of());

        assertThat(b2().state().bytes(bucket, "pojo.txt")).isEqualTo(bytes("pojo"));
        assertThat(b2().state().versions(bucket).get(0).info()).containsEntry("team", "x");
    }

    @Test
    void anotherBodyThanTheRequestRecordIsRefused() {
        assertThat(fail("b2:" + B2.createBucket() + "?pojoRequest=true", "text", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(UploadRequest.class.getName())
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void encryptionOfOptionsAndHeadersIsAsked() {
        String bucket = B2.createBucket();
        String key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

        Exchange b2Keys = send("b2:" + bucket + "?fileName=a&serverSideEncryption=SSE-B2", "x", Map.of());
        Exchange ownKey = send(
                "b2:" + bucket + "?fileName=b",
                "x",
                Map.of(B2Constants.SERVER_SIDE_ENCRYPTION, "SSE-C", B2Constants.CUSTOMER_KEY, key));

        assertThat(b2Keys.getMessage()
                        .getHeader(B2Constants.PRODUCED_SERVER_SIDE_ENCRYPTION)
                        .toString())
                .isEqualTo("SSE-B2");
        assertThat(ownKey.getMessage()
                        .getHeader(B2Constants.PRODUCED_SERVER_SIDE_ENCRYPTION)
                        .toString())
                .isEqualTo("SSE-C");
        assertThat(ownKey.getMessage().getHeaders()).doesNotContainKey(B2Constants.CUSTOMER_KEY);
    }

    private static Named<Function<Path, Object>> body(String name, Function<Path, Object> maker) {
        return Named.of(name, maker);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ReaderCache readerCache(String text) {
        return new ReaderCache(text);
    }

    private static ByteBuffer directBuffer(Path file) {
        byte[] content = read(file);
        ByteBuffer buffer = ByteBuffer.allocateDirect(content.length + 7);
        buffer.position(7);
        buffer.put(content).position(7);
        return buffer;
    }

    /** A stream that knows nothing of its length. */
    private static final class Unsized extends InputStream {
        private final ByteArrayInputStream content;

        Unsized(byte[] content) {
            this.content = new ByteArrayInputStream(content);
        }

        @Override
        public int read() {
            return content.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return content.read(target, offset, length);
        }

        @Override
        public int available() {
            throw new AssertionError("the length of a stream is never guessed");
        }
    }

    private record Wrapped(Object file, Object content) implements WrappedFile<Object> {
        @Override
        public Object getFile() {
            return file;
        }

        @Override
        public Object getBody() {
            return content;
        }

        @Override
        public long getFileLength() {
            return file instanceof File local ? local.length() : 0;
        }
    }
}
