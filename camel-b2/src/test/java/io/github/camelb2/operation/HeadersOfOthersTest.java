// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Headers as other components, brokers and machines of other languages make them. */
class HeadersOfOthersTest extends B2TestSupport {
    private String bucket;

    @BeforeEach
    void makeBucket() {
        bucket = B2.createBucket();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                B2Constants.FILE_NAME,
                B2Constants.OVERRIDE_FILE_NAME,
                B2Constants.CAMEL_OVERRULE_FILE_NAME,
                B2Constants.CAMEL_FILE_NAME
            })
    void bytesOfABrokerAreATextAndListsAndMapsAreNoName(String header) {
        send("b2:" + bucket, "x", Map.of(header, bytes("ü.txt")));
        for (Object none : List.of(List.of("a"), new String[] {"a"}, Map.of("a", "b"), Optional.of("a"))) {
            assertThat(fail("b2:" + bucket, "x", Map.of(header, none)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(header)
                    .hasMessageContaining("text");
        }

        assertThat(b2().state().names(bucket)).containsExactly("ü.txt");
    }

    @Test
    void whatWasFoundIsKnownAgainBehindABrokerThatMadeBytesOfAllHeaders() {
        b2().state().put(bucket, "found", bytes("x"));
        Exchange found = send("b2:" + bucket + "?operation=getFileInfo&fileName=found", null, Map.of());
        Map<String, Object> headers = new HashMap<>();
        found.getMessage().getHeaders().forEach((name, value) -> headers.put(name, bytes(value.toString())));

        // The id and the name that were found are no order for the step, which names a file itself.
        headers.put(B2Constants.CAMEL_FILE_NAME, "named by the route");
        send("b2:" + bucket, "y", headers);

        assertThat(b2().state().names(bucket)).containsExactly("found", "named by the route");
    }

    @Test
    void ordersThatAreNoTextAreRefused() {
        for (String header : List.of(
                B2Constants.OVERRIDE_BUCKET_NAME,
                B2Constants.CONTENT_TYPE,
                B2Constants.FILE_INFO,
                B2Constants.OPERATION)) {
            Object none = header.equals(B2Constants.FILE_INFO) ? Map.of("k", List.of("v")) : List.of("a");

            assertThat(fail("b2:" + bucket + "?fileName=a", "x", Map.of(header, none)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(header);
        }

        assertThat(b2().state().versions(bucket)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai"})
    void digitsAndLettersOfTheMachinesLanguageAreInNothing(String language) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            send(
                    "b2:" + bucket + "?fileName=large&partSize=1000",
                    "x".repeat(3_500),
                    Map.of(B2Constants.FILE_INFO, Map.of("TITLE", "İI"), B2Constants.LAST_MODIFIED, 1_234_567L));
            Exchange read = send(
                    "b2:" + bucket + "?operation=DOWNLOADFILE&fileName=large",
                    null,
                    Map.of("CAMELB2RANGESTART", "3499", B2Constants.RANGE_END, 3_499));
            Exchange key = send(
                    "b2:*?operation=createKey",
                    null,
                    Map.of(B2Constants.KEY_NAME, "k", B2Constants.KEY_CAPABILITIES, "listFiles"));

            assertThat(read.getMessage().getBody(String.class)).isEqualTo("x");
            assertThat(b2().state().versions(bucket, "large").get(0).info())
                    .containsEntry("src_last_modified_millis", "1234567")
                    .containsKey("title");
            assertThat(key.getMessage().getHeader(B2Constants.PRODUCED_KEY_ID, String.class))
                    .matches("[0-9a-f]+");
        } finally {
            Locale.setDefault(before);
        }
    }
}
