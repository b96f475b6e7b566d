// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.apache.camel.Component;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint whose URI shows no secrets, and that is nevertheless another one than the endpoint with other secrets.
 *
 * <p>Camel keeps and shares producers and consumers by endpoint, in caches of {@code toD}, {@code enrich}, templates and
 * others: those of one key must not serve another one.
 */
public abstract class EndpointWithSecrets extends ScheduledPollEndpoint {
    /** See {@link SecretOptions#fingerprint}. */
    private String fingerprint = "";

    private boolean hasLiteralSecret;

    private @Nullable Exception refusal;

    /** The URI is shown in logs, JMX and traces, so it must hold no secret. */
    protected EndpointWithSecrets(String maskedUri, Component component) {
        super(maskedUri, component);
    }

    /**
     * Tells this endpoint from others of the same masked URI; for the component that made it, once its options are set.
     *
     * @param fingerprintOfSecrets of all that it has, also of those that its URI only refers to or that it inherits
     * @param hasLiteral whether the URI itself holds a secret, so that two such endpoints can be registered at a time
     */
    public final void identify(String fingerprintOfSecrets, boolean hasLiteral) {
        this.fingerprint = fingerprintOfSecrets;
        this.hasLiteralSecret = hasLiteral;
    }

    /**
     * Makes this an endpoint that cannot be used, because its options are wrong: for the component that made it, where
     * failing at once would have Camel quote the URI with a secret in it.
     */
    public final void refuse(Exception why) {
        this.refusal = why;
    }

    /**
     * To be called before anything is made of this endpoint.
     *
     * @throws IllegalArgumentException if its options are wrong
     */
    protected final void requireUsable() {
        if (refusal != null) {
            throw new IllegalArgumentException(getEndpointUri() + ": " + refusal.getMessage(), refusal);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other) && other instanceof EndpointWithSecrets that && fingerprint.equals(that.fingerprint);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + fingerprint.hashCode();
    }

    /** JMX shows endpoints by this. */
    @Override
    public String getEndpointKey() {
        return hasLiteralSecret ? super.getEndpointKey() + "&identity=" + fingerprint : super.getEndpointKey();
    }
}
