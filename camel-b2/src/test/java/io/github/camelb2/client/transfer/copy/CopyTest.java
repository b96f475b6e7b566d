// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.copy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.transfer.TestClient;
import io.github.camelb2.client.transfer.download.DownloadStream;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CopyTest {
    /** What B2 says to a copy of more than 5 GB in one call; the emulator says it here of any file. */
    private static final String TOO_BIG = "b2_copy_file: status 400 source_too_large Copy source too big";

    private static final Encryption KEY = Encryption.sseC(new byte[32]);

    @RegisterExtension
    static final B2EmulatorExtension B2 =
            new B2EmulatorExtension(builder -> builder.minPartSize(1_000).recommendedPartSize(10_000));

    @TempDir
    Path directory;

    private TestClient client;
    private String bucket;

    @BeforeEach
    void givenClientAndBucket() {
        client = TestClient.of(B2.emulator(), directory);
        bucket = B2.createBucket();
    }

    @AfterEach
    void nothingIsLeftOver() {
        assertThat(client.unfinishedWithParts(
                        B2.emulator(), B2.emulator().state().bucketId(bucket).orElseThrow()))
                .isEmpty();
        client.close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileIsCopiedInOneCallIfB2TakesIt() {
        String source = put("source", content(35_000));

        FileVersion copy = copy(CopyFile.of(source, "copy"));

        assertThat(copy.contentLength()).isEqualTo(35_000);
        assertThat(B2.emulator().count("b2_copy_file")).isEqualTo(1);
        assertThat(B2.emulator().count("b2_get_file_info")).isZero();
        assertThat(B2.emulator().state().bytes(bucket, "copy")).isEqualTo(content(35_000));
    }

    @Test
    void aFileThatIsTooBigForOneCallIsCopiedByPartsWithAllThatWasSaidOfIt() {
        B2.emulator().faults().add(TOO_BIG);
        Map<String, String> info = Map.of("colour", "red", "src_last_modified_millis", "1500000000123");
        String source = client.b2()
                .upload(
                        UploadFile.of(bucket, "source")
                                .withContentType("text/x-test")
                                .withFileInfo(info),
                        UploadSources.bytes(content(35_000)),
                        TransferOptions.DEFAULT.withPartSize(50_000),
                        TestClient.FAST)
                .fileId();

        FileVersion copy = copy(CopyFile.of(source, "copy"));

        assertThat(B2.emulator().count("b2_copy_part")).isEqualTo(4);
        assertThat(B2.emulator().state().bytes(bucket, "copy")).isEqualTo(content(35_000));
        assertThat(copy.contentType()).isEqualTo("text/x-test");
        assertThat(copy.fileInfo()).containsAllEntriesOf(info);
        // B2 had the SHA-1 of the source, and has none of a large file: it is kept, so that downloads stay checked.
        assertThat(copy.knownSha1()).isPresent();
    }

    @Test
    void aCopyByPartsTakesRangeNewMetadataBucketAndKey() {
        B2.emulator().faults().add(TOO_BIG);
        String other = B2.bucketName("other");
        String otherId = B2.emulator().state().createBucket(other);
        String source = client.b2()
                .upload(
                        UploadFile.of(bucket, "source").withServerSideEncryption(KEY),
                        UploadSources.bytes(content(35_000)),
                        TransferOptions.DEFAULT,
                        TestClient.FAST)
                .fileId();

        FileVersion copy = client.b2()
                .copy(
                        CopyFile.of(source, "copy")
                                .withDestinationBucketId(otherId)
                                .withRange(ByteRange.of(5_000, 29_999))
                                .replacingMetadata("text/x-new", Map.of("colour", "blue"))
                                .withSourceServerSideEncryption(KEY)
                                .withDestinationServerSideEncryption(KEY),
                        TransferOptions.DEFAULT.withPartSize(5_000),
                        TestClient.FAST);

        assertThat(B2.emulator().count("b2_copy_part")).isEqualTo(5);
        assertThat(copy.contentType()).isEqualTo("text/x-new");
        assertThat(copy.fileInfo()).isEqualTo(Map.of("colour", "blue"));
        assertThat(read(DownloadFile.byName(other, "copy").withServerSideEncryption(KEY)))
                .isEqualTo(Arrays.copyOfRange(content(35_000), 5_000, 30_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2_start_large_file #1: lose-answer",
                "b2_copy_part #1: lose-answer",
                "b2_copy_part #2: status 503",
                "b2_copy_part #1: expire-token",
                "b2_finish_large_file #1: lose-answer",
                "b2_get_file_info #1: drop response 3",
            })
    void aCopyByPartsSurvives(String fault) {
        B2.emulator().faults().add(TOO_BIG);
        B2.emulator().faults().add(fault);

        copy(CopyFile.of(put("source", content(35_000)), "copy"));

        assertThat(B2.emulator().state().bytes(bucket, "copy")).isEqualTo(content(35_000));
        assertThat(B2.emulator().state().versions(bucket, "copy"))
                .filteredOn(version -> version.action().equals("upload"))
                .hasSize(1);
    }

    @Test
    void aCopyByPartsThatIsRefusedLeavesNothing() {
        B2.emulator().faults().add(TOO_BIG);
        B2.emulator().faults().add("b2_copy_part #3: status 403 access_denied");
        String source = put("source", content(35_000));

        assertThatThrownBy(() -> copy(CopyFile.of(source, "copy")))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("access_denied");
    }

    @Test
    void piecesBecomeOneFile() throws Exception {
        byte[] first = content(12_000);
        byte[] second = content(500);
        byte[] third = content(15_000);
        byte[] fourth = content(700);
        String firstId = put("first", first);
        String thirdId = put("third", third);
        String fourthId = put("fourth", fourth);
        B2.emulator().resetRequests();

        FileVersion joined = client.b2()
                .concatenate(
                        UploadFile.of(bucket, "joined").withInfo("colour", "red"),
                        List.of(
                                Piece.remote(firstId),
                                Piece.local(UploadSources.stream(
                                        new ByteArrayInputStream(second), OptionalLong.empty(), "second")),
                                Piece.remote(thirdId, ByteRange.of(1_000, 13_999)),
                                Piece.local(UploadSources.bytes(second)),
                                Piece.remote(fourthId),
                                Piece.local(UploadSources.bytes(first))),
                        TransferOptions.DEFAULT,
                        TestClient.FAST);

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.write(first);
        expected.write(second);
        expected.write(third, 1_000, 13_000);
        expected.write(second);
        expected.write(fourth);
        expected.write(first);
        assertThat(B2.emulator().state().bytes(bucket, "joined")).isEqualTo(expected.toByteArray());
        assertThat(joined.fileInfo()).isEqualTo(Map.of("colour", "red"));
        assertThat(B2.emulator().count("b2_copy_part")).isEqualTo(2);
        // 500 bytes borrowed from the third piece, and the fourth.
        assertThat(B2.emulator().count("b2_download_file_by_id")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50, 99, 101, 70_000})
    void aStreamOfAnotherLengthThanAnnouncedIsNotStored(int length) {
        long announced = length == 70_000 ? 70_001 : 100;
        Piece stream = Piece.local(UploadSources.stream(
                new ByteArrayInputStream(content(length)), OptionalLong.of(announced), "the piece"));

        assertThatThrownBy(() -> client.b2()
                        .concatenate(
                                UploadFile.of(bucket, "joined"),
                                List.of(stream),
                                TransferOptions.DEFAULT,
                                TestClient.FAST))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageContaining(announced + " ");

        assertThat(B2.emulator().state().versions(bucket, "joined")).isEmpty();
    }

    @Test
    void piecesThatAreShortTogetherBecomeOneSmallFile() {
        String id = put("first", content(700));

        FileVersion joined = client.b2()
                .concatenate(
                        UploadFile.of(bucket, "joined"),
                        List.of(Piece.local(UploadSources.bytes(content(200))), Piece.remote(id, ByteRange.of(0, 99))),
                        TransferOptions.DEFAULT,
                        TestClient.FAST);

        assertThat(joined.contentLength()).isEqualTo(300);
        assertThat(joined.verifiedSha1()).isPresent();
        assertThat(B2.emulator().count("b2_start_large_file")).isZero();
    }

    @Test
    void oneRemotePieceAloneIsCopied() {
        String id = put("first", content(700));

        client.b2()
                .concatenate(
                        UploadFile.of(bucket, "joined").withContentType("text/x-test"),
                        List.of(Piece.remote(id)),
                        TransferOptions.DEFAULT,
                        TestClient.FAST);

        assertThat(B2.emulator().count("b2_copy_file")).isEqualTo(1);
        assertThat(B2.emulator().state().bytes(bucket, "joined")).isEqualTo(content(700));
        assertThat(B2.emulator().state().versions(bucket, "joined").get(0).contentType())
                .isEqualTo("text/x-test");
    }

    @Test
    void noPiecesAreAnEmptyFile() {
        client.b2().concatenate(UploadFile.of(bucket, "joined"), List.of(), TransferOptions.DEFAULT, TestClient.FAST);

        assertThat(B2.emulator().state().bytes(bucket, "joined")).isEmpty();
    }

    @Test
    void aPieceThatIsGoneLeavesNothing() {
        String id = put("first", content(12_000));
        B2.emulator().faults().add("b2_copy_part: status 404 not_found");

        assertThatThrownBy(() -> client.b2()
                        .concatenate(
                                UploadFile.of(bucket, "joined"),
                                List.of(Piece.remote(id), Piece.local(UploadSources.bytes(content(5_000)))),
                                TransferOptions.DEFAULT,
                                TestClient.FAST))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("not_found");
    }

    private FileVersion copy(CopyFile request) {
        return client.b2().copy(request, TransferOptions.DEFAULT, TestClient.FAST);
    }

    private String put(String name, byte[] content) {
        return B2.emulator().state().put(bucket, name, content).fileId();
    }

    private byte[] read(DownloadFile request) {
        try (DownloadStream stream = client.b2().open(request, TestClient.FAST)) {
            return stream.readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}
