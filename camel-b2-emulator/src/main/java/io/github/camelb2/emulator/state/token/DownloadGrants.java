// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.token;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.Core;
import io.github.camelb2.emulator.state.key.Secrets;

/** Download authorizations: tokens that read the files of one bucket under one prefix. Safe for use by many threads. */
public final class DownloadGrants {

    private final Core core;
    /** By token; guarded by {@code core}. */
    private final TokenTable<Grant> grants = new TokenTable<>();

    public DownloadGrants(Core core) {
        this.core = core;
    }

    /**
     * What a token allows.
     *
     * @param bucketId the bucket
     * @param prefix what names must start with
     * @param overrides header overrides that the URL must repeat exactly, by parameter name
     */
    public record Grant(String bucketId, String prefix, Map<String, String> overrides) {

        public Grant {
            overrides = Map.copyOf(overrides);
        }
    }

    public String issue(Grant grant, long seconds) {
        synchronized (core) {
            String token = "3_" + Secrets.text(40) + "_dnld";
            grants.put(token, grant, core.now() + 1_000 * seconds);
            return token;
        }
    }

    /** What this token allows, or null if it is no download authorization. */
    public @Nullable Grant find(String token) {
        synchronized (core) {
            return grants.find(token, core.now());
        }
    }

    public void expire(String token) {
        synchronized (core) {
            grants.expire(token);
        }
    }
}
