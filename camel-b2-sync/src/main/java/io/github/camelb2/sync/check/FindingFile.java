// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.sync.plan.item.PathOrder;

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

    private final Path file;
    private final Path unfinished;
    private final Function<Finding, String> line;
    private final BufferedWriter out;

    private FindingFile(String option, Path file, Pattern own, Function<Finding, String> line) throws IOException {
        this.file = file.toAbsolutePath();
        this.unfinished = this.file.resolveSibling(this.file.getFileName() + ".incomplete");
        this.line = line;
        refuseOther(option, this.file, own);
        refuseOther(option, unfinished, own);
        Files.deleteIfExists(this.file);
        Files.deleteIfExists(unfinished);
        this.out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8);
    }

    /** Lines of JSON. */
    static FindingFile json(Path file) throws IOException {
        return new FindingFile("checkFile", file, JSON, FindingFile::json);
    }

    /**
     * Lines as rclone's. A name with a line break would make two of one, and forge one; as GNU's checksum files have it,
     * such a line begins with a backslash, and has {@code \\n}, {@code \\r} and {@code \\\\} for what they stand for.
     */
    static FindingFile combined(Path file) throws IOException {
        return new FindingFile("combinedFile", file, COMBINED, FindingFile::combined);
    }

    /** A misspelt name must not cost a file. */
    private static void refuseOther(String option, Path file, Pattern own) throws IOException {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !hasOnly(own, file)) {
            throw new IllegalArgumentException("Option " + option + "=" + file
                    + " is there and is no file of a check, so it is not replaced: delete it, or write another name");
        }
    }

    /** A list of somebody's may look like a combined file, but hardly with all its names in the order of B2. */
    private static boolean hasOnly(Pattern own, Path file) throws IOException {
        try (BufferedReader there = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String before = "";
            for (String line = there.readLine(); line != null; line = there.readLine()) {
                Matcher matcher = own.matcher(line);
                if (!matcher.matches()) {
                    return false;
                }
                String name = matcher.groupCount() == 0 ? "" : matcher.group(1);
                if (!line.startsWith("\\")) {
                    if (PathOrder.compare(before, name) > 0) {
                        return false;
                    }
                    before = name;
                }
            }
            return true;
        } catch (CharacterCodingException e) {
            // Ours are UTF-8.
            return false;
        }
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
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
