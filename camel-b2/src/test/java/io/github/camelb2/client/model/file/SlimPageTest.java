// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.SlimListing;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.UnusableAnswerException;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.Guarded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SlimPageTest {
    private static final String PAGE = """
            {"unknown": {"deep": [1]}, "files": [
              {"accountId": "acc", "action": "upload", "bucketId": "b", "contentLength": 7, "contentMd5": "m",
               "contentSha1": "unverified:0123456789ABCDEF0123456789abcdef01234567", "contentType": "text/plain",
               "fileId": "4_z1", "fileInfo": {"src_last_modified_millis": "1500"}, "fileName": "a",
               "fileRetention": {"isClientAuthorizedToRead": true,
                                 "value": {"mode": "governance", "retainUntilTimestamp": 99}},
               "legalHold": {"isClientAuthorizedToRead": true, "value": "on"},
               "replicationStatus": null, "serverSideEncryption": {"algorithm": "AES256", "mode": "SSE-B2"},
               "uploadTimestamp": 2000, "unknown": {"deep": {}}},
              {"action": "start", "fileId": "4_z2", "fileName": "b", "uploadTimestamp": 2001},
              {"action": "hide", "fileId": "4_z3", "fileName": "c", "uploadTimestamp": 2002}],
             "nextFileId": "4_z4", "nextFileName": "d"}
            """;

    private static <T> SlimPage<T> read(String json, Function<FileVersion, T> reader) throws IOException {
        return SlimPage.read(new ByteArrayInputStream(json.getBytes(UTF_8)), reader);
    }

    @Test
    void versionsShareWhatTheyDoNotHave() throws IOException {
        String none = """
                {"fileId": "4_z", "fileName": "a", "fileInfo": {"k": "v"}, "fileRetention": {"isClientAuthorizedToRead": true, "value":
                 {"mode": null, "retainUntilTimestamp": null}}, "legalHold": {"isClientAuthorizedToRead": true, "value": null}}
                """;
        String unreadable =
                none.replace("true", "false").replace("{\"mode\": null, \"retainUntilTimestamp\": null}", "null");
        String json = "{\"files\": [" + none + "," + none + "," + unreadable + "]}";

        List<FileVersion> files = Json.read(new ByteArrayInputStream(json.getBytes(UTF_8)), FilePage.class)
                .files();

        assertThat(files.get(0).fileRetention())
                .isSameAs(files.get(1).fileRetention())
                .isEqualTo(Guarded.readable(FileRetention.NONE));
        assertThat(files.get(0).legalHold()).isSameAs(files.get(1).legalHold()).isEqualTo(Guarded.readable(null));
        assertThat(files.get(2).fileRetention()).isEqualTo(new Guarded<>(false, null));
        assertThat(files.get(2).legalHold()).isEqualTo(new Guarded<>(false, null));
        assertThat(files.get(0).fileInfo()).containsExactly(Map.entry("k", "v"));
    }

    /** All that a whole version has but what is passed over. */
    @Test
    void eachVersionIsReadAsAWholeOneWithoutWhatIsPassedOver() throws IOException {
        List<FileVersion> whole = Json.read(new ByteArrayInputStream(PAGE.getBytes(UTF_8)), FilePage.class)
                .files();
        List<FileVersion> given = new ArrayList<>();

        assertThat(FilePage.read(new ByteArrayInputStream(PAGE.getBytes(UTF_8))))
                .usingRecursiveComparison()
                .isEqualTo(new FilePage(whole, "d", "4_z4"));

        SlimPage<String> page = read(PAGE, version -> {
            given.add(version);
            return version.unfinished() ? null : version.fileName();
        });

        assertThat(page.files()).containsExactly("a", "c");
        assertThat(page.entries()).as("what is billed").isEqualTo(3);
        assertThat(page.nextFileName()).isEqualTo("d");
        assertThat(page.nextFileId()).isEqualTo("4_z4");
        assertThat(given)
                .usingRecursiveComparison()
                .ignoringFields("accountId", "bucketId", "contentMd5", "contentType")
                .isEqualTo(whole);
        FileVersion first = given.get(0);
        assertThat(List.of(first.accountId(), first.bucketId(), first.contentType()))
                .containsOnly("");
        assertThat(first.contentMd5()).isNull();
    }

    @Test
    void pageWithAnEmptyListIsEmptyAndTheLast() throws IOException {
        SlimPage<FileVersion> page = read("{\"files\": []}", version -> version);

        assertThat(page.files()).isEmpty();
        assertThat(page.entries()).isZero();
        assertThat(page.nextFileName()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{\"files\": [1]}",
                "{\"files\": {}}",
                "{\"files\": \"\"}",
                "{\"files\": [{\"fileId\": \"x\"}]}",
                "{\"files\": [{\"fileName\""
            })
    void answerThatIsNoPageIsRefused(String json) {
        assertThatThrownBy(() -> read(json, version -> version))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(
                                json.startsWith("{\"files\": [{\"fileName") || e instanceof UnusableAnswerException)
                        .isTrue());
    }

    @Test
    void requestIsThatOfTheWholeListing() {
        ListFileVersions call = ListFileVersions.of("bucket").withPrefix("p/").withMaxFileCount(10);
        SlimListing<String> slim = new SlimListing<>(call, FileVersion::fileName);

        assertThat(new String(Json.write(slim), UTF_8)).isEqualTo(new String(Json.write(call), UTF_8));
        assertThat(slim.name()).isEqualTo(call.name());
        assertThat(slim.capability()).isEqualTo(call.capability());
        assertThat(slim.transactionClass()).isEqualTo(call.transactionClass());
        assertThat(slim.repeat()).isEqualTo(call.repeat());
        assertThat(slim.subject()).isEqualTo(call.subject());
    }
}
