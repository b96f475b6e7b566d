// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

import java.util.Locale;
import java.util.Objects;

/**
 * One version of a name in a bucket, as far as planning needs it.
 *
 * @param fileId         B2's id of the version
 * @param kind           whether it is a file, a hide marker or something that nobody here knows
 * @param size           bytes; 0 for a hide marker
 * @param modifiedMillis {@code src_last_modified_millis} where it is set, else the upload time
 * @param uploadMillis   when B2 stored it (for a large file: when it was started)
 * @param sha1           40 hexadecimal digits in lower case, or empty when B2 does not know the content's SHA-1
 * @param lockedUntilMillis until when B2 refuses to delete it; 0 when it does not, or nobody may know,
 *                       {@link #LEGAL_HOLD} without an end
 * @param key            whose key it is encrypted with
 */
public record RemoteVersion(
        String fileId,
        Kind kind,
        long size,
        long modifiedMillis,
        long uploadMillis,
        String sha1,
        long lockedUntilMillis,
        ContentKey key) {
    /** The end of a lock that has none: a legal hold. */
    public static final long LEGAL_HOLD = Long.MAX_VALUE;

    private static final int DIGITS = 40;
    private static final String UNVERIFIED = "unverified:";

    /** What a version is. */
    public enum Kind {
        /** Content. */
        UPLOAD,
        /** A marker that hides the versions below it. */
        HIDE,
        /** What B2 calls by a word that this release does not know: it is never read, hidden or deleted. */
        UNKNOWN
    }

    /** Takes the digest with or without B2's {@code unverified:} mark and in either case; {@link #sha1()} has lower case. */
    public RemoteVersion {
        Objects.requireNonNull(fileId, "fileId");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        if (sha1.length() != DIGITS) {
            String digest = sha1.startsWith(UNVERIFIED) ? sha1.substring(UNVERIFIED.length()) : "";
            sha1 = digest.length() == DIGITS ? digest : "";
        }
    }

    /** 40 hexadecimal digits in lower case, or empty. Looked at when somebody asks, which few do of millions. */
    @Override
    public String sha1() {
        return inLowerCase(sha1);
    }

    /** Most are so already, and looking is cheaper than converting. */
    private static String inLowerCase(String digest) {
        for (int i = 0; i < digest.length(); i++) {
            if (digest.charAt(i) < '0' || (digest.charAt(i) > '9' && digest.charAt(i) < 'a')) {
                return digest.toLowerCase(Locale.ROOT);
            }
        }
        return digest;
    }

    /** A version that is not known to be locked. */
    public RemoteVersion(String fileId, Kind kind, long size, long modifiedMillis, long uploadMillis, String sha1) {
        this(fileId, kind, size, modifiedMillis, uploadMillis, sha1, 0);
    }

    /** A version of which nobody knows whose key it is encrypted with. */
    public RemoteVersion(
            String fileId,
            Kind kind,
            long size,
            long modifiedMillis,
            long uploadMillis,
            String sha1,
            long lockedUntilMillis) {
        this(fileId, kind, size, modifiedMillis, uploadMillis, sha1, lockedUntilMillis, ContentKey.UNKNOWN);
    }

    /** Whether this version hides the ones below it. */
    public boolean isHideMarker() {
        return kind == Kind.HIDE;
    }

    /** Whether this version has content to read: neither a marker nor of a kind that nobody here knows has. */
    public boolean isContent() {
        return kind == Kind.UPLOAD;
    }

    /** Whether B2 may mean anything by it. */
    public boolean isOfUnknownKind() {
        return kind == Kind.UNKNOWN;
    }
}
