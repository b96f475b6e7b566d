// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

import com.backblaze.b2.client.B2ClientConfig;
import com.backblaze.b2.client.B2StorageClient;
import com.backblaze.b2.client.contentHandlers.B2ContentFileWriter;
import com.backblaze.b2.client.contentSources.B2ContentTypes;
import com.backblaze.b2.client.contentSources.B2FileContentSource;
import com.backblaze.b2.client.exceptions.B2Exception;
import com.backblaze.b2.client.structures.B2Bucket;
import com.backblaze.b2.client.structures.B2DownloadByNameRequest;
import com.backblaze.b2.client.structures.B2FileVersion;
import com.backblaze.b2.client.structures.B2ListFileNamesRequest;
import com.backblaze.b2.client.structures.B2UploadFileRequest;
import com.backblaze.b2.client.webApiHttpClient.B2StorageHttpClientBuilder;
import com.backblaze.b2.client.webApiHttpClient.HttpClientFactoryImpl;

import io.github.camelb2.benchmarks.process.Account;

/**
 * Does a task with Backblaze's own b2-sdk-java, as its documentation shows it: the account is in the environment, the task on the command
 * line.
 */
public final class SdkProgram {

    /** The most names that one listing call may ask for at the price of ten calls; both Java programs ask for as many. */
    public static final int PAGE_SIZE = 10_000;

    private final B2StorageClient client;
    private final Figures figures;

    private SdkProgram(B2StorageClient client, Figures figures) {
        this.client = client;
        this.figures = figures;
    }

    public static void main(String[] words) throws Exception {
        try (B2StorageClient client = client(Account.ofThisProcess())) {
            new SdkProgram(client, new Figures(System.out)).run(Arguments.of(words));
        }
    }

    /** A client for this account, which the caller closes. */
    public static B2StorageClient client(Account account) {
        B2ClientConfig config = B2ClientConfig.builder(
                        account.applicationKeyId(), account.applicationKey(), "camel-b2-benchmarks")
                .setMasterUrl(account.url())
                .build();
        return B2StorageHttpClientBuilder.builder(config)
                .setHttpClientFactory(HttpClientFactoryImpl.builder()
                        .setSupportInsecureHttp(true)
                        .build())
                .build();
    }

    private void run(Arguments task) throws Exception {
        switch (task.verb()) {
            case "idle" -> client.getAccountId();
            case "upload" -> upload(task);
            case "download" -> download(task.word(1), task.word(2), task.path(3));
            case "upload-many" -> uploadMany(task);
            case "download-many" -> downloadMany(task);
            case "read-many" -> readMany(task);
            case "list" -> list(task.word(1));
            default -> throw task.unknown();
        }
    }

    private void upload(Arguments task) throws B2Exception, IOException {
        B2UploadFileRequest request = request(bucketId(task.word(1)), task.path(2), task.word(3));
        ExecutorService executor = Executors.newFixedThreadPool(task.number(4));
        try {
            long length = request.getContentSource().getContentLength();
            if (client.getFilePolicy().shouldBeLargeFile(length)) {
                client.uploadLargeFile(request, executor);
            } else {
                client.uploadSmallFile(request);
            }
        } finally {
            executor.shutdown();
        }
    }

    private void download(String bucket, String name, Path target) throws B2Exception {
        client.downloadByName(
                B2DownloadByNameRequest.builder(bucket, name).build(),
                B2ContentFileWriter.builder(target.toFile())
                        .setVerifySha1ByRereadingFromDestination(false)
                        .build());
    }

    private void uploadMany(Arguments task) throws Exception {
        String bucketId = bucketId(task.word(1));
        SmallFiles.inThreads(
                task.number(4),
                task.number(3),
                name -> client.uploadSmallFile(request(bucketId, task.path(2).resolve(name), name)));
    }

    private void downloadMany(Arguments task) throws Exception {
        SmallFiles.inThreads(
                task.number(4),
                task.number(3),
                name -> download(task.word(1), name, task.path(2).resolve(name)));
    }

    private void readMany(Arguments task) throws Exception {
        LongAdder bytes = new LongAdder();
        SmallFiles.inThreads(
                task.number(3),
                task.number(2),
                name -> client.downloadByName(
                        B2DownloadByNameRequest.builder(task.word(1), name).build(),
                        (headers, content) -> bytes.add(content.readAllBytes().length)));
        figures.print("bytes", bytes.sum());
    }

    private void list(String bucket) throws B2Exception {
        B2ListFileNamesRequest request = B2ListFileNamesRequest.builder(bucketId(bucket))
                .setMaxFileCount(PAGE_SIZE)
                .build();
        long names = 0;
        for (B2FileVersion ignored : client.fileNames(request)) {
            names++;
        }
        figures.print("names", names);
    }

    private String bucketId(String name) throws B2Exception {
        B2Bucket bucket = client.getBucketOrNullByName(name);
        if (bucket == null) {
            throw new IllegalArgumentException("There is no bucket " + name);
        }
        return bucket.getBucketId();
    }

    private static B2UploadFileRequest request(String bucketId, Path file, String name) throws IOException {
        return B2UploadFileRequest.builder(
                        bucketId, name, B2ContentTypes.B2_AUTO, B2FileContentSource.build(file.toFile()))
                .build();
    }
}
