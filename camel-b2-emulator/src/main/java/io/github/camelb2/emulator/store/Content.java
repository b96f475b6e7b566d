// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file version or of a part: segments on disk, one after the other, or a few bytes that were never stored.
 *
 * <p>Copying or joining contents copies no bytes: segments are shared and counted by the {@link ContentStore}. A card is not shared: slices
 * and joined contents have none.
 */
public final class Content {

    /** No bytes. */
    public static final Content EMPTY = new Content(List.of(), new byte[0], null);

    private final List<Segment> segments;
    private final byte[] literal;
    private final @Nullable String card;
    private final long length;

    private Content(List<Segment> segments, byte[] literal, @Nullable String card) {
        this.segments = segments;
        this.literal = literal;
        this.card = card;
        this.length =
                literal.length + segments.stream().mapToLong(Segment::length).sum();
    }

    public static Content of(List<Segment> segments) {
        return segments.isEmpty() ? EMPTY : new Content(List.copyOf(segments), new byte[0], null);
    }

    /** Generated content that lives in memory; for the few bytes of a synthetic file. */
    public static Content literal(byte[] bytes) {
        return new Content(List.of(), bytes.clone(), null);
    }

    /** So many bytes that nobody keeps: they can be counted, and not be read. */
    public static Content unkept(long length) {
        return of(List.of(new Segment(Segment.DISCARDED, 0, length)));
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

    /** Whether there are bytes to read: some stores count them and keep none. */
    public boolean isKept() {
        return segments.stream().noneMatch(Segment::isDiscarded);
    }

    public long length() {
        return length;
    }

    /** The stored file without bytes that holds the header of this content, because no file of bytes can; usually null. */
    public @Nullable String card() {
        return card;
    }

    public Content withCard(@Nullable String file) {
        return file == null && card == null ? this : new Content(segments, literal, file);
    }

    /** The stored files that this content uses, one for each use. */
    public Stream<String> files() {
        Stream<String> bytes =
                segments.stream().filter(segment -> !segment.isDiscarded()).map(Segment::file);
        return card == null ? bytes : Stream.concat(bytes, Stream.of(card));
    }

    public List<Segment> segments() {
        return segments;
    }

    byte[] literal() {
        return literal;
    }
}
