// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.model.bucket.BucketList;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.SlimPage;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.UnusableAnswerException;
import io.github.camelb2.client.model.key.KeyPage;
import io.github.camelb2.client.model.large.Part;
import io.github.camelb2.client.model.large.PartPage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a service says with status 200 and cannot mean: taken for an empty page, it would let a sync delete everything. */
class UnusableAnswersTest {
    private static InputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'files':null}",
                "{'Files':[]}",
                "{'status':503,'code':'service_unavailable'}",
                "{'files':[null]}",
                "{'files':[{}]}",
                "{'files':[{'fileName':'a','action':'upload'}]}",
                "{'files':[{'fileId':'4_a','action':'upload'}]}",
                "{'files':{},'nextFileName':null}"
            })
    void aPageWithoutItsFilesIsNotAnEmptyOne(String answer) {
        String json = answer.replace('\'', '"');

        assertThatThrownBy(() -> FilePage.read(stream(json))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SlimPage.read(stream(json), version -> version))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'%s':null}", "{'%s':[null]}", "{'status':503}"})
    void noOtherListingIsEmptyForWantOfItsEntries(String answer) {
        String json = answer.replace('\'', '"');

        assertThatThrownBy(() -> Json.read(stream(json.replace("%s", "files")), FilePage.class))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Json.read(stream(json.replace("%s", "parts")), PartPage.class))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Json.read(stream(json.replace("%s", "keys")), KeyPage.class))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Json.read(stream(json.replace("%s", "buckets")), BucketList.class))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FindBucket.of("bucket").read(stream(json.replace("%s", "buckets"))))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'parts':[],'nextPartNumber':0}", "{'parts':[],'nextPartNumber':-3}"})
    void aPartNumberThatNoneCanHaveIsNoPlaceToGoOn(String answer) {
        assertThatThrownBy(() -> Json.read(stream(answer.replace('\'', '"')), PartPage.class))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'fileName':'a'}", "{'fileName':'a','fileId':null}"})
    void aVersionWithoutItsIdIsNone(String answer) {
        assertThatThrownBy(() -> FileVersion.read(stream(answer.replace('\'', '"'))))
                .isInstanceOf(IOException.class);
        // As the answers about a version are read that is hidden, copied or looked at.
        assertThatThrownBy(() -> Json.read(stream(answer.replace('\'', '"')), FileVersion.class))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'contentLength':-1", "'size':-5", "'contentLength':'-1'", "'contentLength':9007199254740993"})
    void aLengthThatNoFileCanHaveIsNotBelieved(String length) {
        String file = ("{'fileId':'4_a','fileName':'a'," + length + "}").replace('\'', '"');

        assertThatThrownBy(() -> FileVersion.read(stream(file))).isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> Json.read(stream(file), FileVersion.class))
                .isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> FilePage.read(stream("{\"files\":[" + file + "]}")))
                .isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> SlimPage.read(stream("{\"files\":[" + file + "]}"), version -> version))
                .isInstanceOf(UnusableAnswerException.class);
    }

    /** Hide markers and large files that are not finished have none, which B2 says as 0, as null, or not at all. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",'contentLength':0", ",'contentLength':null", ",'contentLength':10000000000000"})
    void aLengthThatIsNotSaidIsNone(String length) throws IOException {
        String file = ("{'fileId':'4_a','fileName':'a','action':'hide'" + length + "}").replace('\'', '"');

        assertThat(FileVersion.read(stream(file)).contentLength())
                .isEqualTo(length.endsWith("0000") ? 10_000_000_000_000L : 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'partNumber':0,'contentSha1':'x'}",
                "{'partNumber':-1,'contentSha1':'x'}",
                "{'partNumber':10001,'contentSha1':'x'}",
                "{'contentSha1':'x'}",
                "{'partNumber':1,'contentSha1':'x','contentLength':-1}",
                "{'partNumber':1,'contentSha1':'x','contentLength':9007199254740993}"
            })
    void aPartThatNoFileCanHaveIsNone(String answer) {
        String part = answer.replace('\'', '"');

        assertThatThrownBy(() -> Part.read(stream(part))).isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> Json.read(stream(part), Part.class)).isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> Json.read(stream("{\"parts\":[" + part + "]}"), PartPage.class))
                .isInstanceOf(UnusableAnswerException.class);
    }

    /** Which of the two is meant nobody knows, and different readers would take different ones. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'fileId':'4_a','fileName':'a','fileName':'b'}",
                "{'fileId':'4_a','fileName':'a','fileName':null}",
                "{'fileId':'4_a','fileId':'4_a','fileName':'a'}",
                "{'fileId':'4_a','fileName':'a','action':'hide','contentLength':1,'action':'upload'}",
                "{'fileId':'4_a','fileName':'a','fileInfo':{'x':'1','x':'2'}}",
                "{'fileId':'4_a','fileName':'a','fileInfo':{'large_file_sha1':'1','x':'2','large_file_sha1':null}}",
                "{'fileId':'4_a','fileName':'a','legalHold':{'value':'on','value':null}}"
            })
    void aMemberThatAppearsTwiceIsNotBelieved(String answer) {
        String file = answer.replace('\'', '"');

        assertThatThrownBy(() -> FileVersion.read(stream(file))).isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> Json.read(stream(file), FileVersion.class))
                .isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> FilePage.read(stream("{\"files\":[" + file + "]}")))
                .isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> SlimPage.read(stream("{\"files\":[" + file + "]}"), version -> version))
                .isInstanceOf(UnusableAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'files':[],'files':[]}",
                "{'files':[],'nextFileName':'b','nextFileName':null}",
                "{'files':[],'nextFileId':'4_a','nextFileId':'4_b'}"
            })
    void aPageThatSaysTwoThingsIsNotBelieved(String answer) {
        assertThatThrownBy(() -> FilePage.read(stream(answer.replace('\'', '"'))))
                .isInstanceOf(UnusableAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'partNumber':1,'partNumber':2", "'contentSha1':'y','contentSha1':null,'partNumber':1"})
    void aPartThatSaysTwoThingsIsNotBelieved(String members) {
        String part = ("{'contentLength':1," + members + (members.contains("Sha1") ? "}" : ",'contentSha1':'x'}"))
                .replace('\'', '"');

        assertThatThrownBy(() -> Part.read(stream(part))).isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> Json.read(stream(part), Part.class)).isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> Json.readTree(stream(part))).isInstanceOf(UnusableAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", " {}", "\n[]", "  \u0000", "}", ",", " <!-- proxy -->", "\"\""})
    void somethingBehindTheAnswerMakesItUnusable(String behind) {
        String files = "{\"files\":[]}" + behind;
        String part = "{\"partNumber\":1,\"contentSha1\":\"x\"}" + behind;

        assertThatThrownBy(() -> FilePage.read(stream(files))).isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> Json.read(stream(part), Part.class)).isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> Json.readTree(stream(part))).isInstanceOf(UnusableAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n", "\t \n\n"})
    void whiteSpaceBehindTheAnswerIsNothing(String behind) throws IOException {
        assertThat(FilePage.read(stream("{\"files\":[]}" + behind)).files()).isEmpty();
        assertThat(Json.read(stream("{\"partNumber\":1,\"contentSha1\":\"x\"}" + behind), Part.class)
                        .partNumber())
                .isEqualTo(1);
    }

    /** Jackson takes what follows half a pair for its other half: the prefix of other files. */
    @ParameterizedTest
    @ValueSource(strings = {"\ud83d\ud83d", "\ud83dx", "\ud83d\\", "\udbff\ue000", "a\ud83d", "\udc00"})
    void halfASurrogatePairIsRefusedByTheNameOfItsMember(String text) {
        for (B2Call<?> call : new B2Call<?>[] {
            ListFileNames.of("bucket").withPrefix(text),
            ListFileVersions.of("bucket").withPrefix(text),
            ListParts.of(text),
            ListBuckets.of().withBucketId(text)
        }) {
            assertThatThrownBy(() -> Json.writeRequest(call))
                    .as(call.name())
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(e -> assertThat(e.getMessage() + e.getCause()).contains("half of a surrogate pair"));
        }
        assertThatThrownBy(() -> ListFileNames.of("bucket").withPrefix(text).write())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prefix of the request has half of a surrogate pair");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d\udc3d", "plain", "\ud83d\udc3d\ud83d\udc3d x"})
    void wholePairsGoAsTheyAre(String text) {
        assertThat(new String(ListFileNames.of("bucket").withPrefix(text).write(), StandardCharsets.UTF_8))
                .contains("\"" + text + "\"");
    }
}
