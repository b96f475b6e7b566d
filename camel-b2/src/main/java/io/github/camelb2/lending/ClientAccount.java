// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.lending;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.Realm;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.Address;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.http.BandwidthTimetable;

/**
 * What makes two endpoints share a client.
 *
 * @param credentials null to use the login in the repository
 * @param realm null for production
 * @param repository compared by identity; null for one in memory that belongs to the client
 * @param downloadUrl where files are read; null for the account's own address
 * @param downloadAuthorization what files are read with where there are neither credentials nor a repository
 * @param httpComponent the name of the Camel HTTP component
 * @param bandwidth the limit that its transfers share
 */
public record ClientAccount(
        @Nullable Credentials credentials,
        @Nullable String realm,
        @Nullable AccountInfoRepository repository,
        @Nullable String downloadUrl,
        @Nullable String downloadAuthorization,
        String httpComponent,
        BandwidthTimetable bandwidth) {

    /** Whether there is nothing to log in with, so that only reading by name is left. */
    boolean isWithoutKey() {
        return credentials == null && repository == null;
    }

    /** Where the client goes first. */
    String serviceUrl() {
        return isWithoutKey() && downloadUrl != null ? downloadUrl : Realm.url(realm);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "ClientAccount[" + (credentials == null ? "no key" : credentials.applicationKeyId()) + ", "
                + (realm == null ? null : Address.shown(realm)) + "]";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientAccount that
                && Objects.equals(credentials, that.credentials)
                && Objects.equals(realm, that.realm)
                && repository == that.repository
                && Objects.equals(downloadUrl, that.downloadUrl)
                && Objects.equals(downloadAuthorization, that.downloadAuthorization)
                && httpComponent.equals(that.httpComponent)
                && bandwidth.equals(that.bandwidth);
    }

    @Override
    public int hashCode() {
        return Objects.hash(credentials, realm, System.identityHashCode(repository), downloadUrl, httpComponent);
    }
}
