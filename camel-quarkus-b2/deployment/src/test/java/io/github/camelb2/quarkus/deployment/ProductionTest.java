// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.quarkus.deployment;

import io.quarkus.test.QuarkusProdModeTest;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** In production an application without an account does not start, says what to set, and meets no emulator. */
@Tag("full")
class ProductionTest {
    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Routes.class))
            .setApplicationName("no-account")
            .setExpectExit(true)
            .setRun(true);

    public static class Routes extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:upload").to("b2:photos");
        }
    }

    @Test
    void doesNotStartAndSaysWhatToSet() {
        assertThat(APPLICATION.getExitCode()).isNotZero();
        assertThat(APPLICATION.getStartupConsoleOutput())
                .contains("No B2 application key", "camel.component.b2.applicationKeyId")
                .doesNotContain("Dev Services", "127.0.0.1");
    }
}
