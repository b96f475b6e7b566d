// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What others read names no directory of a machine. */
class MachinePathsTest {
    private final MachinePaths paths = new MachinePaths(List.of(Path.of("/data/my photos"), Path.of("/data")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /data/my photos/a b/c.txt has changed                    | a b/c.txt has changed
            upload file /data/x.txt: /data/x.txt (permission denied) | upload file x.txt: x.txt (permission denied)
            "/data/my photos" cannot be read                         | "the directory" cannot be read
            /data                                                    | the directory
            /database/x                                              | …/x
            cannot write a temporary file in /srv/b2-1/spool: no space left on device | cannot write a temporary file in …/spool: no space left on device
            C:\\Users\\me\\file.txt is in use                         | …/file.txt is in use
            b2_upload_file a/b.txt: 400 bad_request                  | b2_upload_file a/b.txt: 400 bad_request
            b2://photos/a and https://api.example.org/b2api/v3/x     | b2://photos/a and https://api.example.org/b2api/v3/x
            b2_authorize_account key id 000b0257d3de6b50000000001: 401 bad | b2_authorize_account key id …: 401 bad
            the key 000b0257d3de6b50000000001 may not                | the key … may not
            check the application key id and the key                 | check the application key id and the key
            account b0257d3de6b5 has no bucket                       | account … has no bucket
            version 4_z1fd5911c969e000000000005_f0000000000000006_d20261130_m032737_c001_v0001000_t0006_u01796009257288 | version 4_z1fd5911c969e000000000005_f0000000000000006_d20261130_m032737_c001_v0001000_t0006_u01796009257288
            one and/or another, 3 / 4                                | one and/or another, 3 / 4
            """)
    void ofPathsOnlyWhatIsBelowTheDirectoriesIsTold(String text, String told) {
        assertThat(paths.without(text)).isEqualTo(told);
    }
}
