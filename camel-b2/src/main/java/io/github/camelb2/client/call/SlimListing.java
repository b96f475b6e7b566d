// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.SlimPage;

/**
 * Lists versions of which only what is asked for is kept: each is given to a function while the answer is read, and
 * forgotten. Listings bring them by the million.
 *
 * @param listing what is asked for
 * @param reader  takes what it needs; null for what it does not want at all. Account, bucket, MD5 and media type are empty
 */
public record SlimListing<T>(ListFileVersions listing, Function<FileVersion, @Nullable T> reader)
        implements PlainCall<SlimPage<T>> {
    /** The body of the request. */
    @JsonValue
    public ListFileVersions body() {
        return listing;
    }

    @Override
    public String name() {
        return listing.name();
    }

    /** A class does not know what its page is of. */
    @Override
    @SuppressWarnings("unchecked")
    public Class<SlimPage<T>> responseType() {
        return (Class<SlimPage<T>>) (Class<?>) SlimPage.class;
    }

    @Override
    public byte[] write() {
        return listing.write();
    }

    @Override
    public SlimPage<T> read(InputStream json) throws IOException {
        return SlimPage.read(json, reader);
    }

    @Override
    public Capability capability() {
        return listing.capability();
    }

    @Override
    public Repeat repeat() {
        return listing.repeat();
    }

    @Override
    public TransactionClass transactionClass() {
        return listing.transactionClass();
    }

    @Override
    public String subject() {
        return listing.subject();
    }
}
