// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static io.github.camelb2.B2Operations.authorizeAccount;
import static io.github.camelb2.B2Operations.deleteFileVersion;
import static io.github.camelb2.B2Operations.fileExists;
import static io.github.camelb2.B2Operations.getFileInfo;
import static io.github.camelb2.B2Operations.hideFile;
import static org.assertj.core.api.Assertions.assertThat;

class FileOperationsTest extends B2TestSupport {
    @Test
    void authorizeAccountLogsInEachTimeAndMasksTheKey() {
        Exchange answer = send("b2:*", null, operation(authorizeAccount));
        send("b2:*", null, operation(authorizeAccount));

        AccountInfo info = answer.getMessage().getBody(AccountInfo.class);
        assertThat(info.accountId()).isEqualTo(b2().accountId());
        assertThat(info.toString()).doesNotContain(b2().applicationKey()).doesNotContain(info.authorizationToken());
        assertThat(b2().count("b2_authorize_account")).isEqualTo(2);
    }

    @Test
    void getFileInfoDescribesTheNewestVersionOfAName() {
        String bucket = B2.createBucket();
        StoredVersion stored = b2().state()
                .put(bucket, "docs/ü.txt", bytes("hello"), Map.of("src_last_modified_millis", "86400000", "team", "x"));

        Exchange answer = send("b2:" + bucket, null, operation(getFileInfo, "docs/ü.txt"));

        assertThat(answer.getMessage().getBody(FileVersion.class).fileId()).isEqualTo(stored.fileId());
        assertThat(answer.getMessage().getHeaders())
                .containsEntry(B2Constants.FOUND_BUCKET_NAME, bucket)
                .containsEntry(B2Constants.FILE_NAME, "docs/ü.txt")
                .containsEntry(B2Constants.FOUND_FILE_ID, stored.fileId())
                .containsEntry(B2Constants.FOUND_CONTENT_LENGTH, 5L)
                .containsEntry(B2Constants.FOUND_CONTENT_SHA1, stored.sha1())
                .containsEntry(B2Constants.FOUND_CONTENT_TYPE, "text/plain")
                .containsEntry(B2Constants.FOUND_LAST_MODIFIED, 86_400_000L)
                .doesNotContainKeys(Exchange.FILE_NAME, Exchange.FILE_LAST_MODIFIED, Exchange.FILE_CONTENT_TYPE);
        assertThat(answer.getMessage().getHeader(B2Constants.FOUND_FILE_INFO, Map.class))
                .containsEntry("team", "x");
    }

    @Test
    void getFileInfoByIdDescribesOlderVersions() {
        String bucket = B2.createBucket();
        StoredVersion older = b2().state().put(bucket, "a.txt", bytes("older"));
        b2().state().put(bucket, "a.txt", bytes("newer!"));

        Exchange answer = send("b2:*?operation=getFileInfo", null, Map.of(B2Constants.FILE_ID, older.fileId()));

        assertThat(answer.getMessage().getBody(FileVersion.class).contentLength())
                .isEqualTo(5);
    }

    @Test
    void getFileInfoFailsForAHiddenFile() {
        String bucket = B2.createBucket();
        b2().state().put(bucket, "a.txt", bytes("a"));
        b2().state().hide(bucket, "a.txt");

        assertThat(fail("b2:" + bucket, null, operation(getFileInfo, "a.txt")))
                .isInstanceOf(B2NotFoundException.class)
                .hasMessageContaining("a.txt")
                .hasMessageContaining("hidden");
    }

    @Test
    void fileExistsAnswersYesOrNo() {
        String bucket = B2.createBucket();
        b2().state().put(bucket, "a.txt", bytes("a"));

        assertThat(send("b2:" + bucket, null, operation(fileExists, "a.txt"))
                        .getMessage()
                        .getBody())
                .isEqualTo(true);
        assertThat(send("b2:" + bucket, null, operation(fileExists, "b.txt"))
                        .getMessage()
                        .getBody())
                .isEqualTo(false);
    }

    @Test
    void hideFileHidesANameAndKeepsItsVersions() {
        String bucket = B2.createBucket();
        b2().state().put(bucket, "a.txt", bytes("a"));

        Exchange answer = send("b2:" + bucket, null, operation(hideFile, "a.txt"));

        assertThat(answer.getMessage().getHeader(B2Constants.PRODUCED_ACTION)).isEqualTo("hide");
        assertThat(b2().state().names(bucket)).isEmpty();
        assertThat(b2().state().versions(bucket)).hasSize(2);
    }

    @Test
    void deleteFileVersionDeletesThatOneOnly() {
        String bucket = B2.createBucket();
        StoredVersion older = b2().state().put(bucket, "a.txt", bytes("older"));
        StoredVersion newer = b2().state().put(bucket, "a.txt", bytes("newer"));

        send(
                "b2:" + bucket + "?operation=deleteFileVersion",
                null,
                Map.of(B2Constants.FILE_NAME, "a.txt", B2Constants.FILE_ID, older.fileId()));

        assertThat(b2().state().versions(bucket)).extracting("fileId").containsExactly(newer.fileId());
    }

    @Test
    void deleteFileVersionNeedsAFileId() {
        String bucket = B2.createBucket();
        b2().state().put(bucket, "a.txt", bytes("a"));

        assertThat(fail("b2:" + bucket, null, operation(deleteFileVersion, "a.txt")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deleteFileVersion needs a file id")
                .hasMessageContaining(B2Constants.FILE_ID);
    }
}
