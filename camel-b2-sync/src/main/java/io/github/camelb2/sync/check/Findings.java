// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what a check finds, lists the first, and writes all to its files. Used by one thread. */
final class Findings implements AutoCloseable {
    private final Map<Verdict, Long> names = new EnumMap<>(Verdict.class);
    private final Map<Verify, Long> equalBy = new EnumMap<>(Verify.class);
    private final List<Finding> listed = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<FindingFile> files = new ArrayList<>();
    private long bytes;

    private Findings() {}

    /** Begins the files. */
    static Findings of(CheckSettings settings) throws IOException {
        Findings findings = new Findings();
        if (settings.checkFile().isPresent()) {
            findings.files.add(FindingFile.json(settings.checkFile().get()));
        }
        if (settings.combinedFile().isPresent()) {
            findings.files.add(FindingFile.combined(settings.combinedFile().get()));
        }
        return findings;
    }

    void add(Finding finding, long size) throws IOException {
        names.merge(finding.verdict(), 1L, Long::sum);
        if (finding.verdict() == Verdict.EQUAL) {
            equalBy.merge(finding.by(), 1L, Long::sum);
            bytes += size;
        }
        boolean isWorthTelling =
                finding.verdict() != Verdict.EQUAL || !finding.reason().isEmpty();
        if (isWorthTelling && listed.size() < CheckReport.MAX_LISTED) {
            listed.add(finding);
        }
        for (FindingFile file : files) {
            file.write(finding);
        }
    }

    /** Something that is no name of both sides. */
    void note(String text) {
        if (notes.size() < CheckReport.MAX_LISTED) {
            notes.add(text);
        }
    }

    /** Everything was looked at. */
    void finish() throws IOException {
        for (FindingFile file : files) {
            file.finish();
        }
    }

    Map<Verdict, Long> names() {
        return names;
    }

    Map<Verify, Long> equalBy() {
        return equalBy;
    }

    List<Finding> listed() {
        return listed;
    }

    List<String> notes() {
        return notes;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        for (FindingFile file : files) {
            file.close();
        }
    }
}
