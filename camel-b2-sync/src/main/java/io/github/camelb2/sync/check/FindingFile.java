// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.wire.OwnFile;
import io.github.camelb2.sync.wire.OwnFile.State;

/**
 * Writes a line for each name that a check has looked at, in their order. The file gets its name when the check has come to
 * its end; until then, and where it broke off, it is called {@code ….incomplete}, and there is none of the name, so that
 * nobody takes an old or a half one for the answer. Used by one thread.
 */
final class FindingFile implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Pattern JSON = Pattern.compile("\\{\"path\":.*");
    private static final Pattern COMBINED = Pattern.compile("\\\\?[=*+!-] (.*)");
    private static final Pattern BREAKS = Pattern.compile("[\\n\\r]");

    private final OwnFile file;
    private final OwnFile.Held held;
    private final Function<Finding, String> line;
    private final BufferedWriter out;

    private FindingFile(OwnFile file, Function<Finding, String> line) throws IOException {
        this.file = file;
        this.line = line;
        this.held = file.hold();
        Files.deleteIfExists(file.file());
        Files.deleteIfExists(file.unfinished());
        this.out = Files.newBufferedWriter(file.unfinished(), StandardCharsets.UTF_8);
    }

    private static OwnFile own(String option, Path file, Pattern own) {
        return new OwnFile(option, file, "no file of a check", (there, state) -> hasOnly(own, there, state));
    }

    /** Lines of JSON. */
    static FindingFile json(Path file) throws IOException {
        return new FindingFile(own("checkFile", file, JSON), FindingFile::json);
    }

    /**
     * Lines as rclone's. A name with a line break would make two of one, and forge one; as GNU's checksum files have it,
     * such a line begins with a backslash, and has {@code \\n}, {@code \\r} and {@code \\\\} for what they stand for.
     */
    static FindingFile combined(Path file) throws IOException {
        return new FindingFile(own("combinedFile", file, COMBINED), FindingFile::combined);
    }

    /** A list of somebody's may look like a combined file, but hardly with all its names in the order of B2. */
    private static boolean hasOnly(Pattern own, BufferedReader there, State state) throws IOException {
        String before = "";
        String line = there.readLine();
        for (boolean isFirst = true; line != null; isFirst = false) {
            String next = there.readLine();
            boolean mayBeCutOff = state == State.UNFINISHED && next == null && !isFirst;
            Matcher matcher = own.matcher(line);
            if (!matcher.matches()) {
                return mayBeCutOff;
            }
            String name = matcher.groupCount() == 0 || line.startsWith("\\") ? before : matcher.group(1);
            if (PathOrder.compare(before, name) > 0 && !mayBeCutOff) {
                return false;
            }
            before = name;
            line = next;
        }
        return true;
    }

    private static String json(Finding finding) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("path", finding.path())
                .put("result", finding.verdict().word())
                .put("by", finding.by().word());
        return (finding.reason().isEmpty() ? json : json.put("reason", finding.reason())).toString();
    }

    static String combined(Finding finding) {
        String path = finding.path();
        if (!BREAKS.matcher(path).find()) {
            return finding.verdict().sign() + " " + path;
        }
        return "\\" + finding.verdict().sign() + " "
                + path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    void write(Finding finding) throws IOException {
        out.write(line.apply(finding));
        out.write('\n');
    }

    /** The check has come to its end. */
    void finish() throws IOException {
        out.close();
        file.replace();
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            held.close();
        }
    }
}
