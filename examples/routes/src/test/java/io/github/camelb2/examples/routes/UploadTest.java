// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.emulator.B2EmulatorExtension;

import static io.github.camelb2.examples.routes.Uploads.upload;
import static org.assertj.core.api.Assertions.assertThat;

class UploadTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension(builder -> builder.minPartSize(100));

    @Test
    void failedUploadIsRepeated() {
        String bucket = B2.createBucket();
        B2.emulator().faults().add("b2_upload_file #1: status 503");

        upload(
                B2.emulator().url(),
                B2.emulator().applicationKeyId(),
                B2.emulator().applicationKey(),
                bucket);

        assertThat(B2.emulator().state().names(bucket)).containsExactly("a.txt");
        assertThat(B2.emulator().count("b2_upload_file")).isEqualTo(2);
    }
}
