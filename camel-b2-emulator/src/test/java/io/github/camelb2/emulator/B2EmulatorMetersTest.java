// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.nio.charset.StandardCharsets;

import com.backblaze.b2.client.B2ClientConfig;
import com.backblaze.b2.client.B2StorageClient;
import com.backblaze.b2.client.contentHandlers.B2ContentMemoryWriter;
import com.backblaze.b2.client.contentSources.B2ByteArrayContentSource;
import com.backblaze.b2.client.structures.B2UploadFileRequest;
import com.backblaze.b2.client.webApiHttpClient.B2StorageHttpClientBuilder;
import com.backblaze.b2.client.webApiHttpClient.HttpClientFactoryImpl;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody else's client did is in the meters. */
class B2EmulatorMetersTest {
    @Test
    void metersTellWhatB2WouldBill() throws Exception {
        MeterRegistry meters = new SimpleMeterRegistry();
        try (B2Emulator emulator = B2Emulator.start();
                B2StorageClient client = B2StorageHttpClientBuilder.builder(
                                B2ClientConfig.builder(emulator.applicationKeyId(), emulator.applicationKey(), "meters")
                                        .setMasterUrl(emulator.url())
                                        .build())
                        .setHttpClientFactory(HttpClientFactoryImpl.builder()
                                .setSupportInsecureHttp(true)
                                .build())
                        .build()) {
            new B2EmulatorMeters(emulator).bindTo(meters);
            String bucketId =
                    client.createBucket("meters-of-emulator", "allPrivate").getBucketId();
            String fileId = client.uploadSmallFile(B2UploadFileRequest.builder(
                                    bucketId,
                                    "a.txt",
                                    "text/plain",
                                    B2ByteArrayContentSource.build("content".getBytes(StandardCharsets.UTF_8)))
                            .build())
                    .getFileId();
            client.downloadById(fileId, B2ContentMemoryWriter.build());

            assertThat(transactions(meters, "A"))
                    .isEqualTo(2)
                    .isEqualTo(emulator.usage().classA());
            assertThat(transactions(meters, "B")).isEqualTo(1);
            assertThat(transactions(meters, "C"))
                    .isEqualTo(2)
                    .isEqualTo(emulator.usage().classC());
            assertThat(meters.get("camel.b2.emulator.downloaded")
                            .functionCounter()
                            .count())
                    .isEqualTo(7);
            assertThat(meters.get("camel.b2.emulator.connections").gauge().value())
                    .isPositive();
        }
    }

    private static double transactions(MeterRegistry meters, String transactionClass) {
        return meters.get("camel.b2.emulator.transactions")
                .tag("transactionClass", transactionClass)
                .functionCounter()
                .count();
    }
}
