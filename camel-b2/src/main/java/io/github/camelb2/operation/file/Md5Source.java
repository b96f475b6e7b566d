// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

import io.github.camelb2.client.transfer.local.UploadSource;

/**
 * A stream that must have an MD5: it fails at its end if it has another one, before anything of it is a version. B2 takes
 * no MD5 with an upload, and tells none of a large file.
 */
record Md5Source(UploadSource source, String expected) implements UploadSource {
    private static final int CHUNK = 64 * 1024;

    /**
     * The source, compared with its MD5: at once where it can be read again, else while it is sent.
     *
     * @throws IOException if it cannot be read, or has another MD5
     */
    static UploadSource of(UploadSource source, String expected) throws IOException {
        if (!source.isReplayable()) {
            return new Md5Source(source, expected);
        }
        try (InputStream content = new Md5Source(source, expected).open()) {
            byte[] chunk = new byte[CHUNK];
            while (content.read(chunk) >= 0) {
                // The end of it compares.
            }
        }
        return source;
    }

    @Override
    public OptionalLong length() {
        return source.length();
    }

    @Override
    public boolean isReplayable() {
        return false;
    }

    @Override
    public InputStream open() throws IOException {
        return new Compared(source.open(), expected);
    }

    @Override
    public InputStream open(long offset, long length) {
        throw new IllegalStateException(describe() + " can only be read once, from its beginning");
    }

    @Override
    public Optional<String> sha1() {
        return source.sha1();
    }

    @Override
    public void checkUnchanged() throws IOException {
        source.checkUnchanged();
    }

    @Override
    public String describe() {
        return source.describe();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }

    private static final class Compared extends FilterInputStream {
        private final MessageDigest digest = md5();
        private final String expected;

        Compared(InputStream content, String expected) {
            super(content);
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            if (count > 0) {
                digest.update(target, offset, count);
            } else if (count < 0) {
                compare();
            }
            return count;
        }

        private void compare() throws IOException {
            String found = HexFormat.of().formatHex(copy().digest());
            if (!found.equalsIgnoreCase(expected)) {
                throw new IOException("it has the MD5 " + found + ", not " + expected + ", which was demanded");
            }
        }

        /** The end may be read more than once. */
        private MessageDigest copy() {
            try {
                return (MessageDigest) digest.clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("The MD5 of Java can be cloned", e);
            }
        }

        @Override
        public long skip(long count) {
            return 0;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
