// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.OperationStage;
import io.github.camelb2.operation.header.Reads;

import static org.assertj.core.api.Assertions.assertThat;

/** A header that cannot be read exactly is refused before anything changes; it is never taken for false or none. */
class UnreadableHeadersTest extends B2TestSupport {
    private static final List<Object> NO_BOOLEANS = List.of("yes", " true", 1, List.of(true));
    private static final List<Object> NO_NUMBERS = List.of("5.7", 5.7, " 5", true);
    private static final List<Object> NO_TIMES = List.of("1w", "1D", "-5m", true);

    private static final Map<String, List<Object>> UNREADABLE = Map.ofEntries(
            Map.entry(B2Constants.DRY_RUN, NO_BOOLEANS),
            Map.entry(B2Constants.BYPASS_GOVERNANCE, NO_BOOLEANS),
            Map.entry(B2Constants.FILE_LOCK_ENABLED, NO_BOOLEANS),
            Map.entry(B2Constants.RETAIN_UNTIL, NO_NUMBERS),
            Map.entry(B2Constants.RANGE_START, NO_NUMBERS),
            Map.entry(B2Constants.RANGE_END, NO_NUMBERS),
            Map.entry(B2Constants.CONTENT_LENGTH, NO_NUMBERS),
            Map.entry(B2Constants.LAST_MODIFIED, NO_NUMBERS),
            Map.entry(B2Constants.CUSTOM_UPLOAD_TIMESTAMP, NO_NUMBERS),
            Map.entry(B2Constants.BUCKET_REVISION, List.of("5.7", 1L << 40, "next")),
            Map.entry(B2Constants.MAX_FILE_COUNT, List.of(1L << 40, "4294967297", "all", 0.5)),
            Map.entry(B2Constants.DOWNLOAD_LINK_EXPIRATION_TIME, NO_NUMBERS),
            Map.entry(B2Constants.LIMIT, List.of(-1, "all", 0.5, 1L << 40)),
            Map.entry(B2Constants.AS_OF, List.of("yesterday", "2026-01-31", "-3", -1L, true)),
            Map.entry(B2Constants.IF_MODIFIED_SINCE, List.of("yesterday", "2026-01-31", "-3", -1L, true)),
            Map.entry(B2Constants.IF_SHA1_DIFFERS, List.of("abc", true, "g".repeat(40))),
            Map.entry(B2Constants.OLDER_THAN, NO_TIMES),
            Map.entry(B2Constants.KEY_VALID_DURATION, NO_TIMES),
            Map.entry(B2Constants.LEGAL_HOLD, List.of("yes", "ON", true, "true")),
            Map.entry(B2Constants.FILE_RETENTION_MODE, List.of("GOVERNANCE", "None", "govern")),
            Map.entry(B2Constants.METADATA_DIRECTIVE, List.of("REPLACED", "Replace all", true)),
            Map.entry(B2Constants.BUCKET_TYPE, List.of("private", "allprivate", "AllPublic")),
            Map.entry(B2Constants.SERVER_SIDE_ENCRYPTION, List.of("true", "sse-b2", "AES256")));

    @Test
    void theyAreRefusedWithNameValueAndRemedyAndNothingChanges() {
        for (B2Operations operation : B2Operations.values()) {
            try (var lease = component().borrowClient(component().getConfiguration())) {
                OperationStage stage = null;
                for (Map.Entry<String, List<Object>> header : UNREADABLE.entrySet()) {
                    if (Reads.obeys(operation, header.getKey())) {
                        stage = stage != null
                                ? stage
                                : new OperationStage(b2(), lease.client(), "unreadable-" + operation.ordinal());
                        refuses(stage, operation, header.getKey(), header.getValue());
                    }
                }
            }
        }
    }

    private void refuses(OperationStage stage, B2Operations operation, String header, List<Object> values) {
        List<Object> before = stage.snapshot();
        for (Object value : values) {
            OperationStage.Message message = stage.message(operation);
            Map<String, Object> headers = new HashMap<>(message.headers());
            if (operation == B2Operations.copyFile) {
                headers.put(B2Constants.METADATA_DIRECTIVE, "REPLACE");
            }
            headers.put(header, value);

            Exception failure =
                    trySending(message.uri(), message.body(), headers).getException();

            assertThat(failure)
                    .as(operation + " with " + header + "=" + value)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(header)
                    .hasMessageContaining(String.valueOf(value))
                    .hasMessageContaining("set ");
        }
        assertThat(stage.snapshot()).as(operation + " with " + header).isEqualTo(before);
    }
}
