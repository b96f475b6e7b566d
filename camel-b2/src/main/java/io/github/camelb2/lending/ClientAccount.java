package io.github.camelb2.lending;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.Credentials;

/**
 * What makes two endpoints share a client.
 *
 * @param credentials null to use the login in the repository
 * @param realm null for production
 * @param repository compared by identity; null for one in memory that belongs to the client
 * @param httpComponent the name of the Camel HTTP component
 */
public record ClientAccount(
        @Nullable Credentials credentials,
        @Nullable String realm,
        @Nullable AccountInfoRepository repository,
        String httpComponent) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientAccount that
                && Objects.equals(credentials, that.credentials)
                && Objects.equals(realm, that.realm)
                && repository == that.repository
                && httpComponent.equals(that.httpComponent);
    }

    @Override
    public int hashCode() {
        return Objects.hash(credentials, realm, System.identityHashCode(repository), httpComponent);
    }
}
