// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.wire;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.GetUploadUrl;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.FileCalls.UpdateFileLegalHold;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.CopyPart;
import io.github.camelb2.client.call.LargeFileCalls.FinishLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.GetUploadPartUrl;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.UploadPart;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.call.VersionsOfName;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.large.Part;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.github.camelb2.client.wire.WireService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Answers that are about another file than was asked for: of ours they say nothing, least of all that it is stored. */
class ForeignAnswerWireTest {
    private static final CallSettings ONCE = CallSettings.DEFAULT.withRetryTimeout(Duration.ZERO);
    private static final CopyPart COPY_PART = CopyPart.of("4_s", "4_a", 3).withRange(ByteRange.of(0, 4));

    @RegisterExtension
    static final WireService SERVICE = new WireService();

    private static Arguments of(B2Call<?> call, String good, String... foreign) {
        return Arguments.of(
                call,
                good.replace('\'', '"'),
                Stream.of(foreign).map(it -> it.replace('\'', '"')).toList());
    }

    static Stream<Arguments> calls() {
        String file = "{'fileId':'4_a','fileName':'a','bucketId':'4_bucket','action':'upload','contentLength':5}";
        String otherId = file.replace("4_a", "4_z");
        String otherName = file.replace("'a'", "'z'");
        String otherBucket = file.replace("4_bucket", "4_other");
        String part = "{'fileId':'4_a','partNumber':3,'contentLength':5,'contentSha1':'x'}";
        return Stream.of(
                of(GetFileInfo.of("4_a"), file, otherId),
                of(HideFile.of("4_bucket", "a"), file, otherName, otherBucket),
                of(DeleteFileVersion.of("a", "4_a"), "{'fileId':'4_a','fileName':'a'}", otherId, otherName),
                of(CopyFile.of("4_s", "a").withDestinationBucketId("4_bucket"), file, otherName, otherBucket),
                of(CopyFile.of("4_s", "a").withRange(ByteRange.of(0, 3)), file.replace(":5", ":4"), file),
                of(
                        UpdateFileLegalHold.of("a", "4_a", LegalHold.ON),
                        "{'fileId':'4_a','fileName':'a','legalHold':'on'}",
                        "{'fileId':'4_z','fileName':'a','legalHold':'on'}",
                        "{'fileId':'4_a','fileName':'z','legalHold':'on'}"),
                of(
                        GetUploadUrl.of("4_a"),
                        "{'bucketId':'4_a','uploadUrl':'u','authorizationToken':'t'}",
                        "{'bucketId':'4_z','uploadUrl':'u','authorizationToken':'t'}"),
                of(
                        GetUploadPartUrl.of("4_a"),
                        "{'fileId':'4_a','uploadUrl':'u','authorizationToken':'t'}",
                        "{'fileId':'4_z','uploadUrl':'u','authorizationToken':'t'}"),
                of(StartLargeFile.of("4_bucket", "a", "t/x"), file.replace("upload", "start"), otherName, otherBucket),
                of(COPY_PART, part, part.replace("4_a", "4_z"), part.replace(":3", ":4"), part.replace(":5", ":6")),
                of(ListParts.of("4_a"), "{'parts':[" + part + "]}", "{'parts':[" + part.replace("4_a", "4_z") + "]}"),
                of(
                        FinishLargeFile.of("4_a", List.of("x")).withOfName(new VersionsOfName("4_bucket", "a")),
                        file,
                        otherId,
                        otherName,
                        file.replace("upload", "start")),
                of(CancelLargeFile.of("4_a"), "{'fileId':'4_a','fileName':'a'}", otherId));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void answerAboutSomethingElseIsUnusable(B2Call<?> call, String good, List<String> foreign) {
        for (String answer : foreign) {
            SERVICE.answer(call.name(), answer);

            assertThatThrownBy(() -> SERVICE.client().call(call, ONCE))
                    .as(answer)
                    .isInstanceOfSatisfying(B2TransportException.class, e -> assertThat(e.delivery())
                            .isEqualTo(Delivery.UNUSABLE_ANSWER));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void answerAboutWhatWasAskedForIsTaken(B2Call<?> call, String good, List<String> foreign) {
        SERVICE.answer(call.name(), good);

        assertThat((Object) SERVICE.client().call(call, ONCE)).isNotNull();
    }

    @Test
    void answerAboutSomethingElseIsAskedForAgain() {
        SERVICE.answerInTurn(
                "b2_get_file_info",
                json("{\"fileId\":\"4_z\",\"fileName\":\"z\"}"),
                json("{\"fileId\":\"4_a\",\"fileName\":\"a\"}"));

        assertThat(SERVICE.client().call(GetFileInfo.of("4_a")).fileName()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'fileId':'4_a','fileName':'z','contentSha1':'%s'}",
                "{'fileId':'4_a','fileName':'a','bucketId':'4_z','contentSha1':'%s'}",
                "{'fileId':'4_a','fileName':'a','contentLength':7,'contentSha1':'%s'}"
            })
    void uploadIsNotStoredByAnAnswerAboutAnother(String answer) {
        SERVICE.answer(
                "b2_get_upload_url",
                "{\"bucketId\":\"4_b\",\"uploadUrl\":\"" + SERVICE.url() + "/upload\",\"authorizationToken\":\"t\"}");
        String sha1 = "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8";
        SERVICE.server()
                .stubFor(post(urlEqualTo("/upload"))
                        .willReturn(json(answer.replace('\'', '"').formatted(sha1))));

        assertThatThrownBy(() -> SERVICE.client()
                        .upload(
                                UploadFile.toBucketId("4_b", "a"),
                                UploadSources.bytes(new byte[] {'a'}),
                                TransferOptions.DEFAULT,
                                ONCE))
                .isInstanceOfSatisfying(B2TransportException.class, e -> assertThat(e.delivery())
                        .isEqualTo(Delivery.UNUSABLE_ANSWER));
    }

    @Test
    void partIsStoredOnlyByAnAnswerAboutIt() {
        UploadPart part = new UploadPart("4_a", 3, null);

        assertThat(part.isAnsweredBy(part("4_a", 3, 5), 5)).isTrue();
        assertThat(part.isAnsweredBy(part("", 3, 0), 5)).isTrue();
        assertThat(part.isAnsweredBy(part("4_z", 3, 5), 5)).isFalse();
        assertThat(part.isAnsweredBy(part("4_a", 4, 5), 5)).isFalse();
        assertThat(part.isAnsweredBy(part("4_a", 3, 6), 5)).isFalse();
    }

    private static Part part(String fileId, int number, long length) {
        return new Part(fileId, number, length, "x", null, null, 1);
    }
}
