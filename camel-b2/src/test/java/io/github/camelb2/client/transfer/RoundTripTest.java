// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.transfer.download.DownloadStream;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.plan.WorkerCount;
import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RoundTripTest {
    private static final int MINIMUM = 1_000;
    private static final int RECOMMENDED = 10_000;

    @RegisterExtension
    static final B2EmulatorExtension B2 =
            new B2EmulatorExtension(builder -> builder.minPartSize(MINIMUM).recommendedPartSize(RECOMMENDED));

    @TempDir
    Path directory;

    private Path temporary;
    private final List<String> progress = new CopyOnWriteArrayList<>();
    private TestClient client;
    private String bucket;

    @BeforeEach
    void givenClientAndBucket() {
        temporary = directory.resolve("temporary");
        client = TestClient.of(B2.emulator(), temporary, new ClientListener() {
            @Override
            public void onProgress(long transfer, String fileName, long bytes, long total) {
                progress.add(fileName + " " + bytes + "/" + total);
            }
        });
        bucket = B2.createBucket();
    }

    @AfterEach
    void nothingIsLeftOver() throws IOException {
        assertThat(client.leasedConnections()).isZero();
        client.close();
        assertThat(B2.emulator().state().unfinishedLargeFiles(bucket)).isEmpty();
        await().until(() -> B2.emulator().state().temporaryFiles() == 0);
        if (Files.exists(temporary)) {
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63_999, 10_000, 10_001, 64 << 10, 250_000})
    void everyKindOfSourceComesBackByteForByte(int length) throws IOException {
        byte[] content = content(length);
        Path file = Files.write(directory.resolve("source"), content);

        upload("from file", UploadSources.file(file), TransferOptions.DEFAULT);
        upload("from bytes", UploadSources.bytes(content), TransferOptions.DEFAULT);
        upload("from stream of known length", stream(content, OptionalLong.of(length)), TransferOptions.DEFAULT);
        upload("from stream of unknown length", stream(content, OptionalLong.empty()), TransferOptions.DEFAULT);

        for (String name : B2.emulator().state().names(bucket)) {
            assertThat(B2.emulator().state().bytes(bucket, name)).as(name).isEqualTo(content);
            try (DownloadStream stream = client.b2().open(DownloadFile.byName(bucket, name), TestClient.FAST)) {
                assertThat(stream.length()).isEqualTo(length);
                assertThat(stream.readAllBytes()).as(name).isEqualTo(content);
                assertThat(stream.read()).isEqualTo(-1);
            }
            Path target = directory.resolve("target");
            client.b2()
                    .download(
                            DownloadFile.byName(bucket, name),
                            target,
                            TransferOptions.DEFAULT.withPartSize(20_000),
                            TestClient.FAST);
            assertThat(target).as(name).hasBinaryContent(content);
        }
        assertThat(B2.emulator().state().names(bucket)).hasSize(4);
    }

    /** What one answer brings is written at once where it is short, and as it comes where it is not. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, (256 << 10) - 1, 256 << 10, (256 << 10) + 1})
    void whatOneAnswerBringsComesBackByteForByte(int length) throws IOException {
        byte[] content = content(length);
        Path target = Files.writeString(directory.resolve("target"), "old");
        upload("a", UploadSources.bytes(content), TransferOptions.DEFAULT);

        for (TransferOptions.Verify verify : TransferOptions.Verify.values()) {
            client.b2()
                    .download(
                            DownloadFile.byName(bucket, "a"),
                            target,
                            TransferOptions.DEFAULT.withPartSize(1 << 20).withVerify(verify),
                            TestClient.FAST);
            assertThat(target).hasBinaryContent(content);
        }
        if (length > 0) {
            client.b2()
                    .download(
                            DownloadFile.byName(bucket, "a").withRange(ByteRange.from(length - 1L)),
                            target,
                            TransferOptions.DEFAULT,
                            TestClient.FAST);
            assertThat(target).hasBinaryContent(new byte[] {content[length - 1]});
        }
    }

    @ParameterizedTest
    @CsvSource({"10000, 0", "10001, 8", "40000, 16", "160000, 16", "400001, 44"})
    void aFileBecomesLargeAboveTheRecommendedPartLength(int length, int parts) {
        upload("a", UploadSources.bytes(content(length)), TransferOptions.DEFAULT);

        assertThat(B2.emulator().count("b2_upload_part")).isEqualTo(parts);
        assertThat(B2.emulator().count("b2_upload_file")).isEqualTo(parts == 0 ? 1 : 0);
    }

    @Test
    void aGivenPartSizeAndConcurrencyAreKept() {
        upload(
                "a",
                UploadSources.bytes(content(25_000)),
                TransferOptions.DEFAULT.withPartSize(5_000).withMaxConcurrency(2));

        assertThat(B2.emulator().count("b2_upload_part")).isEqualTo(5);
        assertThat(B2.emulator().maxConcurrent("b2_upload_part")).isLessThanOrEqualTo(2);
        assertThat(B2.emulator().count("b2_get_upload_part_url")).isLessThanOrEqualTo(2);
    }

    @Test
    void leftToTheClientTheConcurrencyBeginsWithTen() throws IOException {
        byte[] content = content(60_000);
        TransferOptions options = TransferOptions.DEFAULT.withPartSize(1_000).withConcurrency(WorkerCount.AUTO);
        CyclicBarrier ten = new CyclicBarrier(10);
        AtomicInteger opened = new AtomicInteger();

        upload(
                "a",
                new RemoteBytes(content, () -> {
                    if (opened.incrementAndGet() <= 10) {
                        ten.await(60, TimeUnit.SECONDS);
                    }
                }),
                options);
        Path target = directory.resolve("target");
        client.b2().download(DownloadFile.byName(bucket, "a"), target, options, TestClient.FAST);

        assertThat(B2.emulator().state().bytes(bucket, "a")).isEqualTo(content);
        assertThat(target).hasBinaryContent(content);
        assertThat(client.b2().tunedConcurrency()).isBetween(2, 64);
        assertThat(B2.emulator().maxConcurrent("b2_upload_part")).isLessThanOrEqualTo(64);
    }

    /** Bytes that are not read before they are sent; each part of them waits for something when it is opened. */
    private record RemoteBytes(byte[] content, Opening opening) implements UploadSource {
        interface Opening {
            void await() throws Exception;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(content.length);
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public String describe() {
            return "bytes from elsewhere";
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            try {
                opening.await();
            } catch (Exception e) {
                throw new IOException("others did not come", e);
            }
            return new ByteArrayInputStream(content, (int) offset, (int) length);
        }
    }

    @Test
    void uploadUrlsAreUsedAgain() {
        for (int i = 0; i < 5; i++) {
            upload("a" + i, UploadSources.bytes(content(10)), TransferOptions.DEFAULT);
        }

        assertThat(B2.emulator().count("b2_get_upload_url")).isEqualTo(1);
        assertThat(B2.emulator().count("b2_authorize_account")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 25_000})
    void whatIsSaidOfAFileIsKept(int length) {
        Map<String, String> info = Map.of(
                "src_last_modified_millis", "1500000000123",
                "colour", "blé doré",
                "b2-content-disposition", "attachment",
                "b2-cache-control", "max-age=60");

        FileVersion stored = client.b2()
                .upload(
                        UploadFile.of(bucket, "dir/naïve ~ +.txt")
                                .withContentType("text/x-test")
                                .withFileInfo(info)
                                .withServerSideEncryption(Encryption.sseB2()),
                        UploadSources.bytes(content(length)),
                        TransferOptions.DEFAULT,
                        TestClient.FAST);

        assertThat(stored.fileInfo()).containsAllEntriesOf(info);
        assertThat(stored.contentType()).isEqualTo("text/x-test");
        FileVersion found = client.b2()
                .head(DownloadFile.byName(bucket, "dir/naïve ~ +.txt"), TestClient.FAST)
                .orElseThrow();
        assertThat(found.fileInfo()).isEqualTo(stored.fileInfo());
        assertThat(found.serverSideEncryption()).hasToString("ServerSideEncryption[mode=SSE-B2, algorithm=AES256]");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 25_000})
    void aCustomerKeyIsGivenWithEveryRequest(int length) throws IOException {
        Encryption key = Encryption.sseC(new byte[32]);
        byte[] content = content(length);
        client.b2()
                .upload(
                        UploadFile.of(bucket, "a").withServerSideEncryption(key),
                        UploadSources.bytes(content),
                        TransferOptions.DEFAULT,
                        TestClient.FAST);

        DownloadFile request = DownloadFile.byName(bucket, "a").withServerSideEncryption(key);
        try (DownloadStream stream = client.b2().open(request, TestClient.FAST)) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }
        Path target = directory.resolve("target");
        client.b2().download(request, target, TransferOptions.DEFAULT.withPartSize(1_000), TestClient.FAST);
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void aSha1KnownBeforehandStaysWithALargeFileAndIsCheckedByDownloads() throws Exception {
        byte[] content = content(25_000);
        String sha1 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));

        FileVersion large =
                upload("large", UploadSources.withSha1(UploadSources.bytes(content), sha1), TransferOptions.DEFAULT);
        FileVersion small = upload(
                "small",
                UploadSources.withSha1(UploadSources.bytes(content), sha1),
                TransferOptions.DEFAULT.withPartSize(50_000));

        assertThat(large.fileInfo()).containsExactly(Map.entry("large_file_sha1", sha1));
        assertThat(small.fileInfo()).isEmpty();
        assertThat(small.contentSha1()).isEqualTo(sha1);
        try (DownloadStream stream = client.b2().open(DownloadFile.byName(bucket, "large"), TestClient.FAST)) {
            assertThat(stream.expectedSha1()).hasValue(sha1);
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void aSmallFileWithAnotherSha1ThanWasSaidIsNotStored() {
        UploadSource source = UploadSources.withSha1(UploadSources.bytes(content(10)), "00".repeat(20));

        assertThatThrownBy(() -> upload("a", source, TransferOptions.DEFAULT))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageContaining("instead of " + "00".repeat(20) + ", which was given");
        assertThat(B2.emulator().state().versions(bucket)).isEmpty();
    }

    @Test
    void rangesAreReadAsTheyAre() throws IOException {
        byte[] content = content(30_000);
        upload("a", UploadSources.bytes(content), TransferOptions.DEFAULT);
        DownloadFile request = DownloadFile.byName(bucket, "a").withRange(ByteRange.of(100, 24_999));

        try (DownloadStream stream = client.b2().open(request, TestClient.FAST)) {
            assertThat(stream.length()).isEqualTo(24_900);
            assertThat(stream.expectedSha1()).isEmpty();
            assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 100, 25_000));
        }
        Path target = directory.resolve("target");
        client.b2().download(request, target, TransferOptions.DEFAULT.withPartSize(4_000), TestClient.FAST);
        assertThat(target).hasBinaryContent(Arrays.copyOfRange(content, 100, 25_000));
        client.b2()
                .download(
                        request.withRange(ByteRange.from(29_000)),
                        target,
                        TransferOptions.DEFAULT.withPartSize(400),
                        TestClient.FAST);
        assertThat(target).hasBinaryContent(Arrays.copyOfRange(content, 29_000, 30_000));
    }

    @Test
    void aDownloadedFileHasTheModificationTimeOfItsSource() throws IOException {
        client.b2()
                .upload(
                        UploadFile.of(bucket, "a").withInfo("src_last_modified_millis", "1500000000123"),
                        UploadSources.bytes(content(10)),
                        TransferOptions.DEFAULT,
                        TestClient.FAST);
        Path target = Files.writeString(directory.resolve("target"), "what was there");

        client.b2().download(DownloadFile.byName(bucket, "a"), target, TransferOptions.DEFAULT, TestClient.FAST);

        assertThat(Files.getLastModifiedTime(target)).isEqualTo(FileTime.fromMillis(1_500_000_000_123L));
        assertThat(target).hasBinaryContent(content(10));
    }

    @Test
    void whatIsNotThereLeavesNothingOnDisk() {
        Path target = directory.resolve("target");

        assertThatThrownBy(() -> client.b2()
                        .download(
                                DownloadFile.byName(bucket, "missing"),
                                target,
                                TransferOptions.DEFAULT,
                                TestClient.FAST))
                .isInstanceOf(B2NotFoundException.class);
        assertThatThrownBy(() -> client.b2().open(DownloadFile.byName(bucket, "missing"), TestClient.FAST))
                .isInstanceOf(B2NotFoundException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aTargetThatCannotBeWrittenIsNamed() {
        upload("a", UploadSources.bytes(content(30_000)), TransferOptions.DEFAULT);
        Path missing = directory.resolve("missing/target");

        assertThatThrownBy(() -> client.b2()
                        .download(DownloadFile.byName(bucket, "a"), missing, TransferOptions.DEFAULT, TestClient.FAST))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessage("download to " + missing + ": its directory does not exist");
        assertThatThrownBy(() -> client.b2()
                        .download(
                                DownloadFile.byName(bucket, "a"), directory, TransferOptions.DEFAULT, TestClient.FAST))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessage("download to " + directory + ": it is a directory");
    }

    @Test
    void aStreamGivenUpEarlyCutsItsConnection() throws IOException {
        upload("a", UploadSources.bytes(content(5_000_000)), TransferOptions.DEFAULT.withPartSize(5_000_000));

        DownloadStream stream = client.b2().open(DownloadFile.byName(bucket, "a"), TestClient.FAST);
        assertThat(stream.read()).isNotEqualTo(-1);
        stream.close();

        assertThat(client.leasedConnections()).isZero();
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    void anEndlessStreamUsesTheDiskOfItsPartsOnly() {
        InputStream zeros = new InputStream() {
            private long left = 3_000_000;
            private long mostOnDisk;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                try (var files =
                        Files.exists(temporary) ? Files.list(temporary) : java.util.stream.Stream.<Path>empty()) {
                    mostOnDisk = Math.max(
                            mostOnDisk,
                            files.filter(file -> file.toString().endsWith(".part"))
                                    .count());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                assertThat(mostOnDisk).isLessThanOrEqualTo(3);
                int count = (int) Math.min(length, left);
                left -= count;
                return count;
            }
        };

        FileVersion stored = upload(
                "a",
                UploadSources.stream(zeros, OptionalLong.empty(), "zeros"),
                TransferOptions.DEFAULT.withPartSize(100_000).withMaxConcurrency(3));

        assertThat(stored.contentLength()).isEqualTo(3_000_000);
        assertThat(B2.emulator().count("b2_upload_part")).isEqualTo(30);
    }

    @Test
    void aStreamThatIsNotAsLongAsAnnouncedStoresNothing() {
        for (int announced : new int[] {9, 11, 24_000, 26_000}) {
            byte[] content = content(announced < 20_000 ? 10 : 25_000);
            assertThatThrownBy(() -> upload("a", stream(content, OptionalLong.of(announced)), TransferOptions.DEFAULT))
                    .isInstanceOf(B2LocalContentException.class)
                    .hasMessageContaining(announced + "");
        }
        assertThat(B2.emulator().state().versions(bucket)).isEmpty();
    }

    @Test
    void progressEndsWithAllBytesAndNeverGoesBackWithoutAFault() {
        upload("up", UploadSources.bytes(content(250_000)), TransferOptions.DEFAULT);
        client.b2()
                .download(
                        DownloadFile.byName(bucket, "up"),
                        directory.resolve("down"),
                        TransferOptions.DEFAULT.withPartSize(10_000),
                        TestClient.FAST);

        assertThat(progress).endsWith("up 250000/250000");
        assertThat(progress.stream().filter("up 250000/250000"::equals)).hasSize(2);
        assertThat(progress).hasSizeLessThanOrEqualTo(2 * 101);
    }

    private FileVersion upload(String name, UploadSource source, TransferOptions options) {
        return client.b2().upload(UploadFile.of(bucket, name), source, options, TestClient.FAST);
    }

    private static UploadSource stream(byte[] content, OptionalLong length) {
        return UploadSources.stream(new ByteArrayInputStream(content), length, "the body");
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}
