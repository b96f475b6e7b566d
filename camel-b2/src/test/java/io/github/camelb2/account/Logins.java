// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.util.List;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.Allowed;
import io.github.camelb2.client.api.Allowed.AllowedBucket;
import io.github.camelb2.client.api.Capability;

/** Logins for tests: every field has a value of its own, so that two swapped columns show. */
final class Logins {
    static final String ACCOUNT = "0123456789ab";
    static final String KEY_ID = "0010123456789ab0000000001";
    static final String OTHER_KEY_ID = "0010123456789ab0000000002";

    private Logins() {}

    /** A login with an unrestricted key and that token. */
    static AccountInfo withToken(String token) {
        return login(ACCOUNT, KEY_ID, token, "production", unrestricted());
    }

    static AccountInfo login(String accountId, String keyId, String token, String realm, Allowed allowed) {
        return new AccountInfo(
                accountId,
                keyId,
                "K001+secret/of" + keyId,
                token,
                "https://api001.backblazeb2.com",
                "https://f001.backblazeb2.com",
                "https://s3.us-west-001.backblazeb2.com",
                100_000_000,
                5_000_000,
                allowed,
                realm);
    }

    /** A login whose every address holds its token, so that half a login shows. */
    static AccountInfo consistent(String token) {
        return new AccountInfo(
                ACCOUNT,
                KEY_ID,
                "secret/" + token,
                token,
                "https://api/" + token,
                "https://f/" + token,
                "https://s3/" + token,
                100_000_000,
                5_000_000,
                unrestricted(),
                "production");
    }

    static Allowed unrestricted() {
        return new Allowed(null, List.of(Capability.LIST_BUCKETS, new Capability("inventedTomorrow")), null);
    }

    static Allowed restricted() {
        return new Allowed(
                List.of(new AllowedBucket("id-1", "photos"), new AllowedBucket("id-2", null)),
                List.of(Capability.READ_FILES, Capability.LIST_FILES),
                "it's/grün \"quoted\"/");
    }
}
