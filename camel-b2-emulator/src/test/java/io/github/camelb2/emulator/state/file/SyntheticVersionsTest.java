// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SyntheticVersionsTest {

    private static final String BUCKET = "0123456789ab000000000001";

    @ParameterizedTest
    @CsvSource({
        "0,       d000000/f0000.txt, 0,  1600000000000",
        "9999,    d000000/f9999.txt, 99, 1600009999000",
        "10000,   d000001/f0000.txt, 0,  1600010000000",
        "1234567, d000123/f4567.txt, 67, 1601234567000"
    })
    void formulaIsThatOfTheDocumentation(long i, String name, int size, long modified) {
        assertThat(SyntheticVersions.name(i)).isEqualTo(name);
        assertThat(SyntheticVersions.bytes(i)).hasSize(size);
        assertThat(SyntheticVersions.modified(i)).isEqualTo(modified);
    }

    @Test
    void contentIsTheNameOverAndOver() {
        assertThat(SyntheticVersions.bytes(40))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("d000000/f0040.txt\nd000000/f0040.txt\nd000");
    }

    @Test
    void listingVisitsEveryFileOnceInOrder() {
        SyntheticVersions files = new SyntheticVersions(BUCKET, 25_000);
        VersionKey place = VersionKey.before("");
        long seen = 0;
        while (true) {
            Page page = new Listing("", null, place, 1_000).names(BUCKET, files);
            for (FileVersion file : page.files()) {
                assertThat(file.name()).isEqualTo(SyntheticVersions.name(seen++));
            }
            if (page.nextName() == null) {
                break;
            }
            place = VersionKey.before(page.nextName());
        }
        assertThat(seen).isEqualTo(25_000);
    }

    @Test
    void foldersAreFoundWithoutVisitingTheirFiles() {
        SyntheticVersions files = new SyntheticVersions(BUCKET, 30_000_000);

        Page page = new Listing("", "/", VersionKey.before(""), 10_000).names(BUCKET, files);

        assertThat(page.files()).hasSize(3_000).allMatch(file -> file.action() == FileVersion.Action.FOLDER);
    }

    @Test
    void fileIsFoundByItsIdAndNoOther() {
        SyntheticVersions files = new SyntheticVersions(BUCKET, 100);
        FileVersion file = files.ceiling(VersionKey.before("d000000/f0042.txt"));

        assertThat(files.byId(file.id()).name()).isEqualTo("d000000/f0042.txt");
        assertThat(files.byId(FileIds.format(BUCKET, 101, 0))).isNull();
        assertThat(files.byId(FileIds.format(BUCKET, 43, 0))).isNull();
    }
}
