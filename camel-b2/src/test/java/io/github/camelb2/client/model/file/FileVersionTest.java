// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.UnusableAnswerException;
import io.github.camelb2.client.model.protection.EncryptionMode;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.Guarded;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.RetentionMode;
import io.github.camelb2.client.model.protection.ServerSideEncryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class FileVersionTest {
    private static final String SHA1 = "0123456789abcdef0123456789abcdef01234567";
    private static final String OTHER = "fedcba9876543210fedcba9876543210fedcba98";

    @ParameterizedTest
    @CsvSource({
        "1700000000123, 1700000000123",
        "-1, -1",
        "0, 0",
        "12.5, 99",
        "'', 99",
        "99999999999999999999, 99",
        "abc, 99"
    })
    void modificationTimeIsWhatTheUploaderSaidIfItIsANumber(String said, long millis) throws IOException {
        FileVersion file = read("{\"fileId\":\"i\",\"fileName\":\"a\",\"uploadTimestamp\":99,"
                + "\"fileInfo\":{\"src_last_modified_millis\":\"" + said + "\"}}");

        assertThat(file.modificationTimeMillis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                SHA1 + ", -, " + SHA1 + ", " + SHA1,
                "unverified:" + SHA1 + ", -, -, " + SHA1,
                "none, " + OTHER + ", -, " + OTHER,
                "none, -, -, -",
                "none, nonsense, -, -",
                SHA1 + ", " + OTHER + ", " + SHA1 + ", " + SHA1
            })
    void sha1IsTheBestThatIsKnown(String contentSha1, String largeFileSha1, String verified, String known)
            throws IOException {
        String info = largeFileSha1 == null ? "{}" : "{\"large_file_sha1\":\"" + largeFileSha1 + "\"}";

        FileVersion file = read("{\"fileId\":\"i\",\"fileName\":\"a\",\"contentSha1\":\"" + contentSha1
                + "\",\"fileInfo\":" + info + "}");

        assertThat(file.verifiedSha1().orElse(null)).isEqualTo(verified);
        assertThat(file.knownSha1().orElse(null)).isEqualTo(known);
    }

    @Test
    void folderOfAListingHasNothingButItsName() throws IOException {
        FileVersion folder = read("""
                {"accountId":"a","action":"folder","bucketId":"b","contentLength":0,"contentMd5":null,
                 "contentSha1":null,"contentType":null,"fileId":null,"fileInfo":{},"fileName":"dir/",
                 "uploadTimestamp":0}""");

        assertThat(folder.representsFolder()).isTrue();
        assertThat(folder.fileId()).isEmpty();
        assertThat(folder.contentSha1()).isEqualTo("none");
        assertThat(folder.fileRetention()).isNull();
    }

    @Test
    void unknownMembersAreIgnoredAndUnknownWordsSurvive() throws IOException {
        FileVersion file = read("""
                {"fileId":"i","fileName":"a","action":"teleport","replicationStatus":"BEAMING","news":{"x":[1]},
                 "fileRetention":{"isClientAuthorizedToRead":true,"value":{"mode":"eternal","retainUntilTimestamp":5}},
                 "legalHold":{"isClientAuthorizedToRead":false,"value":null},
                 "serverSideEncryption":{"algorithm":"AES512","mode":"SSE-X"}}""");

        assertThat(file.action()).hasToString("teleport");
        assertThat(file.replicationStatus()).hasToString("BEAMING");
        assertThat(file.fileRetention().find()).contains(new FileRetention(new RetentionMode("eternal"), 5L));
        assertThat(file.legalHold()).isEqualTo(new Guarded<LegalHold>(false, null));
        assertThat(file.serverSideEncryption())
                .isEqualTo(new ServerSideEncryption(new EncryptionMode("SSE-X"), "AES512"));
    }

    @Test
    void noRetentionIsReadFromNulls() throws IOException {
        FileVersion file =
                read("{\"fileId\":\"i\",\"fileName\":\"a\",\"fileRetention\":{\"isClientAuthorizedToRead\":true,"
                        + "\"value\":{\"mode\":null,\"retainUntilTimestamp\":null}}}");

        assertThat(file.fileRetention().find()).contains(FileRetention.NONE);
    }

    @Test
    void sizeOfTheFirstApiVersionIsTheLength() throws IOException {
        assertThat(read("{\"fileId\":\"i\",\"fileName\":\"a\",\"size\":7}").contentLength())
                .isEqualTo(7);
    }

    @Test
    void versionWithoutANameIsNoAnswerOfB2() {
        assertThatThrownBy(() -> read("{\"fileId\":\"4_z\"}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no member fileName");
    }

    @Test
    void everyMemberIsReadIntoItsField() throws IOException {
        FileVersion file = read("""
                {"accountId":"a","action":"copy","bucketId":"b","contentLength":7,"contentMd5":"m","contentSha1":"s",
                 "contentType":"t","fileId":"f","fileInfo":{"k":"v","none":null},"fileName":"n",
                 "fileRetention":{"isClientAuthorizedToRead":false,"value":null},
                 "legalHold":{"value":"on","isClientAuthorizedToRead":true},"replicationStatus":"PENDING",
                 "serverSideEncryption":{"algorithm":"AES256","mode":"SSE-B2"},"uploadTimestamp":9}""");

        assertThat(file)
                .isEqualTo(new FileVersion(
                        "a",
                        Action.COPY,
                        "b",
                        7,
                        "m",
                        "s",
                        "t",
                        "f",
                        Map.of("k", "v"),
                        "n",
                        new Guarded<>(false, null),
                        Guarded.readable(LegalHold.ON),
                        ReplicationStatus.PENDING,
                        new ServerSideEncryption(EncryptionMode.SSE_B2, "AES256"),
                        9));
    }

    @Test
    void whatIsWrittenReadsAsTheSame() throws IOException {
        FileVersion file = read("""
                {"accountId":"a","action":"upload","bucketId":"b","contentLength":1,"contentSha1":"s","fileId":"f",
                 "fileInfo":{"k":"v"},"fileName":"n","uploadTimestamp":9,
                 "fileRetention":{"isClientAuthorizedToRead":true,
                                  "value":{"mode":"governance","retainUntilTimestamp":5}}}""");

        assertThat(read(new String(Json.write(file), StandardCharsets.UTF_8))).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "\"text\"",
                "{\"fileId\":\"i\",\"fileName\":{\"a\":1}}",
                "{\"fileId\":\"i\",\"fileName\":\"a\",\"contentLength\":\"many\"}",
                "{\"fileId\":\"i\",\"fileName\":\"a\",\"fileInfo\":[\"k\"]}",
                "{\"fileId\":\"i\",\"fileName\":\"a\",\"fileInfo\":{\"k\":{}}}",
                "{\"fileId\":\"i\",\"fileName\":\"a\",\"legalHold\":\"on\"}",
                "{\"fileId\":\"i\",\"fileName\":\"a\",\"fileRetention\":{\"value\":{\"mode\":\"governance\"}}}",
                "{\"fileId\":\"i\",\"fileName\":\"a\",\"serverSideEncryption\":7}",
                "{\"fileId\":\"i\",\"fileName\":\"a\"",
                "{\"fileId\":\"i\",\"fileName\":\"a\",\"fileInfo\":{"
            })
    void answerOfAnotherFormIsRefusedAsNoAnswerOfB2(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnusableAnswerException.class);
    }

    @Test
    void fileInfoKeepsItsOrder() throws IOException {
        assertThat(read("{\"fileId\":\"i\",\"fileName\":\"a\",\"fileInfo\":{\"z\":\"1\",\"a\":\"2\",\"m\":\"3\"}}")
                        .fileInfo()
                        .keySet())
                .containsExactly("z", "a", "m");
    }

    @Test
    void whatVersionsOfAPageHaveInCommonIsReadOnceAndWhatDiffersIsOfEach() throws IOException {
        String page = """
                {"files": [
                  {"fileId": "i", "fileName": "a", "accountId": "acc1", "bucketId": "bucket1", "contentType": "text/plain", "action": "upload",
                   "serverSideEncryption": {"mode": "SSE-B2", "algorithm": "AES256"}},
                  {"fileId": "i", "fileName": "b", "accountId": "acc1", "bucketId": "bucket1", "contentType": "text/plain", "action": "upload",
                   "serverSideEncryption": {"mode": "SSE-B2", "algorithm": "AES256"}},
                  {"fileId": "i", "fileName": "c", "accountId": "acc2", "bucketId": "bucket2", "contentType": "text/html\\u0021", "action": "hide",
                   "serverSideEncryption": {"mode": null, "algorithm": null}},
                  {"fileId": "i", "fileName": "d", "bucketId": null, "contentType": 5, "serverSideEncryption": {"mode": "SSE-C!", "algorithm": "AES256"}},
                  {"fileId": "i", "fileName": "e", "accountId": "", "bucketId": "bucket3", "action": "own"}]}
                """;

        List<FileVersion> files = Json.read(
                        new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), FilePage.class)
                .files();

        assertThat(files.get(1).bucketId()).isSameAs(files.get(0).bucketId());
        assertThat(files.get(1).serverSideEncryption())
                .isSameAs(files.get(0).serverSideEncryption())
                .isEqualTo(new ServerSideEncryption(EncryptionMode.SSE_B2, "AES256"));
        assertThat(files).extracting(FileVersion::accountId).containsExactly("acc1", "acc1", "acc2", "", "");
        assertThat(files)
                .extracting(FileVersion::bucketId)
                .containsExactly("bucket1", "bucket1", "bucket2", "", "bucket3");
        assertThat(files)
                .extracting(FileVersion::contentType)
                .containsExactly("text/plain", "text/plain", "text/html!", "5", "");
        assertThat(files)
                .extracting(FileVersion::action)
                .containsExactly(Action.UPLOAD, Action.UPLOAD, Action.HIDE, Action.UPLOAD, new Action("own"));
        assertThat(files.get(2).serverSideEncryption()).isEqualTo(ServerSideEncryption.NONE);
        assertThat(files.get(3).serverSideEncryption())
                .isEqualTo(new ServerSideEncryption(new EncryptionMode("SSE-C!"), "AES256"));
        assertThat(files.get(4).serverSideEncryption()).isNull();
    }

    /** A hide marker has little of what a file has, and must not get it from the file before. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fileId\": \"j\", \"fileName\": \"b\"}",
                "{\"fileId\": \"j\", \"fileName\": \"b\", \"contentLength\": null, \"uploadTimestamp\": null, \"fileInfo\": null}",
                "{\"action\": \"folder\", \"fileName\": \"b/\"}"
            })
    void whatAVersionOfAPageDoesNotHaveIsNotThatOfTheOneBefore(String version) throws IOException {
        String all = """
                {"accountId": "acc1", "action": "hide", "bucketId": "bucket1", "contentLength": 5, "contentMd5": "md5",
                 "contentSha1": "sha1", "contentType": "text/plain", "fileId": "i", "fileInfo": {"k": "1"}, "fileName": "a",
                 "fileRetention": {"isClientAuthorizedToRead": true, "value": {"mode": "governance", "retainUntilTimestamp": 7}},
                 "legalHold": {"isClientAuthorizedToRead": true, "value": "on"}, "replicationStatus": "completed",
                 "serverSideEncryption": {"mode": "SSE-B2", "algorithm": "AES256"}, "uploadTimestamp": 9}
                """;
        byte[] page = "{\"files\": [%s, %s, %s]}".formatted(all, version, all).getBytes(StandardCharsets.UTF_8);

        assertThat(FilePage.read(new ByteArrayInputStream(page)).files())
                .containsExactly(readAlone(all), readAlone(version), readAlone(all));
        assertThat(SlimPage.read(new ByteArrayInputStream(page), found -> found).files())
                .extracting(FileVersion::contentLength, FileVersion::uploadTimestamp, FileVersion::fileInfo)
                .containsExactly(
                        tuple(5L, 9L, Map.of("k", "1")), tuple(0L, 0L, Map.of()), tuple(5L, 9L, Map.of("k", "1")));
    }

    private static FileVersion readAlone(String version) throws IOException {
        return FileVersion.read(new ByteArrayInputStream(version.getBytes(StandardCharsets.UTF_8)));
    }

    /** Keys of customers and of B2 have the same algorithm. */
    @Test
    void versionsOfAPageThatDifferInTheModeOfTheirEncryptionAloneDiffer() throws IOException {
        String page = """
                {"files": [
                  {"fileId": "i", "fileName": "a", "serverSideEncryption": {"mode": "SSE-B2", "algorithm": "AES256"}},
                  {"fileId": "i", "fileName": "b", "serverSideEncryption": {"mode": "SSE-C", "algorithm": "AES256"}},
                  {"fileId": "i", "fileName": "c", "serverSideEncryption": {"mode": "SSE-C", "algorithm": "AES512"}}]}
                """;

        assertThat(FilePage.read(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)))
                        .files())
                .extracting(FileVersion::serverSideEncryption)
                .containsExactly(
                        new ServerSideEncryption(EncryptionMode.SSE_B2, "AES256"),
                        new ServerSideEncryption(EncryptionMode.SSE_C, "AES256"),
                        new ServerSideEncryption(EncryptionMode.SSE_C, "AES512"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"k\":\"1\",\"k\":\"2\"}",
                "{\"k\":\"1\",\"a\":\"1\",\"k\":\"1\"}",
                "{\"large_file_sha1\":\"1\",\"large_file_sha1\":null}"
            })
    void anEntryOfTheFileInfoThatAppearsTwiceIsRefused(String info) {
        String version = "{\"fileId\":\"i\",\"fileName\":\"a\",\"fileInfo\":" + info + "}";

        assertThatThrownBy(() -> FileVersion.read(new ByteArrayInputStream(version.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(UnusableAnswerException.class);
    }

    private static FileVersion read(String json) throws IOException {
        return Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), FileVersion.class);
    }
}
