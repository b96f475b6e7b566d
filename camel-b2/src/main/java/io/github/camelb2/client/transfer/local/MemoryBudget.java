package io.github.camelb2.client.transfer.local;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much content a client keeps in memory instead of on disk, so that neither the length nor the number of transfers
 * makes it grow. Thread-safe.
 */
public final class MemoryBudget {
    /** 1 MiB of one piece of content, 64 MiB of all together. */
    public static MemoryBudget ofDefault() {
        return new MemoryBudget(1 << 20, 64L << 20);
    }

    private final int each;
    private final AtomicLong left;

    /**
     * @param each the most bytes of one piece of content
     * @param all the most bytes of all together
     */
    public MemoryBudget(int each, long all) {
        if (each < 0 || all < 0) {
            throw new IllegalArgumentException("memory for streams: " + each + " and " + all + " bytes; 0 or more");
        }
        this.each = each;
        this.left = new AtomicLong(all);
    }

    /** The most bytes of one piece of content. */
    public int each() {
        return each;
    }

    /** Whether there is room for so many bytes; if so, they are taken until {@link #giveBack}. */
    public boolean tryTake(long bytes) {
        if (bytes > each) {
            return false;
        }
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    /** What was taken is needed no longer. */
    public void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
