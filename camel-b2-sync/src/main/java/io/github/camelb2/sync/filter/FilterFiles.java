// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.github.camelb2.client.transfer.local.FileStamp;
import io.github.camelb2.filter.NameRule;

/** Reads the files of {@code filterFrom} and {@code filesFrom}, each again only when it has changed. Thread-safe. */
public final class FilterFiles {
    private record Known(FileStamp stamp, NameRule rule, String sha256) {}

    @FunctionalInterface
    private interface Reader {
        NameRule read(Path file, BufferedReader in) throws IOException;
    }

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    /** Guards itself. */
    private final Map<String, Known> known = new HashMap<>();

    /** @throws IllegalArgumentException if it cannot be read, or a line is no rule; the message says which and why */
    public NameRule filterFrom(Path file) {
        return read("filterFrom", file, (path, in) -> FilterRules.parse(path, lines(in)));
    }

    /** As rclone, which ends a line at a line feed alone. */
    private static List<String> lines(BufferedReader in) throws IOException {
        StringWriter text = new StringWriter();
        in.transferTo(text);
        return List.of(text.toString().split("\n"));
    }

    /** @throws IllegalArgumentException if it cannot be read, or has too many names; the message says what to do */
    public NameRule filesFrom(Path file) {
        return read("filesFrom", file, NameList::read);
    }

    private NameRule read(String option, Path file, Reader reader) {
        synchronized (known) {
            try {
                FileStamp stamp = FileStamp.of(file);
                Known before = known.get(option + file);
                if (before != null && before.stamp().equals(stamp)) {
                    return before.rule();
                }
                MessageDigest digest = sha256();
                try (BufferedReader in = new BufferedReader(new InputStreamReader(
                        new DigestInputStream(Files.newInputStream(file), digest),
                        StandardCharsets.UTF_8.newDecoder()))) {
                    skipMark(in);
                    NameRule rule = reader.read(file, in);
                    known.put(
                            option + file, new Known(stamp, rule, HexFormat.of().formatHex(digest.digest())));
                    return rule;
                }
            } catch (IOException | UncheckedIOException e) {
                throw new IllegalArgumentException(
                        "Option " + option + "=" + file + " cannot be: " + why(e)
                                + "; write the path of a text file in UTF-8",
                        e);
            }
        }
    }

    /** The SHA-256 of what was in a file when it was read last; empty where it was not read. */
    public String sha256(String option, Path file) {
        synchronized (known) {
            Known before = known.get(option + file);
            return before == null ? "" : before.sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Some editors begin a file with the mark of its encoding, which is no part of the first line. */
    private static void skipMark(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != BYTE_ORDER_MARK) {
            in.reset();
        }
    }

    private static String why(Exception e) {
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        if (cause instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return cause instanceof CharacterCodingException ? "it is not in UTF-8" : "it cannot be read: " + cause;
    }
}
