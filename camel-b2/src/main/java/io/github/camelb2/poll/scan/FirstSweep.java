// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.poll.claim.VersionMemory;
import io.github.camelb2.poll.scan.VersionScanner.Finding;

/**
 * Passes over what was there before a consumer that starts late, once for each memory. Not thread-safe.
 *
 * <p>A sweep does it, not the time of upload alone: a large file keeps the time at which it was started, so what is not
 * finished when the sweep begins is consumed whenever it is.
 */
public final class FirstSweep {
    /** How many versions are remembered with one write where the memory can do that. */
    private static final int AT_ONCE = 1000;

    private final StartPoint start;
    private final String bucketName;
    private final String prefix;
    private final PolledBucket bucket;
    private final VersionMemory memory;
    private final NewVersionFilter filter;
    private boolean isTaken;

    public FirstSweep(
            StartPoint start,
            String bucketName,
            String prefix,
            PolledBucket bucket,
            VersionMemory memory,
            NewVersionFilter filter) {
        this.start = start;
        this.bucketName = bucketName;
        this.prefix = prefix;
        this.bucket = bucket;
        this.memory = memory;
        this.filter = filter;
        this.isTaken = start.isBeginning();
    }

    /**
     * Keeps a memory that forgets what nobody asks for from forgetting that the sweep was done: the next start would then
     * pass over what came in between.
     */
    public void keepInMind() {
        if (!start.isBeginning()) {
            memory.knowsStart(bucketName, prefix, start.text());
        }
    }

    /**
     * Whether consuming may begin; does the sweep if it is still to be done.
     *
     * @param started tells when the consumer was, by the clock of the service; asked after the service has answered
     * @param all gives every version of the bucket, from its beginning
     * @param goOn false breaks it off, to be done again
     */
    public boolean isTaken(
            Supplier<Instant> started, VersionScanner all, MemoryLimit memoryLimit, BooleanSupplier goOn) {
        if (isTaken || memory.knowsStart(bucketName, prefix, start.text())) {
            isTaken = true;
            return true;
        }
        memoryLimit.sweepEnded();
        Set<String> unfinished = bucket.unfinished();
        long before = start.from(started.get()).toEpochMilli();
        List<FileVersion> passedOver = new ArrayList<>();
        while (goOn.getAsBoolean()) {
            Optional<Finding> finding = all.next();
            if (finding.isEmpty()) {
                memory.passOver(passedOver);
                memory.rememberStart(bucketName, prefix, start.text());
                memoryLimit.sweepEnded();
                isTaken = true;
                return true;
            }
            FileVersion version = finding.get().version();
            if (filter.acceptsAtSomeTime(version)
                    && version.uploadTimestamp() < before
                    && !unfinished.contains(version.fileId())) {
                memoryLimit.take();
                passedOver.add(version);
                if (passedOver.size() == AT_ONCE) {
                    memory.passOver(passedOver);
                    passedOver.clear();
                }
            }
        }
        return false;
    }
}
