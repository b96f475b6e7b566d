// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

import io.github.camelb2.sync.wire.OwnFile;

/**
 * A file beside one whose lines could be anybody's, as a list of things to do: it says what a check has written there, so
 * that nothing else is replaced. Immutable.
 */
record WrittenMark(Path mark) {
    private static final String BEGIN = "b2-sync has written the file of this name with SHA-256 ";
    private static final String UNFINISHED = "(unfinished)";
    private static final int LONGEST = 1_000;
    private static final int DIGITS = 64;

    /** The mark of a file. */
    static WrittenMark of(Path file) {
        return new WrittenMark(OwnFile.mark(file));
    }

    /** Whether the file is, to the byte, what a check has written. */
    boolean isOf(Path file) throws IOException {
        String said = says();
        // Not read where nobody has written it: closing a file gives back the locks that this process has of it.
        return said.length() == DIGITS && said.equals(sha256(file));
    }

    /** Whether a check has begun to write, and was not heard of since. */
    boolean isOfUnfinished() throws IOException {
        return says().equals(UNFINISHED);
    }

    private String says() throws IOException {
        if (!Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS) || Files.size(mark) > LONGEST) {
            return "";
        }
        String text = new String(Files.readAllBytes(mark), StandardCharsets.ISO_8859_1);
        return text.startsWith(BEGIN) ? text.substring(BEGIN.length()).strip() : "";
    }

    /** @throws IllegalArgumentException if there is something else of the mark's name */
    void refuseOther(String option) throws IOException {
        if (Files.exists(mark, LinkOption.NOFOLLOW_LINKS) && says().isEmpty()) {
            throw new IllegalArgumentException("Option " + option + " cannot be used: " + mark
                    + " is there and is not of a sync; write another name");
        }
    }

    /** A check begins to write. */
    void begin() throws IOException {
        say(UNFINISHED);
    }

    /** A check has written all of the file. */
    void finish(Path file) throws IOException {
        say(sha256(file));
    }

    /** In one step: a mark that is cut off would make the file somebody's. */
    private void say(String what) throws IOException {
        Path written = OwnFile.newMark(mark);
        Files.deleteIfExists(written);
        Files.writeString(written, BEGIN + what + "\n");
        Files.move(written, mark, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a file holds, as 64 hexadecimal digits. */
    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
