package io.github.camelb2.sync.scan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelb2.client.transfer.local.TemporaryFile;

/**
 * The names of temporary files of syncs, which tell what they are for and whose: no ending alone makes a user's file one.
 * The client's own are told by {@link TemporaryFile#isName}.
 */
public final class TemporaryNames {
    private static final String SUFFIX = ".b2.sync.tmp";
    /** Ours, or what the client fills beside it: dots, what it is for, the run. */
    private static final Pattern DOWNLOAD =
            Pattern.compile("\\.{1,2}b2-[0-9a-f]{20}-([0-9a-f]{20})\\.b2\\.sync\\.tmp(?:.*\\.b2tmp)?");

    private static final Pattern MARK = Pattern.compile("\\.{1,2}b2-run-([0-9a-f]{20})\\.b2\\.sync\\.tmp");

    private TemporaryNames() {}

    /** Whether only a sync or a download can have made a file of this name: it is never synced. */
    public static boolean isTemporary(String fileName) {
        return fileName.startsWith(".")
                && (TemporaryFile.isName(fileName)
                        || DOWNLOAD.matcher(fileName).matches()
                        || MARK.matcher(fileName).matches());
    }

    /** The name of a download, of 20 hexadecimal digits, in a run that is told by as many. */
    public static String download(String digits, String run) {
        return ".b2-" + digits + "-" + run + SUFFIX;
    }

    /** The name of the file that says that a run lives. */
    public static String mark(String run) {
        return ".b2-run-" + run + SUFFIX;
    }

    /** The run that a download belongs to; empty if it is none. */
    public static Optional<String> runOfDownload(String fileName) {
        return run(DOWNLOAD.matcher(fileName));
    }

    /** The run that a mark belongs to; empty if it is none. */
    public static Optional<String> runOfMark(String fileName) {
        return run(MARK.matcher(fileName));
    }

    private static Optional<String> run(Matcher matcher) {
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
