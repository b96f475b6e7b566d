// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigurationCheckTest {
    private CamelContext context;

    @BeforeEach
    void startContext() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterEach
    void stopContext() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b2:media?partSize=100m | partSize=100m | 100MB",
                "b2:media?partSize=0 | partSize=0 | 5MB to 5GB",
                "b2:media?partSize=6GB | partSize=6GB | 5MB to 5GB",
                "b2:media?maxConcurrency=0 | maxConcurrency=0 | from 1 to 100",
                "b2:media?maxConcurrency=101 | maxConcurrency=101 | from 1 to 100",
                "b2:media?maxConcurrency=Auto | maxConcurrency=Auto | or auto",
                "b2:media?maxConcurrency=RAW(+4) | maxConcurrency=+4 | or auto",
                "b2:media?maxMessagesPerPoll=-1 | maxMessagesPerPoll=-1 | 0 for no limit",
                "b2:media?realm=prod | realm=prod | production",
                "b2:media?realm=ftp://x | realm=ftp://x | URL",
                "b2:media?bucketType=public | bucketType=public | allPrivate or allPublic",
                "b2:media?serverSideEncryption=AES | serverSideEncryption=AES | SSE-B2 or SSE-C",
                "b2:media?customerKey=abc | serverSideEncryption=default | SSE-C",
                "b2:media?serverSideEncryption=SSE-C&customerKey=abc | customerKey | 32 bytes in base64",
                "b2:media?retryTimeout=-1 | retryTimeout=-1 | duration",
                "b2:media?initialBackoff=0 | initialBackoff=0 | duration",
                "b2:media?maxBackoff=500 | maxBackoff=500 | at least 1000 ms",
                "b2:media?connectTimeout=0 | connectTimeout=0 | duration",
                "b2:media?requestTimeout=0 | requestTimeout=0 | duration",
                "b2:media/folder | bucketName=media/folder | fileName",
                "b2:media?operation=upload | upload | ",
                "b2:media?partsize=5MB&colour=red | colour=red | ",
                "b2:media?httpComponent= | httpComponent | https",
            })
    void optionsThatCannotWorkAreRefusedWithNameValueAndAdvice(String uri, String named, String advice) {
        assertThatThrownBy(() -> context.getEndpoint(uri))
                .rootCause()
                .hasMessageContaining(named)
                .hasMessageContaining(advice == null ? "" : advice);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2:*?operation=listBuckets",
                "b2://media?partSize=5MB&maxConcurrency=100",
                "b2:media?maxConcurrency=auto",
                "b2:media?partSize=auto&realm=http://127.0.0.1:8080",
                "b2:media?serverSideEncryption=SSE-C"
                        + "&customerKey=RAW(AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=)",
                "b2:media?retryTimeout=0&maxBackoff=1m"
            })
    void optionsThatCanWorkAreTaken(String uri) {
        assertThatCode(() -> context.getEndpoint(uri)).doesNotThrowAnyException();
    }

    @Test
    void aKeyOfTheWrongLengthIsNotShown() {
        assertThatThrownBy(() -> context.getEndpoint("b2:media?serverSideEncryption=SSE-C&customerKey=c2VjcmV0"))
                .rootCause()
                .hasMessageNotContaining("c2VjcmV0");
    }
}
