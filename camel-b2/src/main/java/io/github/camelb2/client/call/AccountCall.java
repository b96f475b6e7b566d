// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;

/** A call about the account: the client fills in the account of the login where the request names none. */
public interface AccountCall<T> extends JsonCall<T> {
    /** The account; null for that of the login. */
    @Nullable
    String accountId();

    /** The same call for that account. */
    B2Call<T> withAccountId(String accountId);
}
