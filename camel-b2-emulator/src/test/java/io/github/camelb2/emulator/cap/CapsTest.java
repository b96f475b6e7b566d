// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.cap;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CapsTest {

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension(
            builder -> builder.clock(NOW::get).minPartSize(1).synthetic("many-files", 2_500));

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void login() throws Exception {
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.createBucket(B2.bucketName());
    }

    private void cap(Caps caps) {
        B2.emulator().caps(caps);
    }

    private RawB2.Answer list() throws Exception {
        return b2.call("b2_list_file_names", "{'bucketId':'" + bucketId + "'}");
    }

    private int download() throws Exception {
        return b2.get("/file/" + B2.bucketName() + "/a", Map.of()).statusCode();
    }

    @Test
    void storageCountsVersionsPartsAndCopies() throws Exception {
        cap(Caps.UNLIMITED.withStorage(bytesStored() + 30));
        String source = b2.upload(bucketId, "a", new byte[10]).text("fileId");
        RawB2.Answer started =
                b2.call("b2_start_large_file", "{'bucketId':'" + bucketId + "','fileName':'l','contentType':'a/b'}");
        assertThat(b2.uploadPart(started.text("fileId"), 1, new byte[10]).status())
                .isEqualTo(200);

        assertThat(b2.upload(bucketId, "b", new byte[11]).code()).isEqualTo("cap_exceeded");

        assertThat(b2.call("b2_copy_file", "{'sourceFileId':'" + source + "','fileName':'b'}")
                        .status())
                .isEqualTo(200);
        RawB2.Answer refused = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("storage_cap_exceeded");
        assertThat(b2.call("b2_copy_file", "{'sourceFileId':'" + source + "','fileName':'c'}")
                        .code())
                .isEqualTo("cap_exceeded");
        b2.call("b2_cancel_large_file", "{'fileId':'" + started.text("fileId") + "'}");
    }

    @Test
    void roomIsThereAgainWhenAVersionIsDeleted() throws Exception {
        cap(Caps.UNLIMITED.withStorage(bytesStored() + 10));
        String id = b2.upload(bucketId, "a", new byte[10]).text("fileId");
        assertThat(b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}")
                        .code())
                .isEqualTo("storage_cap_exceeded");

        b2.call("b2_delete_file_version", "{'fileName':'a','fileId':'" + id + "'}");

        assertThat(b2.upload(bucketId, "b", new byte[10]).status()).isEqualTo(200);
    }

    private static long bytesStored() {
        return B2.emulator().state().buckets().stream()
                .flatMap(bucket -> B2.emulator().state().versions(bucket).stream())
                .mapToLong(version -> version.length())
                .sum();
    }

    @Test
    void transactionsOfBothClassesAreCountedUntilMidnight() throws Exception {
        b2.upload(bucketId, "a", new byte[10]);
        cap(Caps.UNLIMITED.withTransactions(2));

        assertThat(list().status()).isEqualTo(200);
        assertThat(list().status()).isEqualTo(200);
        assertThat(list().code()).isEqualTo("transaction_cap_exceeded");
        assertThat(download()).isEqualTo(200);
        assertThat(download()).isEqualTo(200);
        assertThat(download()).isEqualTo(403);
        assertThat(b2.upload(bucketId, "b", new byte[10]).status()).isEqualTo(200);

        NOW.updateAndGet(now -> now.plus(Duration.ofHours(14)));

        assertThat(list().status()).isEqualTo(200);
        assertThat(download()).isEqualTo(200);
    }

    @Test
    void downloadsAreCountedInBytesAndHeadIsFree() throws Exception {
        b2.upload(bucketId, "a", new byte[10]);
        cap(Caps.UNLIMITED.withDownloads(15));
        b2.send(
                "HEAD",
                "/file/" + B2.bucketName() + "/a",
                Map.of(),
                java.net.http.HttpResponse.BodyHandlers.discarding());

        assertThat(download()).isEqualTo(200);
        assertThat(download()).isEqualTo(200);
        RawB2.Answer refused = RawB2.answer(b2.get("/file/" + B2.bucketName() + "/a", Map.of()));
        assertThat(refused.code()).isEqualTo("download_cap_exceeded");
        assertThat(list().status()).isEqualTo(200);
    }

    @Test
    void usageIsWhatWouldBeBilledAndAListingIsATransactionForEachThousand() throws Exception {
        String many = B2.emulator().state().bucketId("many-files").orElseThrow();
        b2.upload(bucketId, "a", new byte[10]);
        B2.emulator().resetRequests();

        b2.call("b2_list_file_versions", "{'bucketId':'" + many + "','maxFileCount':10000}");
        b2.call("b2_list_file_names", "{'bucketId':'" + many + "','maxFileCount':1000}");
        b2.call("b2_hide_file", "{'bucketId':'" + bucketId + "','fileName':'a'}");
        b2.call("b2_get_file_info", "{'fileId':'none'}");
        assertThat(list().status()).isEqualTo(200);
        b2.upload(bucketId, "a", new byte[10]);
        assertThat(download()).isEqualTo(200);

        assertThat(B2.emulator().usage()).isEqualTo(new Usage(3, 2, 5, 10));
    }

    @Test
    void listingOfThousandsUsesUpACapByTheThousand() throws Exception {
        String many = B2.emulator().state().bucketId("many-files").orElseThrow();
        cap(Caps.UNLIMITED.withTransactions(3));

        b2.call("b2_list_file_versions", "{'bucketId':'" + many + "','maxFileCount':10000}");

        assertThat(list().code()).isEqualTo("transaction_cap_exceeded");
    }

    @Test
    void tooManyCallsOfANameInAMinuteAreRefusedWithoutRetryAfter() throws Exception {
        cap(Caps.UNLIMITED.withCalls(1));

        assertThat(list().status()).isEqualTo(200);
        RawB2.Answer refused = list();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.message()).isEqualTo("1 calls per PT1M allowed for: API_LIST_FILE_NAMES_CALLED");
        assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
        assertThat(b2.call("b2_list_file_versions", "{'bucketId':'" + bucketId + "'}")
                        .status())
                .isEqualTo(200);

        NOW.updateAndGet(now -> now.plusSeconds(60));

        assertThat(list().status()).isEqualTo(200);
    }

    @Test
    void retryAfterSaysHowLongTheMinuteLasts() throws Exception {
        NOW.set(Instant.parse("2026-03-02T10:00:15Z"));
        cap(Caps.UNLIMITED.withCalls(0).withRetryAfter(Caps.RetryAfter.GIVEN));

        assertThat(list().headers().firstValue("Retry-After")).contains("45");
    }

    @Test
    void capsOfTheCommandLineAddUp() {
        assertThat(Caps.UNLIMITED.with("storage=5").with("calls=7"))
                .isEqualTo(Caps.UNLIMITED.withStorage(5).withCalls(7));
        assertThat(Caps.UNLIMITED.with("transactions=5").with("downloads=7"))
                .isEqualTo(Caps.UNLIMITED.withTransactions(5).withDownloads(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "storage", "storage=", "storage=-1", "storage=1GB", "money=5", "=5"})
    void capThatMakesNoSenseIsQuoted(String cap) {
        assertThatThrownBy(() -> Caps.UNLIMITED.with(cap))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--cap takes storage=BYTES, transactions=N, downloads=BYTES or calls=N, not " + cap);
    }
}
