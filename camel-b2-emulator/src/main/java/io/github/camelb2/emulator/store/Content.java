package io.github.camelb2.emulator.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a file version or of a part: segments on disk, one after the other, or a few bytes that were never stored.
 *
 * <p>Copying or joining contents copies no bytes: segments are shared and counted by the {@link ContentStore}.
 */
public final class Content {

    /** No bytes. */
    public static final Content EMPTY = new Content(List.of(), new byte[0]);

    private final List<Segment> segments;
    private final byte[] literal;
    private final long length;

    private Content(List<Segment> segments, byte[] literal) {
        this.segments = segments;
        this.literal = literal;
        this.length =
                literal.length + segments.stream().mapToLong(Segment::length).sum();
    }

    public static Content of(List<Segment> segments) {
        return segments.isEmpty() ? EMPTY : new Content(List.copyOf(segments), new byte[0]);
    }

    /** Generated content that lives in memory; for the few bytes of a synthetic file. */
    public static Content literal(byte[] bytes) {
        return new Content(List.of(), bytes.clone());
    }

    public static Content join(List<Content> contents) {
        List<Segment> all = new ArrayList<>();
        for (Content content : contents) {
            if (content.literal.length > 0) {
                throw new IllegalArgumentException("generated content cannot be joined");
            }
            all.addAll(content.segments);
        }
        return of(all);
    }

    /** The bytes from {@code from}, {@code count} of them; the range must lie inside the content. */
    public Content slice(long from, long count) {
        if (from < 0 || count < 0 || from + count > length) {
            throw new IllegalArgumentException("range " + from + "+" + count + " of " + length + " bytes");
        }
        if (literal.length > 0) {
            byte[] part = new byte[(int) count];
            System.arraycopy(literal, (int) from, part, 0, part.length);
            return literal(part);
        }
        List<Segment> part = new ArrayList<>();
        long skip = from;
        long left = count;
        for (Segment segment : segments) {
            long take = Math.min(left, segment.length() - skip);
            if (take > 0) {
                part.add(segment.slice(skip, take));
                left -= take;
            }
            skip = Math.max(0, skip - segment.length());
        }
        return of(part);
    }

    public long length() {
        return length;
    }

    public List<Segment> segments() {
        return segments;
    }

    byte[] literal() {
        return literal;
    }
}
