// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.backblaze.b2.client.B2ClientConfig;
import com.backblaze.b2.client.B2StorageClient;
import com.backblaze.b2.client.contentHandlers.B2ContentMemoryWriter;
import com.backblaze.b2.client.contentSources.B2ByteArrayContentSource;
import com.backblaze.b2.client.structures.B2DownloadByNameRequest;
import com.backblaze.b2.client.structures.B2FileSseForRequest;
import com.backblaze.b2.client.structures.B2FileVersion;
import com.backblaze.b2.client.structures.B2UploadFileRequest;
import com.backblaze.b2.client.webApiHttpClient.B2StorageHttpClientBuilder;
import com.backblaze.b2.client.webApiHttpClient.HttpClientFactoryImpl;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.B2Emulator;

/** Backblaze's own client for Java. */
final class B2SdkJavaClient implements OtherClient {
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final B2StorageClient client;

    B2SdkJavaClient(B2Emulator b2) {
        B2ClientConfig config = B2ClientConfig.builder(b2.applicationKeyId(), b2.applicationKey(), "interop/1.0")
                .setMasterUrl(b2.url())
                .build();
        client = B2StorageHttpClientBuilder.builder(config)
                .setHttpClientFactory(HttpClientFactoryImpl.builder()
                        .setSupportInsecureHttp(true)
                        .build())
                .build();
    }

    @Override
    public void write(String bucket, List<Sample> files, @Nullable String customerKey) throws Exception {
        String bucketId = client.getBucketOrNullByName(bucket).getBucketId();
        for (Sample file : files) {
            B2UploadFileRequest.Builder request = B2UploadFileRequest.builder(
                            bucketId, file.name(), file.contentType(), B2ByteArrayContentSource.build(file.content()))
                    .setCustomFields(file.info());
            if (customerKey != null) {
                request.setServerSideEncryption(B2FileSseForRequest.createSseCAes256(customerKey));
            }
            if (client.getFilePolicy().shouldBeLargeFile(file.content().length)) {
                client.uploadLargeFile(request.build(), executor);
            } else {
                client.uploadSmallFile(request.build());
            }
        }
    }

    @Override
    public List<Sample> read(String bucket, @Nullable String customerKey) throws Exception {
        List<Sample> found = new ArrayList<>();
        for (B2FileVersion listed :
                client.fileNames(client.getBucketOrNullByName(bucket).getBucketId())) {
            B2DownloadByNameRequest.Builder request = B2DownloadByNameRequest.builder(bucket, listed.getFileName());
            if (customerKey != null) {
                request.setServerSideEncryption(B2FileSseForRequest.createSseCAes256(customerKey));
            }
            B2ContentMemoryWriter content = B2ContentMemoryWriter.build();
            client.downloadByName(request.build(), content);
            found.add(new Sample(
                    listed.getFileName(), content.getBytes(), listed.getContentType(), listed.getFileInfo()));
        }
        return found;
    }

    @Override
    public void close() {
        client.close();
        executor.shutdownNow();
    }
}
