// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.transfer.copy.Piece;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.operation.request.ConcatenateRequest;

import static org.assertj.core.api.Assertions.assertThat;

class ConcatenateFilesTest extends B2TestSupport {
    private static final String STORED = "0123456789".repeat(500);

    @TempDir
    Path directory;

    private String bucket;
    private String fileId;

    @BeforeEach
    void givenAFile() {
        bucket = B2.createBucket();
        fileId = b2().state().put(bucket, "stored", bytes(STORED)).fileId();
    }

    @Test
    void localAndRemotePiecesBecomeOneFile() throws Exception {
        Path file = Files.writeString(directory.resolve("piece"), "-file-");
        Object version = send("b2:" + bucket + "?operation=getFileInfo&fileName=stored", null, Map.of())
                .getMessage()
                .getBody();
        Object body = send("b2:" + bucket + "?operation=downloadFile&fileName=stored", null, Map.of())
                .getMessage()
                .getBody();

        Exchange answer = send(
                "b2:" + bucket + "?operation=concatenateFiles&fileName=whole",
                List.of("head-", version, file.toFile(), bytes("bytes-"), body),
                Map.of(B2Constants.FILE_INFO, Map.of("team", "x")));

        assertThat(new String(b2().state().bytes(bucket, "whole"), StandardCharsets.UTF_8))
                .isEqualTo("head-" + STORED + "-file-bytes-" + STORED);
        assertThat(b2().state().versions(bucket, "whole").get(0).info()).containsEntry("team", "x");
        assertThat(answer.getMessage().getHeader(B2Constants.PRODUCED_FILE_NAME))
                .isEqualTo("whole");
        assertThat(b2().state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @Test
    void rangesArePiecesOfARequestRecord() {
        ConcatenateRequest request = new ConcatenateRequest(
                UploadFile.of(bucket, "whole"),
                List.of(Piece.remote(fileId, ByteRange.of(0, 1_999)), Piece.local(UploadSources.bytes(bytes("end")))));

        send("b2:" + bucket + "?operation=concatenateFiles&pojoRequest=true", request, Map.of());

        assertThat(new String(b2().state().bytes(bucket, "whole"), StandardCharsets.UTF_8))
                .isEqualTo(STORED.substring(0, 2_000) + "end");
    }

    @Test
    void theBodyMustBeAListOfPieces() {
        assertThat(fail("b2:" + bucket + "?operation=concatenateFiles&fileName=whole", "text", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("concatenateFiles needs a List");
        assertThat(fail("b2:" + bucket + "?operation=concatenateFiles&fileName=whole", List.of(), Map.of()))
                .hasMessageContaining("at least one piece");
    }
}
