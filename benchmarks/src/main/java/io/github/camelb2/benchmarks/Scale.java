// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks;

import java.util.List;

/** How large the figures of a run are. */
public enum Scale {
    /** Seconds: only shows that every case still runs. */
    SMOKE(1, 12 << 20, 12 << 20, 2 << 20, 2, 20, 1_100, 2_200, 60, 1_000, 3_000),
    /** Minutes. */
    QUICK(3, 256 << 20, 64 << 20, 20_000_000, 4, 2_000, 50_000, 150_000, 4_000, 20_000, 100_000),
    /** The figures that the project promises: 15 GB of disk, and hours with all peers. */
    FULL(5, 1L << 30, 256 << 20, 50_000_000, 8, 10_000, 100_000, 300_000, 20_000, 200_000, 1_000_000);

    private final int rounds;
    private final long largeFile;
    private final long ratedFile;
    private final int mediumFile;
    private final int mediumFiles;
    private final int smallFiles;
    private final int fewNames;
    private final int manyNames;
    private final int syncFiles;
    private final int fewEntries;
    private final int manyEntries;

    Scale(
            int rounds,
            long largeFile,
            long ratedFile,
            int mediumFile,
            int mediumFiles,
            int smallFiles,
            int fewNames,
            int manyNames,
            int syncFiles,
            int fewEntries,
            int manyEntries) {
        this.rounds = rounds;
        this.largeFile = largeFile;
        this.ratedFile = ratedFile;
        this.mediumFile = mediumFile;
        this.mediumFiles = mediumFiles;
        this.smallFiles = smallFiles;
        this.fewNames = fewNames;
        this.manyNames = manyNames;
        this.syncFiles = syncFiles;
        this.fewEntries = fewEntries;
        this.manyEntries = manyEntries;
    }

    /** How often each client does each thing. */
    public int rounds() {
        return rounds;
    }

    /** Bytes of the one large file; there are cases of this and of twice this. */
    public long largeFile() {
        return largeFile;
    }

    /** Bytes of the file that goes over slow connections. */
    public long ratedFile() {
        return ratedFile;
    }

    /** Bytes of a file that is just short enough to go in one piece. */
    public int mediumFile() {
        return mediumFile;
    }

    public int mediumFiles() {
        return mediumFiles;
    }

    public int smallFiles() {
        return smallFiles;
    }

    /** Names in the smaller bucket of the listing. */
    public int fewNames() {
        return fewNames;
    }

    /** Names in the larger bucket of the listing. */
    public int manyNames() {
        return manyNames;
    }

    /** Files that a sync uploads. */
    public int syncFiles() {
        return syncFiles;
    }

    /** Files on each side of the smaller sync with nothing to do. */
    public int fewEntries() {
        return fewEntries;
    }

    /** Files on each side of the larger sync with nothing to do. */
    public int manyEntries() {
        return manyEntries;
    }

    /** Options that make the emulator fit these figures: a smoke run needs large files that are small. */
    public List<String> emulatorOptions() {
        return this == SMOKE ? List.of("--min-part-size=1000000", "--recommended-part-size=5000000") : List.of();
    }
}
