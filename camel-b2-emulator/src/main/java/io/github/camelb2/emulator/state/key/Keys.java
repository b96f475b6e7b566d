// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Core;
import io.github.camelb2.emulator.state.Records;

/** The application keys of the account. Safe for use by many threads. */
public final class Keys {

    private final Core core;
    private final String accountId;
    /** By id; guarded by {@code core}. */
    private final Map<String, ApplicationKey> byId = new TreeMap<>();

    public Keys(Core core, String accountId) {
        this.core = core;
        this.accountId = accountId;
    }

    /** Makes a key; everything but its id and secret is given. */
    public ApplicationKey create(
            String name,
            List<String> capabilities,
            @Nullable List<String> buckets,
            @Nullable String namePrefix,
            @Nullable Long expires,
            int apiVersion) {
        synchronized (core) {
            String id = "000" + accountId + String.format(Locale.ROOT, "%010d", core.nextSequence());
            ApplicationKey key = new ApplicationKey(
                    id, "K000" + Secrets.text(27), name, capabilities, buckets, namePrefix, expires, apiVersion);
            core.log(KeyRecord.write(key));
            byId.put(id, key);
            return key;
        }
    }

    public void restore(ApplicationKey key) {
        byId.put(key.id(), key);
        core.sequenceAtLeast(sequenceOf(key.id()));
    }

    private static long sequenceOf(String keyId) {
        return Long.parseLong(keyId.substring(keyId.length() - 10));
    }

    public @Nullable ApplicationKey find(String keyId) {
        synchronized (core) {
            return byId.get(keyId);
        }
    }

    /** Whether this names the master key: by its id, or by the account's, as B2's own master keys are named. */
    public boolean namesMasterKey(String keyId) {
        return keyId.equals(accountId) || keyId.equals(list().get(0).id());
    }

    /** All keys in order of their ids; the first is the master key. */
    public List<ApplicationKey> list() {
        synchronized (core) {
            return new ArrayList<>(byId.values());
        }
    }

    /** Deletes a key; tokens that were made with it die with it. */
    public ApplicationKey delete(String keyId) {
        synchronized (core) {
            ApplicationKey key = byId.get(keyId);
            if (key == null) {
                throw B2Error.badRequest("Application key does not exist: " + keyId);
            }
            core.log(Records.gone("key", keyId));
            byId.remove(keyId);
            return key;
        }
    }

    /** Lets go of a key that is gone, whether or not it is known; its id is not given out again. */
    public void remove(String keyId) {
        byId.remove(keyId);
        core.sequenceAtLeast(sequenceOf(keyId));
    }
}
