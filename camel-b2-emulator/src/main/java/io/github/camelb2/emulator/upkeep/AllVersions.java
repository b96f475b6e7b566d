// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.upkeep;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.Listing;
import io.github.camelb2.emulator.state.file.Page;
import io.github.camelb2.emulator.state.file.VersionKey;

/** All versions of a bucket in listing order, a page at a time: a bucket may have more of them than fit into memory. */
final class AllVersions {

    private static final int PAGE = 1_000;

    private AllVersions() {}

    /** What is changed meanwhile is seen or not. */
    static void of(Account account, String bucketId, String prefix, Consumer<FileVersion> use) {
        String name = prefix;
        @Nullable String id = null;
        while (name != null) {
            Page page = account.files()
                    .listVersions(bucketId, new Listing(prefix, null, VersionKey.before(name), PAGE), id);
            page.files().forEach(use);
            name = page.nextName();
            id = page.nextId();
        }
    }
}
