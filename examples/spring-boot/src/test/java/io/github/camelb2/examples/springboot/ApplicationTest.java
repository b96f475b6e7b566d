// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.springboot;

import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** The application stores its report. */
@CamelSpringBootTest
@SpringBootTest(
        properties = {
            "bucket=reports",
            "run=test",
            "camel.component.b2.auto-create-bucket=true",
            "camel.main.duration-max-messages=0",
            "camel.main.run-controller=false"
        })
class ApplicationTest {
    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    @Autowired
    private CamelContext context;

    @DynamicPropertySource
    static void account(DynamicPropertyRegistry registry) {
        registry.add("camel.component.b2.realm", () -> B2.emulator().url());
        registry.add(
                "camel.component.b2.application-key-id", () -> B2.emulator().applicationKeyId());
        registry.add("camel.component.b2.application-key", () -> B2.emulator().applicationKey());
    }

    @Test
    void storesItsReport() {
        assertThat(new NotifyBuilder(context).whenCompleted(1).create().matches(20, TimeUnit.SECONDS))
                .isTrue();
        assertThat(B2.emulator().state().names("reports")).containsExactly("test/report.txt");
    }
}
