// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.io.IOException;
import java.util.Optional;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.Side;
import io.github.camelb2.sync.action.Sides;
import io.github.camelb2.sync.action.failure.ErrorClass;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.path.Transfer;

/** Tells of a name that both sides have whether they have the same. Thread-safe. */
final class PairVerifier {
    private final Sides sides;
    private final Transfer transfer;
    private volatile String fatal = "";

    /** @param transfer decides as a sync does that replaces newer files: which is newer says nothing here */
    PairVerifier(Sides sides, Transfer transfer) {
        this.sides = sides;
        this.transfer = transfer;
    }

    /** What can be told without reading a file; empty where one has to be read. */
    Optional<Finding> bySight(ScanItem.SyncFile from, ScanItem.SyncFile to, Verify verify) {
        if (verify != Verify.METADATA) {
            return from.size() == to.size() ? Optional.empty() : Optional.of(sizes(from, to, verify));
        }
        return switch (transfer.decide(from, to)) {
            case KEEP -> Optional.of(Finding.of(from.path(), Verdict.EQUAL, verify));
            case MOVE, REFUSE -> Optional.of(different(from, to));
            case COMPARE -> Optional.empty();
        };
    }

    private static Finding different(ScanItem.SyncFile from, ScanItem.SyncFile to) {
        return from.size() == to.size()
                ? new Finding(
                        from.path(),
                        Verdict.DIFFERENT,
                        Verify.METADATA,
                        "times or contents differ: " + from.modifiedMillis() + " and " + to.modifiedMillis() + " ms")
                : sizes(from, to, Verify.METADATA);
    }

    private static Finding sizes(ScanItem.SyncFile from, ScanItem.SyncFile to, Verify by) {
        return new Finding(
                from.path(),
                Verdict.DIFFERENT,
                by,
                "the source has " + from.size() + " bytes, the destination " + to.size());
    }

    /** Reads what has to be read; what cannot be read is unknown, and never equal. */
    Finding byReading(ScanItem.SyncFile from, ScanItem.SyncFile to, Verify verify) {
        try {
            return switch (verify) {
                case METADATA ->
                    transfer.byContent(from, to) == Transfer.Decision.KEEP
                            ? Finding.of(from.path(), Verdict.EQUAL, Verify.DIGEST)
                            : contents(from, Verify.DIGEST);
                case DIGEST -> byDigest(from, to);
                case CONTENT -> byContent(from, to);
            };
        } catch (IOException | B2Exception e) {
            if (ErrorClass.of(e) != ErrorClass.FILE) {
                fatal = String.valueOf(e.getMessage());
            }
            return new Finding(from.path(), Verdict.UNKNOWN, verify, String.valueOf(e.getMessage()));
        }
    }

    /** Why every other name would be unknown too; empty as long as it would not. */
    String fatal() {
        return fatal;
    }

    private Finding byDigest(ScanItem.SyncFile from, ScanItem.SyncFile to) throws IOException {
        // Where B2 knows none, the other side need not be read.
        if (lacksDigest(from) || lacksDigest(to)) {
            return new Finding(
                    from.path(),
                    Verdict.UNKNOWN,
                    Verify.DIGEST,
                    "B2 keeps no SHA-1 of it; verify=content reads what it holds");
        }
        return transfer.sha1(from).equals(transfer.sha1(to))
                ? Finding.of(from.path(), Verdict.EQUAL, Verify.DIGEST)
                : contents(from, Verify.DIGEST);
    }

    private static boolean lacksDigest(ScanItem.SyncFile file) {
        return file instanceof ScanItem.RemoteFile remote
                && remote.newest().sha1().isEmpty();
    }

    private static Finding contents(ScanItem.SyncFile file, Verify by) {
        return new Finding(file.path(), Verdict.DIFFERENT, by, "of the same size, the contents differ");
    }

    private Finding byContent(ScanItem.SyncFile from, ScanItem.SyncFile to) throws IOException {
        String source = read(sides.source(), from);
        String destination = read(sides.destination(), to);
        String damage = damage("source", from, source) + damage("destination", to, destination);
        if (!source.equals(destination)) {
            return new Finding(
                    from.path(), Verdict.DIFFERENT, Verify.CONTENT, "of the same size, the contents differ" + damage);
        }
        return new Finding(from.path(), Verdict.EQUAL, Verify.CONTENT, damage);
    }

    private String read(Side side, ScanItem.SyncFile file) throws IOException {
        return side instanceof BucketSide bucket && file instanceof ScanItem.RemoteFile remote
                ? bucket.sha1OfContent(remote.newest())
                : transfer.sha1(file);
    }

    private static String damage(String side, ScanItem.SyncFile file, String read) {
        if (!(file instanceof ScanItem.RemoteFile remote)) {
            return "";
        }
        RemoteVersion version = remote.newest();
        return version.sha1().isEmpty() || version.sha1().equals(read)
                ? ""
                : "; the " + side + " holds what its recorded SHA-1 does not say (" + version.fileId() + ")";
    }
}
