// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.wire;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;

import static io.github.camelb2.client.wire.WireService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Listings whose pages do not lead on, and names among others. */
class ListingWireTest {
    private static final CallSettings DEFAULT = CallSettings.DEFAULT;

    @RegisterExtension
    static final WireService SERVICE = new WireService();

    @Test
    void listingThatDoesNotAdvanceEndsWithAnError() {
        String again =
                "\"nextFileName\":\"b\",\"nextFileId\":\"4_b\",\"nextPartNumber\":7,\"nextApplicationKeyId\":\"k\"}";
        SERVICE.answer("b2_list_file_names", "{\"files\":[]," + again);
        SERVICE.answer("b2_list_file_versions", "{\"files\":[]," + again);
        SERVICE.answer("b2_list_unfinished_large_files", "{\"files\":[]," + again);
        SERVICE.answer("b2_list_parts", "{\"parts\":[]," + again);
        SERVICE.answer("b2_list_keys", "{\"keys\":[]," + again);

        standsStill("b2_list_file_names", () -> SERVICE.client().listFileNames(ListFileNames.of("4a48"), DEFAULT));
        standsStill(
                "b2_list_file_versions", () -> SERVICE.client().listFileVersions(ListFileVersions.of("4a48"), DEFAULT));
        standsStill("b2_list_unfinished_large_files", () -> SERVICE.client()
                .listUnfinishedLargeFiles(ListUnfinishedLargeFiles.of("4a48"), DEFAULT));
        standsStill("b2_list_parts", () -> SERVICE.client().listParts(ListParts.of("4_z"), DEFAULT));
        standsStill("b2_list_keys", () -> SERVICE.client().listKeys(ListKeys.of(), DEFAULT));
    }

    /** It is the program's own, and would only be the same again. */
    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, NullPointerException.class, ArithmeticException.class})
    void aMistakeOfWhoReadsVersionsIsThrownAsItIs(Class<? extends RuntimeException> mistake) throws Exception {
        RuntimeException thrown = mistake.getConstructor(String.class).newInstance("the reader's own");
        SERVICE.answer(
                "b2_list_file_versions",
                "{\"files\":[{\"fileName\":\"a\",\"fileId\":\"4_a\"}]," + " ".repeat(20_000)
                        + "\"nextFileName\":null,\"nextFileId\":null}");

        assertThatThrownBy(() -> SERVICE.client()
                        .listFileVersions(
                                ListFileVersions.of("4a48"),
                                version -> {
                                    throw thrown;
                                },
                                DEFAULT))
                .isSameAs(thrown);
        assertThat(SERVICE.requests("b2_list_file_versions")).hasSize(1);
        assertThat(SERVICE.transport().transport().connections().orElseThrow().leased())
                .isZero();
    }

    private static void standsStill(String call, Listing listing) {
        assertThatThrownBy(() -> listing.open().forEachRemaining(any -> {}))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("the listing does not advance");
        assertThat(SERVICE.requests(call)).hasSizeLessThan(8);
    }

    @FunctionalInterface
    private interface Listing {
        java.util.Iterator<?> open();
    }

    @Test
    void listingThatGoesInACircleEndsWithAnError() {
        SERVICE.answerInTurn(
                "b2_list_file_names",
                json("{\"files\":[],\"nextFileName\":\"a\"}"),
                json("{\"files\":[],\"nextFileName\":\"b\"}"),
                json("{\"files\":[],\"nextFileName\":\"c\"}"),
                json("{\"files\":[],\"nextFileName\":\"b\"}"),
                json("{\"files\":[],\"nextFileName\":\"c\"}"),
                json("{\"files\":[],\"nextFileName\":\"b\"}"),
                json("{\"files\":[],\"nextFileName\":\"c\"}"));

        standsStill("b2_list_file_names", () -> SERVICE.client().listFileNames(ListFileNames.of("4a48"), DEFAULT));
    }

    @Test
    void newestVersionOfANameIsFoundBehindUnfinishedLargeFilesOnAnotherPage() {
        SERVICE.answerInTurn(
                "b2_list_file_versions",
                json("{\"files\":[" + file("4_1", "a", "start") + "],\"nextFileName\":\"a\",\"nextFileId\":\"4_2\"}"),
                json("{\"files\":[" + file("4_2", "a", "start") + "," + file("4_3", "a", "hide") + ","
                        + file("4_4", "a", "upload") + "," + file("4_5", "ab", "upload") + "]}"));

        FileVersion newest =
                SERVICE.client().newestVersion("4a48", "a", DEFAULT).orElseThrow();

        assertThat(newest.fileId()).isEqualTo("4_3");
    }

    @Test
    void versionsOfANameAreThoseOfThatVeryName() {
        SERVICE.answer(
                "b2_list_file_versions",
                "{\"files\":[" + file("4_1", "a", "start") + "," + file("4_3", "a", "hide") + ","
                        + file("4_4", "a", "upload") + "," + file("4_5", "ab", "upload") + "]}");

        List<FileVersion> all = SERVICE.client().versionsOf("4a48", "a", DEFAULT);

        assertThat(all).extracting(FileVersion::fileId).containsExactly("4_3", "4_4");
    }

    private static String file(String id, String name, String action) {
        return "{\"fileId\":\"" + id + "\",\"fileName\":\"" + name + "\",\"action\":\"" + action
                + "\",\"uploadTimestamp\":1,\"contentLength\":0}";
    }
}
