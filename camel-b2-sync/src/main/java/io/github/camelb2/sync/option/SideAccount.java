// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.ConfigurationCheck;
import io.github.camelb2.client.api.Address;
import io.github.camelb2.sync.B2SyncConfiguration;

/**
 * Whose account one side of a sync is in, as its options say it.
 *
 * @param side      source or destination, for messages
 * @param component the name of the component whose account it is, unless the others say otherwise
 * @param keyId     an application key of its own; null for none
 * @param key       the secret of the key
 * @param realm     a service of its own; null for none
 * @param whole     all account options; null for those of the component
 */
public record SideAccount(
        String side,
        String component,
        @Nullable String keyId,
        @Nullable String key,
        @Nullable String realm,
        @Nullable B2Configuration whole) {

    static SideAccount ofSource(B2SyncConfiguration options) {
        return new SideAccount(
                "source",
                options.getSourceComponent(),
                options.getSourceApplicationKeyId(),
                options.getSourceApplicationKey(),
                options.getSourceRealm(),
                whole("source", options.getSourceConfiguration()));
    }

    static SideAccount ofDestination(B2SyncConfiguration options) {
        return new SideAccount(
                "destination",
                options.getDestinationComponent(),
                options.getDestinationApplicationKeyId(),
                options.getDestinationApplicationKey(),
                options.getDestinationRealm(),
                whole("destination", options.getDestinationConfiguration()));
    }

    private static @Nullable B2Configuration whole(String side, @Nullable Object bean) {
        if (bean == null || bean instanceof B2Configuration) {
            return (B2Configuration) bean;
        }
        throw new IllegalArgumentException("Option " + side + "Configuration refers to a "
                + bean.getClass().getName() + ": write the name of a B2Configuration, as #bean:name");
    }

    /** @throws IllegalArgumentException if one half of the key is missing, or the realm is none */
    void check() {
        ConfigurationCheck.realm(side + "Realm", realm);
        if ((keyId == null) != (key == null)) {
            String missing = side + (keyId == null ? "ApplicationKeyId" : "ApplicationKey");
            String there = side + (keyId == null ? "ApplicationKey" : "ApplicationKeyId");
            throw new IllegalArgumentException(
                    "Option " + there + " needs " + missing + ": a key is an id and a secret; set both or neither");
        }
    }

    /** Whether its options say the account, and not the component alone. */
    boolean isOwn() {
        return keyId != null || realm != null || whole != null;
    }

    /** The account options, from those of the component where nothing else is said. */
    public B2Configuration over(B2Configuration ofComponent) {
        B2Configuration account = Optional.ofNullable(whole).orElse(ofComponent).copy();
        if (realm != null) {
            account.setRealm(realm);
        }
        if (keyId != null) {
            account.setApplicationKeyId(keyId);
            account.setApplicationKey(key);
            account.setUseDefaultCredentials(false);
            // A client or a login that somebody made for another key must not serve this one.
            account.setB2Client(null);
            account.setAccountInfoRepository(null);
        }
        return account;
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "SideAccount[" + side + ", " + component + ", " + keyId + ", "
                + (realm == null ? null : Address.shown(realm)) + "]";
    }
}
