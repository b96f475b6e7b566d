// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.step;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.Moment;
import io.github.camelb2.RemoteContent;
import io.github.camelb2.TransferEvents;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Listeners;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.observe.B2Observers;

/** What operations use of their endpoint: its client, and its options about calls and transfers. Thread-safe. */
public final class OperationScope {
    private final B2ClientLease lease;
    private final B2Client client;
    private final B2Configuration options;
    private final InstantSource clock;
    private final CallSettings settings;
    private final TransferOptions transfers;
    private final View view;

    /** Whose message it is for; null for none. */
    private final @Nullable CamelContext context;

    /** A scope of an endpoint with these options, for as long as the loan lasts. */
    public OperationScope(B2ClientLease lease, B2Configuration options, InstantSource clock) {
        this(lease, options, clock, settings(options), options.transferOptions(), View.NOW, null);
    }

    private OperationScope(
            B2ClientLease lease,
            B2Configuration options,
            InstantSource clock,
            CallSettings settings,
            TransferOptions transfers,
            View view,
            @Nullable CamelContext context) {
        this.lease = lease;
        this.client = lease.client();
        this.options = options;
        this.clock = clock;
        this.settings = settings;
        this.transfers = transfers;
        this.view = view;
        this.context = context;
    }

    private static CallSettings settings(B2Configuration options) {
        ClientListener listener = options.getClientListener();
        return new CallSettings(
                Duration.ofMillis(options.getRetryTimeout()),
                Duration.ofMillis(options.getInitialBackoff()),
                Duration.ofMillis(options.getMaxBackoff()),
                Duration.ofMillis(options.getConnectTimeout()),
                Duration.ofMillis(options.getRequestTimeout()),
                listener == null ? ClientListener.NONE : listener,
                options.getBucketName() == null ? "" : options.getBucketName());
    }

    /** The same for one message, of whose calls and transfers observers and event notifiers hear. */
    public OperationScope of(Exchange exchange) {
        ClientListener events = Listeners.of(
                TransferEvents.of(exchange),
                B2Observers.of(exchange.getContext()).message(exchange));
        CallSettings heard = events == ClientListener.NONE
                ? settings
                : settings.withListener(Listeners.of(settings.listener(), events));
        return new OperationScope(lease, options, clock, heard, transfers, view, exchange.getContext());
    }

    /** The same for a step that looks so. */
    public OperationScope with(View other) {
        return new OperationScope(lease, options, clock, settings, transfers, other, context);
    }

    /** The same in the account of another client, for as long as that loan lasts. */
    public OperationScope with(B2ClientLease other) {
        return new OperationScope(other, options, clock, settings, transfers, view, context);
    }

    /**
     * Borrows the client of another component of the context; the caller gives it back.
     *
     * @throws IllegalArgumentException if there is no component of that name
     */
    public B2ClientLease borrowOf(String component) {
        CamelContext where = Objects.requireNonNull(context, "a scope of no message");
        if (where.hasComponent(component) instanceof B2Component other) {
            return other.borrowClient(other.getConfiguration());
        }
        throw new IllegalArgumentException(
                "Header " + B2Constants.DESTINATION_COMPONENT + "=" + component
                        + " names no component of Backblaze B2: add one of that name to the context, with the key of that account");
    }

    /** How the step looks at what is stored. */
    public View view() {
        return view;
    }

    /**
     * The time that the step looks from; empty for now.
     *
     * @throws IllegalArgumentException if it is still to come
     */
    public Optional<Instant> asOf() {
        return view.asOf().map(moment -> past("asOf", moment));
    }

    /**
     * What content is read at all.
     *
     * @throws IllegalArgumentException if its time is still to come
     */
    public ReadCondition readCondition() {
        return new ReadCondition(
                view.modifiedSince().map(moment -> past("ifModifiedSince", moment)), view.sha1Differs());
    }

    /**
     * When a moment is, by the clock of the service.
     *
     * @param what the option or header, for the message
     * @throws IllegalArgumentException if it is still to come
     */
    public Instant past(String what, Moment moment) {
        client.accountInfo(settings);
        if (moment.isBeforeNow() && !client.serviceClock().isLearned() && !client.isWithoutKey()) {
            // The login came from the repository, so that no answer has told the time yet.
            client.authorize(settings);
        }
        return moment.at(what, now());
    }

    /** The loan of the client; what outlives the step takes another one from it. */
    public B2ClientLease lease() {
        return lease;
    }

    /** The client. */
    public B2Client client() {
        return client;
    }

    /** The options of the endpoint. */
    public B2Configuration options() {
        return options;
    }

    /** How calls are tried again, and how long they may take. */
    public CallSettings settings() {
        return settings;
    }

    public TransferOptions transfers() {
        return transfers;
    }

    /** The time, by the clock of the service: what its times are compared with. */
    public Instant now() {
        return client.serviceClock().instant();
    }

    /** The login; authorizes with the settings of the endpoint if there is none. */
    public AccountInfo accountInfo() {
        return client.accountInfo(settings);
    }

    /** Sends a call with the settings of the endpoint. */
    public <T> T call(B2Call<T> call) {
        return client.call(call, settings());
    }

    /** Copies a version, or a range of it. */
    public FileVersion copy(CopyFile request) {
        return client.copy(request, transfers, settings);
    }

    /** Whether the content is in the account of this client. */
    public boolean isOurs(RemoteContent content) {
        return content.accountId().equals(accountInfo().accountId());
    }

    /** Creates a bucket if it does not exist and the option says so. */
    public void createBucketIfWanted(String name) {
        if (!options.isAutoCreateBucket()) {
            return;
        }
        try {
            client.bucketId(name, settings());
        } catch (B2NotFoundException absent) {
            create(name);
        }
    }

    private void create(String name) {
        try {
            call(CreateBucket.of(name, new BucketType(options.getBucketType())));
        } catch (B2ConflictException taken) {
            try {
                // Another thread or process of this account was faster.
                client.getBucket(name, settings());
            } catch (B2NotFoundException foreign) {
                taken.addSuppressed(foreign);
                throw taken;
            }
        }
    }
}
