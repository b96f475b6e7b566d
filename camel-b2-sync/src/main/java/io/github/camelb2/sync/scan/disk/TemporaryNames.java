// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelb2.client.transfer.local.OwnDigits;
import io.github.camelb2.client.transfer.local.TemporaryFile;

/**
 * The names of temporary files of syncs, which tell what they are for, whose, and by their digits that a sync has made them:
 * a user's file that is called like one is a file as any other. The client's own are told by
 * {@link TemporaryFile#isOwnName}.
 */
public final class TemporaryNames {
    private static final String SUFFIX = ".b2.sync.tmp";
    private static final int DIGITS = 20;
    private static final Pattern DOWNLOAD = Pattern.compile("\\.b2-([0-9a-f]{20})-([0-9a-f]{20})\\.b2\\.sync\\.tmp");

    /** With two dots it is not locked yet. */
    private static final Pattern MARK = Pattern.compile("\\.{1,2}b2-run-([0-9a-f]{20})\\.b2\\.sync\\.tmp");

    private TemporaryNames() {}

    /** Whether a sync or a download has made a file of this name: it is never synced. */
    public static boolean isTemporary(String fileName) {
        return fileName.startsWith(".")
                && (TemporaryFile.isOwnName(fileName)
                        || runOfDownload(fileName).isPresent()
                        || runOfMark(fileName).isPresent());
    }

    /** What tells a run in the names below, from its id of whatever form. */
    public static String tag(String runId) {
        return OwnDigits.of(runId, DIGITS);
    }

    /** The name of the download of one version, in the run that a tag tells. */
    public static String download(String path, String fileId, String tag) {
        return ".b2-" + OwnDigits.of(path + '\n' + fileId + '\n' + tag, DIGITS) + "-" + tag + SUFFIX;
    }

    /** The name of the file that says that a run lives. */
    public static String mark(String tag) {
        return ".b2-run-" + tag + SUFFIX;
    }

    /** The tag of the run that a download belongs to; empty if it is none. */
    public static Optional<String> runOfDownload(String fileName) {
        Matcher matcher = DOWNLOAD.matcher(fileName);
        return matcher.matches() && OwnDigits.areOwn(matcher.group(1))
                ? Optional.of(matcher.group(2)).filter(OwnDigits::areOwn)
                : Optional.empty();
    }

    /** The tag of the run that a mark belongs to; empty if it is none. */
    public static Optional<String> runOfMark(String fileName) {
        Matcher matcher = MARK.matcher(fileName);
        return matcher.matches() ? Optional.of(matcher.group(1)).filter(OwnDigits::areOwn) : Optional.empty();
    }
}
