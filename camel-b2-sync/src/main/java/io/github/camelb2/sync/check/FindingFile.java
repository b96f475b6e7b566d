// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.sync.wire.OwnFile;
import io.github.camelb2.sync.wire.OwnFile.State;

/**
 * Writes a line for each name that a check has looked at, in their order. The file gets its name when the check has come to
 * its end; until then, and where it broke off, it is called {@code ….incomplete}, and there is none of the name, so that
 * nobody takes an old or a half one for the answer. Used by one thread.
 */
final class FindingFile implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** As {@link #json} writes them; a name may have any of the characters that Java takes for the end of a line. */
    private static final Pattern JSON = Pattern.compile(
            "\\{\"path\":" + OwnFile.TEXT + ",\"result\":\"(?:equal|different|missing|extra|unknown)\","
                    + "\"by\":\"(?:metadata|digest|content)\"(?:,\"reason\":" + OwnFile.TEXT + ")?\\}",
            Pattern.DOTALL);

    private static final Pattern COMBINED = Pattern.compile("[=*+!-] [^\\x00-\\x1f\\x7f]*", Pattern.DOTALL);

    private final OwnFile file;
    private final OwnFile.Held held;
    private final Function<Finding, String> line;
    private final Optional<WrittenMark> mark;
    private final BufferedWriter out;

    private FindingFile(OwnFile file, Function<Finding, String> line, Optional<WrittenMark> mark) throws IOException {
        this.file = file;
        this.line = line;
        this.mark = mark;
        this.held = file.hold();
        boolean isOpen = false;
        try {
            if (mark.isPresent()) {
                mark.get().refuseOther(file.option() + "=" + file.file());
            }
            Files.deleteIfExists(file.file());
            Files.deleteIfExists(file.unfinished());
            if (mark.isPresent()) {
                mark.get().begin();
            }
            this.out = Files.newBufferedWriter(file.unfinished(), StandardCharsets.UTF_8);
            isOpen = true;
        } finally {
            if (!isOpen) {
                held.close();
            }
        }
    }

    /** Lines of JSON. */
    static FindingFile json(Path file) throws IOException {
        OwnFile own = new OwnFile("checkFile", file, "no file of a check", OwnFile.Kind.ofLines(JSON, JSON));
        return new FindingFile(own, FindingFile::json, Optional.empty());
    }

    /**
     * Lines as rclone's, which any list with dashes has as well: beside the file lies a mark that says what a check has
     * written there.
     */
    static FindingFile combined(Path file) throws IOException {
        WrittenMark mark = WrittenMark.of(file.toAbsolutePath());
        OwnFile own = new OwnFile(
                "combinedFile",
                file,
                "not what a check has written there",
                (there, state) -> isOwn(there, state, file, mark));
        return new FindingFile(own, FindingFile::combined, Optional.of(mark));
    }

    private static boolean isOwn(BufferedReader there, State state, Path file, WrittenMark mark) throws IOException {
        if (state == State.WHOLE) {
            return Files.size(file) == 0 || mark.isOf(file);
        }
        boolean isMarked = mark.isOfUnfinished();
        there.mark(1);
        boolean isEmpty = there.read() < 0;
        there.reset();
        return isEmpty || (isMarked && OwnFile.Kind.ofLines(COMBINED, COMBINED).isOwn(there, state));
    }

    private static String json(Finding finding) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("path", finding.path())
                .put("result", finding.verdict().word())
                .put("by", finding.by().word());
        return (finding.reason().isEmpty() ? json : json.put("reason", finding.reason())).toString();
    }

    static String combined(Finding finding) {
        return finding.verdict().sign() + " " + RcloneNames.shown(finding.path());
    }

    void write(Finding finding) throws IOException {
        out.write(line.apply(finding));
        out.write('\n');
    }

    /** The check has come to its end. */
    void finish() throws IOException {
        out.close();
        if (mark.isPresent()) {
            mark.get().finish(file.unfinished());
        }
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
