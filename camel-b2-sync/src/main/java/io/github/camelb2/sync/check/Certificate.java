// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.sync.wire.OwnFile;
import io.github.camelb2.sync.wire.PlanSigner;

/**
 * What a check has found, signed, as a file of JSON and as a page for people beside it. The signature is over the very text
 * of the member {@code certificate}, and binds the {@code checkFile} with all names by its SHA-256.
 */
public final class Certificate implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String BEGIN = "{\"certificate\":";
    private static final String MAC = ",\"mac\":\"";
    /** Others keep certificates of servers in such files. */
    private static final Pattern TEXT = Pattern.compile(
            Pattern.quote(BEGIN + "{\"version\":1,\"runId\":") + ".*" + MAC + "[^\"]*\"\\}", Pattern.DOTALL);

    private static final Pattern NONE = Pattern.compile("(?!)");
    private static final String KIND = "certificate of a check";

    private final OwnFile file;
    private final OwnFile page;
    private final OwnFile.Held held;

    private Certificate(Path file) throws IOException {
        this.file = own(file, OwnFile.Kind.ofLines(TEXT, NONE));
        this.page = own(pageOf(file), CertificatePage::isPage);
        page.refuseOther();
        this.held = this.file.hold();
    }

    private static OwnFile own(Path file, OwnFile.Kind kind) {
        return new OwnFile("certificateFile", file, "no certificate", kind);
    }

    /**
     * Takes both names for one check. What an earlier one has left there stays until {@link #write}.
     *
     * @param file ends in {@code .json}; the page has the same name and ends in {@code .html}
     * @throws IllegalArgumentException if there is something of one of the names that is no certificate, or another check
     *                                  is writing it
     */
    public static Certificate begin(Path file) throws IOException {
        return new Certificate(file);
    }

    /**
     * Writes both files.
     *
     * @param checkFile has a line for each name, and is whole
     */
    public void write(CheckReport report, Optional<Path> checkFile, PlanSigner signer) throws IOException {
        String text = json(report, checkFile.isPresent() ? WrittenMark.sha256(checkFile.get()) : "")
                .toString();
        String mac = signer.sign(KIND, text);
        replace(file, BEGIN + text + MAC + mac + "\"}\n");
        replace(page, CertificatePage.of(report, String.valueOf(file.file().getFileName()), mac));
    }

    @Override
    public void close() throws IOException {
        held.close();
    }

    /** Where the page for people is. */
    public static Path pageOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.replaceFirst("\\.json$", "") + ".html");
    }

    /**
     * Checks the signature of a certificate.
     *
     * @param planKey the key that it was signed with
     * @return the text of the member {@code certificate}
     * @throws IllegalArgumentException if it was not signed with that key, or was changed since
     */
    public static String verify(Path file, String planKey) throws IOException {
        String all = Files.readString(file).stripTrailing();
        int end = all.lastIndexOf(MAC);
        boolean isWhole = all.startsWith(BEGIN) && end > 0 && all.endsWith("\"}");
        String text = isWhole ? all.substring(BEGIN.length(), end) : "";
        String mac = isWhole ? all.substring(end + MAC.length(), all.length() - 2) : "";
        if (!isWhole || !PlanSigner.isSame(PlanSigner.of(planKey).sign(KIND, text), mac)) {
            throw new IllegalArgumentException(
                    file + " is no certificate that was signed with this planKey, or it was changed since");
        }
        return text;
    }

    private static void replace(OwnFile file, String text) throws IOException {
        Files.writeString(file.unfinished(), text);
        file.replace();
    }

    private static ObjectNode json(CheckReport report, String namesSha256) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("version", 1)
                .put("runId", report.runId())
                .put("sync", report.name())
                .put("source", report.source())
                .put("destination", report.destination())
                .put("verify", report.verify().word())
                .put("sample", report.sample().toString())
                .put("started", report.started().toString())
                .put("tookMillis", report.took().toMillis())
                .put("complete", report.isComplete())
                .put("equal", report.isEqual())
                .put("trouble", report.trouble());
        ObjectNode conditions = json.putObject("conditions");
        report.conditions().forEach(conditions::put);
        ObjectNode names = json.putObject("names");
        for (Verdict verdict : Verdict.values()) {
            names.put(verdict.word(), report.count(verdict));
        }
        ObjectNode equalBy = json.putObject("equalBy");
        for (Verify verify : Verify.values()) {
            equalBy.put(verify.word(), report.equalBy().getOrDefault(verify, 0L));
        }
        json.put("equalBytes", report.bytes()).put("read", report.read());
        ArrayNode findings = json.putArray("findings");
        report.findings().forEach(finding -> findings.addObject()
                .put("path", finding.path())
                .put("result", finding.verdict().word())
                .put("by", finding.by().word())
                .put("reason", finding.reason()));
        ArrayNode notes = json.putArray("notes");
        report.notes().forEach(notes::add);
        return namesSha256.isEmpty() ? json : json.put("checkFileSha256", namesSha256);
    }
}
