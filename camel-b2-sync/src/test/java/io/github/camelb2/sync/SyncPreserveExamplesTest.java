// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes that the page shows of what is preserved. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions and links")
class SyncPreserveExamplesTest extends SyncTestSupport {
    @Test
    void theRoutesOfThePageKeepWhatTheySay() throws Exception {
        given(source, "a", "content", 100);
        Files.setPosixFilePermissions(source.resolve("a"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("a"));
        Files.createDirectory(source.resolve("empty"));
        Properties known = new Properties();
        known.setProperty("directory", source.toString());
        known.setProperty("bucket", bucket);
        context.getPropertiesComponent().setInitialProperties(known);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:all").to("direct:homes", "direct:tree", "direct:skeleton");
                from("direct:homes")
                        .to("b2-sync:homes?source={{directory}}&destination=b2://{{bucket}}/homes&preserve=mode,owner");
                from("direct:tree")
                        .to(
                                "b2-sync:tree?source={{directory}}&destination=b2://{{bucket}}/tree&preserve=mode,symlinks");
                from("direct:skeleton")
                        .to(
                                "b2-sync:skeleton?source={{directory}}&destination=b2://{{bucket}}/skeleton&preserve=mode,emptyDirs");
            }
        });

        template.requestBody("direct:all", "");

        assertThat(bucketTree().keySet())
                .contains("homes/a", "tree/a", "tree/link.rclonelink", "skeleton/a", "skeleton/empty/.bzEmpty");
    }
}
