// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.camel.Exchange;

import io.github.camelb2.B2Endpoint;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.poll.scan.DoneFiles;
import io.github.camelb2.poll.scan.NewVersionFilter;
import io.github.camelb2.poll.scan.PolledBucket;
import io.github.camelb2.poll.scan.VersionScanner;
import io.github.camelb2.poll.scan.VersionScanner.Finding;

/**
 * Shows what a consumer would find, consumed before or not, without consuming anything: one message for each version,
 * with headers and without content.
 */
public final class BucketBrowser {
    private final B2Endpoint endpoint;
    private final InstantSource clock;

    public BucketBrowser(B2Endpoint endpoint, InstantSource clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** The first of them, at most so many. */
    public List<Exchange> browse(int limit) {
        try (B2ClientLease lease = endpoint.getComponent().borrowClient(endpoint.getConfiguration())) {
            OperationScope scope = new OperationScope(lease, endpoint.getConfiguration(), clock);
            return browse(scope, new VersionMessages(endpoint, scope), limit);
        }
    }

    private List<Exchange> browse(OperationScope scope, VersionMessages messages, int limit) {
        NewVersionFilter filter = NewVersionFilter.of(
                scope.options(),
                DoneFiles.of(scope.options().getDoneFileName()),
                scope.client().serviceClock());
        VersionScanner scanner = new VersionScanner(
                new PolledBucket(scope).pages(),
                scope.options().getIncludeVersions(),
                scope.options().isIncludeHidden(),
                clock);
        List<Exchange> exchanges = new ArrayList<>();
        while (exchanges.size() < limit) {
            Optional<Finding> finding = scanner.next();
            if (finding.isEmpty()) {
                return exchanges;
            }
            if (!finding.get().isSuperseded() && filter.accepts(finding.get().version())) {
                Exchange exchange = endpoint.createExchange();
                messages.describe(exchange, finding.get().version());
                exchanges.add(exchange);
            }
        }
        return exchanges;
    }
}
