// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.util.Objects;

/**
 * An application key: its public id and its secret. {@link #toString()} shows the id only.
 *
 * @param applicationKeyId the key id, not a secret
 * @param applicationKey the secret
 */
public record Credentials(String applicationKeyId, String applicationKey) {
    public Credentials {
        Objects.requireNonNull(applicationKeyId, "applicationKeyId");
        Objects.requireNonNull(applicationKey, "applicationKey");
    }

    @Override
    public String toString() {
        return "Credentials[applicationKeyId=" + applicationKeyId + ", applicationKey=***]";
    }
}
