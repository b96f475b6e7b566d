// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.hot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.github.camelb2.client.model.file.FileNameEncoding;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.Utf8Order;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.transfer.plan.PartLimits;
import io.github.camelb2.client.transfer.plan.PartPlan;
import io.github.camelb2.client.transfer.upload.Sha1Trailer;
import io.github.camelb2.sync.plan.item.PathOrder;

/** Name encoding, order of names and of paths, a page of a listing, the plan of a large file, and the body of an upload. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HotPieces {
    private static final int PAGE = 1000;
    private static final int BODY = 1 << 20;
    private static final long LENGTH = 5L << 30;
    private static final long RECOMMENDED = 100_000_000;
    private static final long MINIMUM = 5_000_000;
    private static final PartLimits LIMITS =
            new PartLimits(RECOMMENDED, MINIMUM, 5_000_000_000L, 10_000, 10_000_000_000_000L);

    private final String plain = "invoices/2026/11/invoice-0000123456.pdf";
    private final String accented = "Rechnungen/Zürich/Überweisung № 12 – 日本.pdf";
    private final String left = "photos/2026/summer/beach-0001.jpg";
    private final String right = "photos/2026/summer/beach-0002.jpg";
    private final byte[] page = page();
    private final byte[] body = new byte[BODY];
    private final byte[] buffer = new byte[1 << 16];

    @Benchmark
    public String encodePlainName() {
        return FileNameEncoding.encode(plain);
    }

    @Benchmark
    public String encodeAccentedName() {
        return FileNameEncoding.encode(accented);
    }

    @Benchmark
    public int orderOfNames() {
        return Utf8Order.INSTANCE.compare(left, right);
    }

    @Benchmark
    public int orderOfPaths() {
        return PathOrder.compare(left, right);
    }

    /** A thousand names, as one call answers them. */
    @Benchmark
    public FilePage readPageOfListing() throws IOException {
        return Json.read(new ByteArrayInputStream(page), FilePage.class);
    }

    /** Five gibibytes over four connections. */
    @Benchmark
    public PartPlan planLargeFile() {
        return PartPlan.forUpload(LENGTH, 0, 4, LIMITS);
    }

    /** A mebibyte and its digest. */
    @Benchmark
    public long bodyWithDigest() throws IOException {
        long count = 0;
        try (InputStream all = Sha1Trailer.following(new ByteArrayInputStream(body), BODY, sha1 -> {}, bytes -> {})) {
            for (int read = all.read(buffer); read >= 0; read = all.read(buffer)) {
                count += read;
            }
        }
        return count;
    }

    private static byte[] page() {
        List<String> files = IntStream.range(0, PAGE)
                .mapToObj(i ->
                        ("{\"accountId\":\"0123456789ab\",\"action\":\"upload\",\"bucketId\":\"4a48fe8875c6214145260818\","
                                        + "\"contentLength\":%1$d,\"contentMd5\":\"d41d8cd98f00b204e9800998ecf8427e\","
                                        + "\"contentSha1\":\"da39a3ee5e6b4b0d3255bfef95601890afd80709\",\"contentType\":\"text/plain\","
                                        + "\"fileId\":\"4_z4a48fe8875c6214145260818_f1%1$016d_d20261129_m010203_c001_v0001234_t0001_u0\","
                                        + "\"fileInfo\":{\"src_last_modified_millis\":\"1600000000000\"},\"fileName\":\"a/folder/file-%1$06d.txt\","
                                        + "\"fileRetention\":{\"isClientAuthorizedToRead\":true,\"value\":{\"mode\":null,\"retainUntilTimestamp\":null}},"
                                        + "\"legalHold\":{\"isClientAuthorizedToRead\":true,\"value\":null},\"replicationStatus\":null,"
                                        + "\"serverSideEncryption\":{\"algorithm\":null,\"mode\":null},\"uploadTimestamp\":1600000001000}")
                                .formatted(i))
                .toList();
        return files.stream()
                .collect(Collectors.joining(",", "{\"files\":[", "],\"nextFileName\":\"b\"}"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
