// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.time.InstantSource;

import org.apache.camel.Exchange;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Reply;
import io.github.camelb2.operation.step.RequestBinder;
import io.github.camelb2.operation.step.SourceConsumers;
import io.github.camelb2.operation.step.View;

/** Takes a message through the operation that it asks for. Thread-safe. */
public final class OperationRunner {
    private final B2Configuration options;
    private final OperationScope scope;

    public OperationRunner(B2ClientLease lease, B2Configuration options, InstantSource clock) {
        this.options = options;
        this.scope = new OperationScope(lease, options, clock);
    }

    /**
     * Runs the operation and puts its result into the message.
     *
     * @throws IllegalArgumentException if an input is missing or wrong
     * @throws io.github.camelb2.client.api.B2Exception if B2, the network or this machine failed
     */
    public void run(Exchange exchange) {
        Params params = Params.of(exchange, options);
        OptionCheck.checkMessage(params);
        run(Operations.of(params.operation()), params, scope.of(exchange).with(View.of(params)));
    }

    private <R, T> void run(Operation<R, T> operation, Params params, OperationScope scope) {
        Exchange exchange = params.exchange();
        try (SourceConsumers.Step step = SourceConsumers.Step.of(exchange)) {
            T result = options.isPojoRequest()
                    ? operation.run(step.begins(RequestBinder.fromBody(operation, params, exchange)), scope)
                    : bindAndRun(operation, params, scope, step);
            operation.reply(result, new Reply(exchange, params));
        }
    }

    private static <R, T> T bindAndRun(
            Operation<R, T> operation, Params params, OperationScope scope, SourceConsumers.Step step) {
        if (operation.bucketNeed().mayCreate()) {
            scope.createBucketIfWanted(params.bucketName());
        }
        if (!operation.bucketNeed().isId()) {
            return operation.run(step.begins(operation.bind(params, scope)), scope);
        }
        // Once more with another id when the bucket was deleted and made again: the first try did nothing then.
        return scope.client()
                .inBucket(
                        params.bucketName(),
                        id -> operation.run(step.begins(operation.bind(params.inBucket(id), scope)), scope),
                        scope.settings());
    }
}
