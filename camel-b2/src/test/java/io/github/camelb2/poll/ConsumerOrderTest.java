// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where a sweep begins, and the order in which it delivers. */
class ConsumerOrderTest extends ConsumerTestSupport {
    /** U+FF5E is three bytes in UTF-8 and sorts before the emoji, which is four, though its UTF-16 units sort behind. */
    @Test
    void whatSortsBeforeTheFirstNameIsNeitherListedNorConsumed() throws Exception {
        put("in/a", "a");
        put("in/\uff5e", "three bytes");
        put("in/\ud83d\ude00", "four bytes");
        consume("prefix=in/&startFromFileName=in/\ud83d\ude00&includeVersions=all");

        assertThat(polled()).containsExactly("in/\ud83d\ude00=four bytes");
        assertThat(b2Consumer().lastSweep().versions()).isEqualTo(1);
        put("in/\uff5e", "again");
        put("in/\ud83d\ude01", "behind");
        assertThat(polled()).containsExactly("in/\ud83d\ude01=behind");
    }

    @Test
    void firstNameIsConsumedItselfAndNoneNeedHaveIt() throws Exception {
        put("a", "a");
        put("b", "b");
        consume("startFromFileName=b");
        assertThat(polled()).containsExactly("b=b");

        context().removeRoute(stopped());
        consume("startFromFileName=aa&fileName=a");
        assertThat(polled()).isEmpty();
    }

    private String stopped() throws Exception {
        context().getRouteController().stopRoute(ROUTE);
        return ROUTE;
    }

    @Test
    void firstNameBehindEverythingIsRefused() {
        assertThatThrownBy(() -> consume("prefix=in/&startFromFileName=z"))
                .hasMessageContaining("startFromFileName=z cannot be")
                .hasMessageContaining("prefix=in/");
    }

    @Test
    void oldestUploadIsDeliveredFirstWhateverItsName() throws Exception {
        put("c", "1");
        later();
        put("a", "2");
        later();
        put("b", "3");
        later();
        put("c", "4");
        consume("order=uploadTime&maxMessagesPerPoll=2&includeVersions=all");

        assertThat(polled()).containsExactly("c=1", "a=2");
        put("0", "of the next sweep");
        assertThat(polled()).containsExactly("b=3", "c=4");
        assertThat(polled()).isEmpty();
        assertThat(polled()).containsExactly("0=of the next sweep");
    }

    @Test
    void onlyLatestVersionsAreSortedAndOlderOnesArePassedOver() throws Exception {
        put("b", "old");
        later();
        StoredVersion newest = put("b", "new");
        later();
        put("a", "a");
        consume("order=uploadTime&deleteAfterRead=true");

        assertThat(polled()).containsExactly("b=new", "a=a");
        assertThat(b2().state().versions(bucket))
                .extracting(StoredVersion::fileId)
                .doesNotContain(newest.fileId());
        assertThat(polled()).isEmpty();
    }

    /** What failed comes again with the next sweep; what a listing had found when it broke is neither lost nor doubled. */
    @Test
    void nothingIsLostByRoutesAndListingsThatFail() throws Exception {
        put("b", "1");
        later();
        put("a", "2");
        for (int i = 0; i < 1000; i++) {
            b2().state().putUnkept(bucket, "left out " + i, 1);
        }
        later();
        put("on the second page", "3");
        AtomicBoolean isBroken = new AtomicBoolean(true);
        consume(
                "order=uploadTime&exclude=left.*",
                route -> route.process(exchange -> {
                    record(exchange);
                    if (isBroken.getAndSet(false)) {
                        throw new IllegalStateException("the route failed");
                    }
                }));
        b2().faults().add("b2_list_file_versions #2: status 403 access_denied");
        poll();
        assertThat(delivered).isEmpty();

        poll();
        assertThat(delivered).containsExactly("b=1", "a=2", "on the second page=3");
        delivered.clear();
        poll();
        assertThat(delivered).containsExactly("b=1");
    }

    @Test
    void orderIsRefusedWithNotificationsThatHaveNone() {
        assertThatThrownBy(() -> context()
                        .getEndpoint(
                                "b2:" + bucket
                                        + "?order=uploadTime&notifications=true&notificationSecret=0123456789abcdef0123456789abcdef")
                        .createConsumer(it -> {})
                        .start())
                .hasMessageContaining("order=uploadTime cannot be")
                .hasMessageContaining("notifications=true");
    }

    private void later() {
        b2().advance(Duration.ofSeconds(1));
    }
}
