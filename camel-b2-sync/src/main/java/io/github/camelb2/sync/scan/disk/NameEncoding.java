// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this JVM turns the bytes of file names into text: fixed by the locale that it was started in. In the POSIX locale,
 * the one of containers, cron and systemd, it has a form of ASCII only. Thread-safe.
 */
public final class NameEncoding {
    private static final Logger LOG = LoggerFactory.getLogger(NameEncoding.class);
    private static final NameEncoding AT_HAND =
            new NameEncoding(File.separatorChar == '\\' ? "UTF-16" : System.getProperty("sun.jnu.encoding", "UTF-8"));

    private final String name;
    private final boolean spellsAll;
    private final Charset charset;
    private final AtomicBoolean warned = new AtomicBoolean();

    public NameEncoding(String name) {
        this.name = name;
        this.charset = charset(name);
        this.spellsAll = charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.UTF_16);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.US_ASCII;
        }
    }

    /** This JVM's. */
    public static NameEncoding atHand() {
        return AT_HAND;
    }

    /** As the JVM calls it. */
    public String name() {
        return name;
    }

    /** Whether a file of that name can be made and found again. */
    public boolean canSpell(String path) {
        return spellsAll || charset.newEncoder().canEncode(path);
    }

    /** Whether the name that the JVM shows leads back to the very entry that it was read from. */
    public static boolean isFaithful(Path file, String shown) {
        if (shown.indexOf('\uFFFD') < 0) {
            return true;
        }
        try {
            return file.resolveSibling(shown).equals(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Says at WARN, once in the life of a JVM, what to do where names can be undecodable. */
    public void warnOnce() {
        if (!spellsAll && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "This JVM was started in a locale whose file names are {}: names with other characters cannot be synced,"
                            + " and nothing is removed in their directories. Start it with LC_ALL=C.UTF-8 in its environment;"
                            + " -Dsun.jnu.encoding has no effect",
                    name);
        }
    }
}
