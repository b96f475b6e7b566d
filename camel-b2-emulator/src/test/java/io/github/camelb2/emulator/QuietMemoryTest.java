// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuietMemoryTest {

    private final AtomicLong requests = new AtomicLong();
    private final AtomicInteger tidied = new AtomicInteger();
    private final QuietMemory memory = new QuietMemory(requests::get, tidied::incrementAndGet);

    @Test
    void memoryIsGivenBackOnceAfterTheStartAndAfterEveryTimeWithRequests() {
        memory.look();
        memory.look();
        assertThat(tidied).hasValue(1);

        requests.addAndGet(7);
        memory.look();
        assertThat(tidied).as("there may be more to come").hasValue(1);
        memory.look();
        memory.look();
        assertThat(tidied).hasValue(2);
    }

    @Test
    void nothingIsTidiedWhileRequestsKeepComing() {
        memory.look();
        for (int i = 0; i < 10; i++) {
            requests.incrementAndGet();
            memory.look();
        }

        assertThat(tidied).hasValue(1);
    }

    @Test
    void emulatorCountsEveryRequest() throws Exception {
        try (B2Emulator emulator = B2Emulator.start()) {
            RawB2.login(emulator);
            emulator.resetRequests();
            RawB2.login(emulator);

            assertThat(emulator.requestsBegun()).isEqualTo(2);
        }
    }
}
