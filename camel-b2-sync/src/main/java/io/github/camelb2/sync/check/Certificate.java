// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.io.BufferedReader;
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
import java.util.Optional;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.sync.wire.PlanSigner;

/**
 * What a check has found, signed, as a file of JSON and as a page for people beside it. The signature is over the very text
 * of the member {@code certificate}, and binds the {@code checkFile} with all names by its SHA-256.
 */
public final class Certificate {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String BEGIN = "{\"certificate\":";
    private static final String MAC = ",\"mac\":\"";
    private static final String KIND = "certificate of a check";

    private Certificate() {}

    /**
     * Writes both files.
     *
     * @param file      ends in {@code .json}; the page has the same name and ends in {@code .html}
     * @param checkFile has a line for each name, and is whole
     * @throws IllegalArgumentException if there is something of the names that is no certificate
     */
    public static void write(Path file, CheckReport report, Optional<Path> checkFile, PlanSigner signer)
            throws IOException {
        Path page = pageOf(file);
        refuseOther(file, BEGIN);
        refuseOther(page, CertificatePage.BEGIN);
        String text = json(report, checkFile.isPresent() ? sha256(checkFile.get()) : "")
                .toString();
        String mac = signer.sign(KIND, text);
        replace(file, BEGIN + text + MAC + mac + "\"}\n");
        replace(page, CertificatePage.of(report, String.valueOf(file.getFileName()), mac));
    }

    /** @throws IllegalArgumentException if there is something of one of the names that is no certificate */
    public static void refuseOthers(Path file) throws IOException {
        refuseOther(file, BEGIN);
        refuseOther(pageOf(file), CertificatePage.BEGIN);
    }

    private static Path pageOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.substring(0, name.length() - ".json".length()) + ".html");
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

    /** A misspelt name must not cost a file. */
    private static void refuseOther(Path file, String begin) throws IOException {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean isOwn = false;
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            try (BufferedReader there = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                String first = there.readLine();
                isOwn = first == null || first.startsWith(begin);
            }
        }
        if (!isOwn) {
            throw new IllegalArgumentException("Option certificateFile: " + file
                    + " is there and is no certificate, so it is not replaced: delete it, or write another name");
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path unfinished = file.toAbsolutePath().resolveSibling(file.getFileName() + ".incomplete");
        Files.deleteIfExists(unfinished);
        Files.writeString(unfinished, text);
        Files.move(
                unfinished, file.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
        ObjectNode names = json.putObject("names");
        for (Verdict verdict : Verdict.values()) {
            names.put(verdict.word(), report.count(verdict));
        }
        ObjectNode equalBy = json.putObject("equalBy");
        for (Verify verify : Verify.values()) {
            equalBy.put(verify.word(), report.equalBy().getOrDefault(verify, 0L));
        }
        json.put("equalBytes", report.bytes());
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

    private static String sha256(Path file) throws IOException {
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
