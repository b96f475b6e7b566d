// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.ReplicationStatus;
import io.github.camelb2.operation.file.FileRequests;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.ReplicationReport;
import io.github.camelb2.operation.request.ReplicationStatusRequest;
import io.github.camelb2.operation.step.BucketNeed;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Reply;

/** Counts the versions of a bucket by how far their replication is. */
public final class ReplicationStatusOperation implements Operation<ReplicationStatusRequest, ReplicationReport> {
    @Override
    public Class<ReplicationStatusRequest> requestType() {
        return ReplicationStatusRequest.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID_OF_EXISTING;
    }

    @Override
    public ReplicationStatusRequest bind(Params params, OperationScope scope) {
        return new ReplicationStatusRequest(
                params.bucketId(), params.find(Inputs.PREFIX).orElse(null));
    }

    @Override
    public ReplicationReport run(ReplicationStatusRequest request, OperationScope scope) {
        ListFileVersions listing =
                new ListFileVersions(request.bucketId(), null, null, FileRequests.PAGE, request.prefix(), null);
        return report(scope.client().listFileVersions(listing, scope.settings()), () -> scope.now()
                .toEpochMilli());
    }

    /** @param now tells the time of the service when all are read */
    static ReplicationReport report(Iterator<FileVersion> all, LongSupplier now) {
        Count count = new Count();
        while (all.hasNext()) {
            FileVersion version = all.next();
            if (version.hasContent()) {
                count.add(version);
            }
        }
        return count.report(now.getAsLong());
    }

    @Override
    public void reply(ReplicationReport report, Reply reply) {
        reply.header(B2Constants.REPLICATION_LAG, report.lag().toMillis());
        reply.body(report);
    }

    private static final class Count {
        private final List<FileId> failedFiles = new ArrayList<>();
        private long seen;
        private long pending;
        private long pendingBytes;
        private long completed;
        private long failed;
        private long replicas;
        private long outside;
        private long oldest = Long.MAX_VALUE;

        private void add(FileVersion version) {
            seen++;
            ReplicationStatus status = version.replicationStatus();
            if (status == null) {
                outside++;
            } else if (status.equals(ReplicationStatus.PENDING)) {
                pending++;
                pendingBytes += version.contentLength();
                oldest = Math.min(oldest, version.uploadTimestamp());
            } else if (status.equals(ReplicationStatus.COMPLETED)) {
                completed++;
            } else if (status.equals(ReplicationStatus.FAILED)) {
                failed++;
                if (failedFiles.size() < ReplicationReport.MAX_NAMED) {
                    failedFiles.add(new FileId(version.fileId(), version.fileName()));
                }
            } else if (status.equals(ReplicationStatus.REPLICA)) {
                replicas++;
            }
        }

        private ReplicationReport report(long now) {
            Duration lag = pending == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, now - oldest));
            return new ReplicationReport(
                    seen, pending, pendingBytes, completed, failed, replicas, outside, lag, failedFiles);
        }
    }
}
