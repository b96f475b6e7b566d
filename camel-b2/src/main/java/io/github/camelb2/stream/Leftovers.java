// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.Acknowledge;

/** Reads what an earlier process has left in a spool. */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    /**
     * The batches that are to be gone on with, the oldest first.
     *
     * @throws IOException if one cannot be read, or is for another bucket: nothing is changed then
     */
    static List<Batch> read(Spool spool, StreamSettings settings) throws IOException {
        List<Batch> batches = new ArrayList<>();
        boolean read = false;
        try {
            for (Path journal : spool.journals()) {
                Batch.Found found = Batch.open(journal);
                Batch batch = found.batch();
                warnOfLoss(journal, found.opened());
                if (batch == null) {
                    found.opened().journal().delete();
                    continue;
                }
                batches.add(batch);
                refuseOther(batch.manifest(), settings, spool.directory());
            }
            read = true;
        } finally {
            if (!read) {
                for (Batch batch : batches) {
                    batch.journal().close();
                }
            }
        }
        List<Batch> left = new ArrayList<>();
        for (Batch batch : batches) {
            if (isWanted(batch)) {
                left.add(batch);
            } else {
                batch.journal().delete();
            }
        }
        return left;
    }

    private static void refuseOther(Manifest manifest, StreamSettings settings, Path directory) throws IOException {
        String bucket = settings.options().getBucketName();
        String account = StreamSettings.account(settings.options());
        if (!manifest.bucketName().equals(bucket) || !manifest.account().equals(account)) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    "the spool has messages for bucket " + manifest.bucketName() + " of " + manifest.account()
                            + ", not for " + bucket + " of " + account
                            + ": write another spoolDirectory, and start with the old options once to store them");
        }
    }

    private static void warnOfLoss(Path journal, Journal.Opened opened) {
        if (opened.aside() != null) {
            LOG.warn(
                    "{} is damaged: what is in front of that is stored; {} bytes behind it were moved to {}",
                    journal,
                    opened.dropped(),
                    opened.aside());
        } else if (opened.dropped() > 0) {
            LOG.info("{}: {} bytes of a message that was never acknowledged are dropped", journal, opened.dropped());
        }
    }

    /**
     * Messages that nobody was told to be safe come again from where they came: they are dropped, or they were stored
     * twice. Where the file may be stored already, that is looked up first.
     */
    private static boolean isWanted(Batch batch) throws IOException {
        String acknowledge = batch.manifest().acknowledge();
        if (batch.messages() == 0) {
            return false;
        }
        if (acknowledge.equals(Acknowledge.spool.name()) || batch.isSent()) {
            return true;
        }
        if (acknowledge.equals(Acknowledge.part.name()) && !batch.parts().isEmpty()) {
            batch.cutToParts();
            return true;
        }
        if (batch.largeFile() != null) {
            LOG.info(
                    "Large file {} was started for messages that were never acknowledged; it stays unfinished until it is"
                            + " cancelled",
                    batch.largeFile());
        }
        return false;
    }
}
