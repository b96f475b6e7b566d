// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;
import java.util.Locale;

import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.model.file.FileVersion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileHeadersTest {
    @ParameterizedTest
    @ValueSource(strings = {"en-US", "tr-TR"})
    void namesAreTheSameInAnyCaseAndOnAnyMachine(String language) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            FileVersion file = read(
                    "X-BZ-FILE-ID", "id",
                    "x-bz-file-name", "a%20b",
                    "X-Bz-Upload-Timestamp", "7",
                    "CONTENT-LENGTH", "5",
                    "X-BZ-INFO-TITLE", "a+b",
                    "Content-DISPOSITION", "inline",
                    "X-BZ-FILE-LEGAL-HOLD", "on");

            assertThat(file.fileId()).isEqualTo("id");
            assertThat(file.fileName()).isEqualTo("a b");
            assertThat(file.contentLength()).isEqualTo(5);
            assertThat(file.fileInfo())
                    .containsEntry("title", "a b")
                    .containsEntry("b2-content-disposition", "inline")
                    .hasSize(2);
            assertThat(file.legalHold().find()).hasToString("Optional[on]");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void entriesOfTheFileInfoComeInB2sOrderAndTheLastOfTwoCounts() throws IOException {
        FileVersion file = read(
                "X-Bz-Info-z", "1",
                "X-Bz-File-Id", "i",
                "X-Bz-Info-a", "2",
                "X-Bz-File-Name", "n",
                "x-bz-info-Z", "3",
                "Content-Length", "0",
                "X-Bz-Upload-Timestamp", "7",
                "X-Bz-Info-b2-expires", "own",
                "Expires", "of the answer");

        assertThat(file.fileInfo().toString()).isEqualTo("{z=3, a=2, b2-expires=own}");
    }

    @Test
    void theMessageNamesAMissingHeaderAsB2DocumentsIt() {
        assertThatThrownBy(() -> read("Content-Length", "0", "X-Bz-File-Name", "n"))
                .hasMessage("the answer has no header X-Bz-File-Id");
    }

    private static FileVersion read(String... namesAndValues) throws IOException {
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(200);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            response.addHeader(namesAndValues[i], namesAndValues[i + 1]);
        }
        var headers = FileHeaders.of(response);
        return FileHeaders.read(FileHeaders.extent(200, headers).all(), headers);
    }
}
