// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code asOf}, conditional reads, {@code updateFileInfo} and {@code appendFile} on a service that fails now and then. */
class FaultyReadsAndChangesTest extends B2TestSupport {
    private static final String SHA1_OF_NOW = "c9bc849a968f2432684aca234f30596c5a91654f";

    private String bucket = "";

    @AfterEach
    void heal() {
        b2().faults().clear();
    }

    private Exchange run(String options, Object body, Map<String, ?> headers) {
        return send("b2:" + bucket + "?" + options, body, headers);
    }

    private String content(String name) {
        return new String(b2().state().bytes(bucket, name), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* 40% seed 1: status 503 service_unavailable",
                "* 40% seed 2: status 429 too_many_requests",
                "* 40% seed 3: expire-token",
                "b2_list_file_* 50% seed 4: drop response 100 | b2_download_file_* 50% seed 5: drop response 2",
                "b2_copy_* 50% seed 6: status 500 internal_error | b2_upload_part 50% seed 7: drop request 1",
                "b2_copy_part 50% seed 8: lose-answer | b2_start_large_file 50% seed 9: lose-answer",
                "b2_copy_file: lose-answer | b2_finish_large_file: lose-answer | b2_upload_file #1: lose-answer",
            })
    void eachComesToWhatItWouldWithoutFaults(String script) {
        bucket = B2.createBucket();
        b2().state().put(bucket, "old", "then".getBytes(StandardCharsets.UTF_8));
        long then = b2().state().versions(bucket, "old").get(0).uploadTimestamp();
        b2().state().put(bucket, "old", "now".getBytes(StandardCharsets.UTF_8));
        for (String rule : script.split(" \\| ")) {
            b2().faults().add(rule);
        }

        Map<String, Object> asOf = Map.of(B2Constants.AS_OF, then);
        assertThat(run("operation=downloadFile&fileName=old", null, asOf)
                        .getMessage()
                        .getBody(String.class))
                .isEqualTo("then");
        assertThat(run("operation=listFileNames", null, asOf).getMessage().getBody(List.class))
                .hasSize(1);
        assertThat(run("operation=getFileInfo&fileName=old", null, asOf)
                        .getMessage()
                        .getHeader(B2Constants.FOUND_CONTENT_LENGTH))
                .isEqualTo(4L);
        Map<String, Object> unchanged = Map.of(B2Constants.IF_SHA1_DIFFERS, SHA1_OF_NOW);
        assertThat(run("operation=downloadFile&fileName=old", null, unchanged)
                        .getMessage()
                        .getBody())
                .isNull();

        for (int i = 0; i < 4; i++) {
            run("operation=appendFile&fileName=log", "<" + i + "x".repeat(2_500) + ">", Map.of());
        }
        run("operation=updateFileInfo&fileName=log", null, Map.of(B2Constants.FILE_INFO, Map.of("k", "v")));

        assertThat(content("log").replace("x", "")).isEqualTo("<0><1><2><3>");
        List<StoredVersion> versions = b2().state().versions(bucket, "log");
        assertThat(versions).hasSize(5);
        assertThat(versions.stream().filter(version -> "v".equals(version.info().get("k"))))
                .hasSize(1);
    }
}
