package io.github.camelb2.sync.plan;

import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/**
 * Remembers files of the source whose destination was left as it is although it looks different. A name that vanished
 * and looks like one of them may have been moved there: its content is stored nowhere else, so it stays.
 *
 * <p>A Bloom filter of 2 MiB, made when the first file comes: memory does not grow with files, and a mistake only keeps
 * a name that could go.
 */
final class KeptApart {
    private static final int BITS = 1 << 24;
    private static final int HASHES = 3;

    private @Nullable BitSet seen;

    void add(ScanItem.SyncFile file) {
        if (seen == null) {
            seen = new BitSet(BITS);
        }
        for (int i = 0; i < HASHES; i++) {
            seen.set(bit(file.size(), file.modifiedMillis(), i));
        }
    }

    private boolean mayContain(long size, long modifiedMillis) {
        if (seen == null) {
            return false;
        }
        for (int i = 0; i < HASHES; i++) {
            if (!seen.get(bit(size, modifiedMillis, i))) {
                return false;
            }
        }
        return true;
    }

    @Nullable
    Withheld verdict(PathPlan plan) {
        boolean mayBeMoved = plan.expected() instanceof Expected.Newest version
                        && mayContain(version.size(), version.modifiedMillis())
                || plan.expected() instanceof Expected.LocalCopy file && mayContain(file.size(), file.modifiedMillis());
        return mayBeMoved
                ? new Withheld(
                        plan.stage(),
                        Withheld.Guard.CONTENT_NOT_STORED,
                        0,
                        plan.path(),
                        "it has the size and time of a file of the source that was not stored, because the options leave"
                                + " another file of that name as it is: it may have been moved there")
                : null;
    }

    private static int bit(long size, long modifiedMillis, int round) {
        long mixed = size * 0x9E3779B97F4A7C15L + modifiedMillis * 0xC2B2AE3D27D4EB4FL + round * 0x165667B19E3779F9L;
        mixed ^= mixed >>> 29;
        mixed *= 0xBF58476D1CE4E5B9L;
        mixed ^= mixed >>> 32;
        return (int) (mixed & (BITS - 1));
    }
}
