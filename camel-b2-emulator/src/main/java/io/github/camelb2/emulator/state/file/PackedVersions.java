// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.file.FileVersion.Action;
import io.github.camelb2.emulator.store.Content;
import io.github.camelb2.emulator.store.Segment;

/**
 * File versions as arrays of bytes, for an account has many: some 100 bytes and the name, where the objects need 900. They begin with what
 * decides their order, so that they are compared without being unpacked: the length of the name (two bytes), the name in UTF-8, time, sequence.
 * Guarded by the account's lock.
 */
final class PackedVersions {

    private static final int SHA1_DIGITS = 40;
    private static final int MD5_DIGITS = 32;
    private static final int FILE_NAME_BASE = 36;
    private static final String UNVERIFIED = "unverified:";
    private static final Action[] ACTIONS = Action.values();

    private final Dictionary dictionary;

    PackedVersions(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    static long timestamp(byte[] packed) {
        return fixed64(packed, 2 + nameLength(packed));
    }

    static long sequence(byte[] packed) {
        return fixed64(packed, 2 + nameLength(packed) + Long.BYTES);
    }

    static int nameLength(byte[] packed) {
        return (packed[0] & 0xFF) << 8 | packed[1] & 0xFF;
    }

    private static long fixed64(byte[] bytes, int position) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | bytes[position + i] & 0xFF;
        }
        return value;
    }

    byte[] pack(FileVersion file) {
        PackedWriter out = new PackedWriter(dictionary);
        byte[] name = file.name().getBytes(StandardCharsets.UTF_8);
        VersionKey key = file.key();
        out.fixed16(name.length).raw(name).fixed64(key.timestamp()).fixed64(key.sequence());
        out.octet(file.action().ordinal());
        boolean usual = file.id().equals(FileIds.format(file.bucketId(), key.sequence(), key.timestamp()));
        out.text(usual ? "" : file.id());
        out.word(file.contentType());
        out.number(file.info().size());
        file.info().forEach((word, value) -> out.word(word).digits(value, 10));
        pack(file.stored(), out);
        Protection protection = file.protection();
        out.word(protection.mode()).word(protection.legalHold());
        Long until = protection.retainUntil();
        out.octet(until == null ? 0 : 1);
        if (until != null) {
            out.number(until);
        }
        return out.toBytes();
    }

    private static void pack(FileVersion.Stored stored, PackedWriter out) {
        boolean unverified = stored.sha1().startsWith(UNVERIFIED);
        out.octet(unverified ? 1 : 0);
        out.hex(unverified ? stored.sha1().substring(UNVERIFIED.length()) : stored.sha1(), SHA1_DIGITS);
        out.hex(stored.md5(), MD5_DIGITS);
        out.word(stored.encryption().mode()).word(stored.encryption().keyMd5());
        Content content = stored.content();
        out.number(content.segments().size());
        for (Segment segment : content.segments()) {
            out.digits(segment.file(), FILE_NAME_BASE).number(segment.offset()).number(segment.length());
        }
        String card = content.card();
        out.octet(card == null ? 0 : 1);
        if (card != null) {
            out.digits(card, FILE_NAME_BASE);
        }
    }

    FileVersion unpack(byte[] packed, String bucketId) {
        int length = nameLength(packed);
        VersionKey key = new VersionKey(
                new String(packed, 2, length, StandardCharsets.UTF_8), timestamp(packed), sequence(packed));
        PackedReader in = new PackedReader(dictionary, packed, 2 + length + 2 * Long.BYTES);
        Action action = ACTIONS[in.octet()];
        String unusualId = in.text();
        String id = unusualId.isEmpty() ? FileIds.format(bucketId, key.sequence(), key.timestamp()) : unusualId;
        String type = required(in.word());
        int infos = in.count();
        Map<String, String> info = new TreeMap<>();
        for (int i = 0; i < infos; i++) {
            info.put(required(in.word()), in.digits(10));
        }
        FileVersion.Stored stored = stored(in);
        String mode = in.word();
        String hold = in.word();
        Long until = in.octet() == 0 ? null : Long.valueOf(in.number());
        Protection protection =
                mode == null && hold == null && until == null ? Protection.NONE : new Protection(mode, until, hold);
        return new FileVersion(id, bucketId, key, action, type, info, stored, protection);
    }

    /** Only the content of a version, which is all that an opened account asks of most. */
    Content content(byte[] packed) {
        PackedReader in = new PackedReader(dictionary, packed, 2 + nameLength(packed) + 2 * Long.BYTES + 1);
        in.skipText();
        in.skipWord();
        for (int infos = in.count(); infos > 0; infos--) {
            in.skipWord();
            in.skipDigits();
        }
        in.skip(1);
        in.skipHex(SHA1_DIGITS);
        in.skipHex(MD5_DIGITS);
        in.skipWord();
        in.skipWord();
        return content(in);
    }

    static Action action(byte[] packed) {
        return ACTIONS[packed[2 + nameLength(packed) + 2 * Long.BYTES]];
    }

    private static FileVersion.Stored stored(PackedReader in) {
        boolean unverified = in.octet() == 1;
        String sha1 = required(in.hex(SHA1_DIGITS));
        String md5 = in.hex(MD5_DIGITS);
        String mode = in.word();
        String keyMd5 = in.word();
        Content content = content(in);
        Encryption encryption = mode == null && keyMd5 == null ? Encryption.NONE : new Encryption(mode, keyMd5);
        return new FileVersion.Stored(content, unverified ? UNVERIFIED + sha1 : sha1, md5, encryption);
    }

    private static Content content(PackedReader in) {
        int count = in.count();
        List<Segment> segments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            segments.add(new Segment(in.digits(FILE_NAME_BASE), in.number(), in.number()));
        }
        Content content = Content.of(segments);
        return in.octet() == 1 ? content.withCard(in.digits(FILE_NAME_BASE)) : content;
    }

    private static String required(@Nullable String text) {
        if (text == null) {
            throw new IllegalStateException("a packed version lacks a text");
        }
        return text;
    }
}
