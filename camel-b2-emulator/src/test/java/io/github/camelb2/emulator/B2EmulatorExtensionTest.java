// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class B2EmulatorExtensionTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private static final Set<String> SEEN = new HashSet<>();

    @RepeatedTest(3)
    void everyTestBeginsFresh(B2Emulator emulator) throws Exception {
        assertThat(SEEN.add(B2.bucketName())).isTrue();
        assertThat(emulator).isSameAs(B2.emulator());
        assertThat(emulator.count("b2_authorize_account")).isZero();
        assertThat(emulator.faults().fired()).isZero();

        emulator.faults().add("b2_list_buckets: status 500");
        RawB2 b2 = RawB2.login(emulator);
        assertThat(b2.call("b2_list_buckets", "{}").status()).isEqualTo(500);
        assertThat(B2.emulator().state().buckets()).doesNotContain(B2.bucketName());
    }

    @Nested
    class NestedClasses {

        @Test
        void shareTheEmulatorAndLeaveItRunning() throws Exception {
            assertThat(RawB2.login(B2.emulator()).accountId()).hasSize(12);
        }
    }

    @Test
    void bucketIsMadeUnderTheNameOfTheTest() {
        String bucket = B2.createBucket();

        assertThat(bucket).isEqualTo(B2.bucketName());
        assertThat(B2.emulator().state().buckets()).contains(bucket);
    }

    @Test
    void accountAndUrlAreParameters(B2EmulatorAccount account, @B2EmulatorUrl String text, @B2EmulatorUrl URI uri)
            throws Exception {
        RawB2 b2 = RawB2.login(account.url(), account.applicationKeyId(), account.applicationKey());

        assertThat(b2.accountId()).isEqualTo(account.accountId());
        assertThat(text).isEqualTo(account.url()).isEqualTo(uri.toString());
        assertThat(account.toString()).doesNotContain(account.applicationKey());
    }
}
