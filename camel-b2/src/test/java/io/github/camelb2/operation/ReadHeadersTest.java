// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.OperationStage;
import io.github.camelb2.operation.header.Reads;

import static org.assertj.core.api.Assertions.assertThat;

/** What the manual says that an operation reads, the operation reads: {@link Reads} lists no header in vain. */
class ReadHeadersTest extends B2TestSupport {
    /** What a header is read for only with, by header. */
    private static final Map<String, Map<String, Object>> WITH = Map.of(
            B2Constants.CUSTOMER_KEY, Map.of(B2Constants.SERVER_SIDE_ENCRYPTION, "SSE-C"),
            B2Constants.CONTENT_TYPE, Map.of(B2Constants.METADATA_DIRECTIVE, "REPLACE"));
    /** What copies read only where they replace, as the type. */
    private static final Set<String> REPLACED = Set.of(
            B2Constants.FILE_INFO,
            B2Constants.CONTENT_DISPOSITION,
            B2Constants.CONTENT_ENCODING,
            B2Constants.CONTENT_LANGUAGE,
            B2Constants.CACHE_CONTROL,
            B2Constants.EXPIRES,
            B2Constants.LAST_MODIFIED);
    /** They are looked at where nothing that goes before them says something. */
    private static final Set<String> NAMES = Set.of(
            B2Constants.OVERRIDE_FILE_NAME,
            B2Constants.FILE_NAME,
            B2Constants.CAMEL_OVERRULE_FILE_NAME,
            B2Constants.CAMEL_FILE_NAME);

    /** A text that knows whether somebody has looked. */
    public static final class Bait implements CharSequence {
        private boolean wasRead;

        @Override
        public String toString() {
            wasRead = true;
            return "bait";
        }

        @Override
        public int length() {
            return toString().length();
        }

        @Override
        public char charAt(int index) {
            return toString().charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().subSequence(start, end);
        }

        /** Read by who makes a map of it. */
        public String getBait() {
            return toString();
        }
    }

    @Test
    void everyHeaderThatIsSaidToBeReadIsRead() {
        List<String> unread = new ArrayList<>();
        for (B2Operations operation : B2Operations.values()) {
            OperationStage stage = stage(operation);
            for (String header : Reads.headers(operation)) {
                Bait bait = new Bait();
                OperationStage.Message message = stage.message(operation);

                Exception failure = trySending(message.uri(), message.body(), baited(message.headers(), header, bait))
                        .getException();

                boolean isNamed =
                        failure != null && String.valueOf(failure.getMessage()).contains(header);
                if (Reads.obeys(operation, header) && !bait.wasRead && !isNamed) {
                    unread.add(operation + " " + header);
                }
            }
        }

        assertThat(unread).as("headers that are not read").isEmpty();
    }

    private OperationStage stage(B2Operations operation) {
        try (var lease = component().borrowClient(component().getConfiguration())) {
            return new OperationStage(b2(), lease.client(), "reads-" + operation.ordinal());
        }
    }

    private static Map<String, Object> baited(Map<String, Object> headers, String header, Bait bait) {
        Map<String, Object> baited = new HashMap<>(headers);
        if (NAMES.contains(header) || header.equals(B2Constants.PREFIX) || header.equals(B2Constants.FILES_TO_DELETE)) {
            baited.keySet().removeAll(Set.of(B2Constants.FILE_NAME, B2Constants.PREFIX, B2Constants.FILES_TO_DELETE));
        }
        baited.putAll(WITH.getOrDefault(REPLACED.contains(header) ? B2Constants.CONTENT_TYPE : header, Map.of()));
        baited.put(header, bait);
        return baited;
    }
}
