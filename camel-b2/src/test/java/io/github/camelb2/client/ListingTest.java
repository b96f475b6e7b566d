// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.Utf8Order;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Listings of many names. */
class ListingTest {
    private static final int NAMES = Boolean.getBoolean("soak") ? 1_000_000 : 30_000;

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension(settings -> settings.synthetic("many-names", NAMES));

    private B2Emulator b2;
    private Clients clients;
    private B2Client client;
    private String bucketId;

    @BeforeEach
    void login() {
        b2 = B2.emulator();
        clients = new Clients(b2.url());
        client = clients.login(new Credentials(b2.applicationKeyId(), b2.applicationKey()));
        bucketId = client.bucketId("many-names", Clients.FAST);
    }

    @AfterEach
    void closeAll() {
        clients.close();
    }

    @Test
    void everyNameComesOnceInOrderAndMemoryStaysFlat() {
        PageIterator<FileVersion> names =
                client.listFileNames(ListFileNames.of(bucketId).withMaxFileCount(1000), Clients.FAST);
        // What other tests of this JVM have left is not what is measured.
        long before = liveMemory();
        long used = before;
        int count = 0;
        int inversions = 0;
        String last = "";
        while (names.hasNext()) {
            String name = names.next().fileName();
            inversions += Utf8Order.INSTANCE.compare(last, name) < 0 ? 0 : 1;
            last = name;
            count++;
            if (count % (NAMES / 4) == 0) {
                used = Math.max(used, liveMemory());
            }
        }

        assertThat(count).isEqualTo(NAMES);
        assertThat(inversions).isZero();
        assertThat(b2.count("b2_list_file_names")).isBetween(NAMES / 1000L, NAMES / 1000L + 1);
        assertThat(used - before).isLessThan(24L * 1024 * 1024);
    }

    @Test
    void nextPageIsOnItsWayWhileThisOneIsConsumed() {
        PageIterator<FileVersion> names =
                client.listFileNames(ListFileNames.of(bucketId).withMaxFileCount(1000), Clients.FAST);
        assertThat(b2.count("b2_list_file_names")).isEqualTo(1);

        for (int i = 0; i < 500; i++) {
            names.next();
        }

        await().atMost(10, TimeUnit.SECONDS).until(() -> b2.count("b2_list_file_names") == 2);
    }

    @Test
    void firstNamesCostOnePage() {
        PageIterator<FileVersion> names =
                client.listFileNames(ListFileNames.of(bucketId).withMaxFileCount(1000), Clients.FAST);

        for (int i = 0; i < 100; i++) {
            names.next();
        }
        names.close();

        assertThat(b2.count("b2_list_file_names")).isEqualTo(1);
    }

    private static long liveMemory() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
