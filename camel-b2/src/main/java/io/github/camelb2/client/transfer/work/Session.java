// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.http.ServiceClock;
import io.github.camelb2.client.http.Transport;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Retrier;

/**
 * What transfers use of the client that they belong to. Thread-safe.
 *
 * <p>Calls made for a transfer take the settings of the try that makes them, so that the time of the whole is one budget.
 */
public interface Session {
    /** Sends a JSON call, with retries. */
    <T> T call(B2Call<T> call, CallSettings settings);

    /** The same; asks after each failure whether another try would be in vain, and lets the failure stand then. */
    <T> T call(B2Call<T> call, CallSettings settings, Predicate<B2Exception> isHopeless);

    /** The login; authorizes if there is none. */
    AccountInfo accountInfo(CallSettings settings);

    /** Gets a new token, unless another thread or process already got one that is not the refused one. */
    void reauthorize(String refusedToken, CallSettings settings);

    /**
     * Does something with the id of a bucket; when B2 says that the remembered id is no longer valid, once more with
     * the id that the name has now.
     */
    <T> T inBucket(String bucketName, Function<String, T> work, CallSettings settings);

    /** Sends single HTTP requests. */
    Transport transport();

    /** Repeats what failed. */
    Retrier retrier();

    /** Where parts and ranges run; never files that wait for their parts. */
    ExecutorService parts();

    /** Tells this machine's time: for how long something takes, never for how old something of the service is. */
    InstantSource clock();

    /** Tells the service's time: what is compared with {@code uploadTimestamp} is compared by it. */
    ServiceClock serviceClock();

    /** Hears of progress, beside the listener of the call's settings. */
    ClientListener listener();
}
