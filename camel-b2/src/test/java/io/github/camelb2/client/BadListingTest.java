// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Listings that break what B2 promises end; they do not go on for ever. */
@Timeout(30)
class BadListingTest {
    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private Clients clients;
    private B2Client client;
    private String bucketId;

    @BeforeEach
    void threeFiles() {
        clients = new Clients(B2.emulator().url());
        client = clients.login(
                new Credentials(B2.emulator().applicationKeyId(), B2.emulator().applicationKey()));
        String bucket = B2.createBucket();
        for (String name : List.of("a", "b", "c")) {
            B2.emulator().state().put(bucket, name, new byte[1]);
        }
        bucketId = client.bucketId(bucket, Clients.FAST);
    }

    @AfterEach
    void closeAll() {
        clients.close();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        client.listFileNames(ListFileNames.of(bucketId).withMaxFileCount(1), Clients.FAST)
                .forEachRemaining(file -> names.add(file.fileName()));
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stuck-page", "gateway 400", "redirect"})
    void listingThatIsBrokenForGoodFails(String fault) {
        B2.emulator().faults().add("b2_list_file_* : " + fault);

        assertThatThrownBy(this::names).isInstanceOf(B2Exception.class);
        assertThatThrownBy(() -> client.listFileVersions(ListFileVersions.of(bucketId), Clients.FAST)
                        .forEachRemaining(FileVersion::fileName))
                .isInstanceOf(B2Exception.class);
        assertThat(B2.emulator().count("b2_list_file_names")).isLessThan(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#1: empty-page",
                "#2: gateway 502",
                "#2: cut-json",
                "#2: truncate 10",
                "#2: drop response 10",
                "#2: status 429"
            })
    void listingThatIsBrokenOnceIsWhole(String fault) {
        B2.emulator().faults().add("b2_list_file_names " + fault);

        assertThat(names()).containsExactly("a", "b", "c");
    }

    @Test
    void pageThatDoesNotAdvanceIsSaidToBeStuck() {
        B2.emulator().faults().add("b2_list_file_names #2+: stuck-page");

        assertThatThrownBy(this::names).isInstanceOf(B2Exception.class).hasMessageContaining("b2_list_file_names");
    }
}
