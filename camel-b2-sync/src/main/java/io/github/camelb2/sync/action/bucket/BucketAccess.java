// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.bucket;

import java.util.function.BooleanSupplier;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.RequestGate;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Listeners;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.sync.action.StoredAs;

/**
 * How one side of a sync reaches its buckets.
 *
 * @param client     the login; not closed here
 * @param calls      retries and times of its calls
 * @param transfers  parts and ranges of its transfers
 * @param encryption of new files, and the key to read files with; {@link Encryption#none()} leaves it to the bucket
 * @param storedAs   what is stored with new files
 */
public record BucketAccess(
        B2Client client, CallSettings calls, TransferOptions transfers, Encryption encryption, StoredAs storedAs) {
    /** With nothing more than the content and its time. */
    public BucketAccess(B2Client client, CallSettings calls, TransferOptions transfers, Encryption encryption) {
        this(client, calls, transfers, encryption, StoredAs.PLAIN);
    }

    /** The same whose requests that gate lets pass. */
    public BucketAccess throughGate(RequestGate gate) {
        return new BucketAccess(client, calls.withGate(gate), transfers, encryption, storedAs);
    }

    /** The same whose calls are tried again only while that is wanted. */
    public BucketAccess whileWanted(BooleanSupplier isWanted) {
        return new BucketAccess(client, calls.whileWanted(isWanted), transfers, encryption, storedAs);
    }

    /** The same with one more who hears of its calls. */
    public BucketAccess heardBy(ClientListener listener) {
        CallSettings heard = calls.withListener(Listeners.of(calls.listener(), listener));
        return new BucketAccess(client, heard, transfers, encryption, storedAs);
    }
}
