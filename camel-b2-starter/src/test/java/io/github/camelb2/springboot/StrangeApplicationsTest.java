// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.CamelSpringBootApplicationListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** Applications whose properties are wrong, and those that start late, twice, or again. */
class StrangeApplicationsTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withPropertyValues("camel.main.routes-include-pattern=false", "camel.main.shutdown-timeout=1")
            .withConfiguration(AutoConfigurations.of(CamelAutoConfiguration.class, B2AutoConfiguration.class));

    @ParameterizedTest
    @CsvSource({
        "camel.component.b2.aplication-key, camel.component.b2.application-key?",
        "camel.component.b2sync.worker, camel.component.b2-sync.workers?",
        "camel.b2.route-template, camel.b2.route-templates",
        "camel.b2.application-key, camel.component.b2.*",
        "camel.b2.login.jdbc.table-name, camel.b2.login.store is memory",
        "camel.b2.login.sqlite.file, camel.b2.login.store is memory",
        "camel.b2.login.stores, camel.b2.login.store"
    })
    void aPropertyThatNothingReadsStopsTheStartThoughNoRouteUsesTheComponent(String property, String remedy) {
        application.withPropertyValues(property + "=K-secret").run(started -> assertThat(started.getStartupFailure())
                .rootCause()
                .hasMessageContaining(remedy)
                .hasMessageNotContaining("K-secret"));
    }

    @Test
    void aPropertyOfTheStoreThatItDoesNotHaveStopsTheStart() {
        application
                .withPropertyValues("camel.b2.login.store=sqlite", "camel.b2.login.sqlite.fil=x")
                .run(started -> assertThat(started.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("camel.b2.login.sqlite.fil"));
    }

    @Test
    void aValueOfASecretIsInNoMessageOfAFailedStart() {
        application
                .withPropertyValues(
                        "camel.component.b2.application-key=K-secret",
                        "camel.component.b2.notification-secret=K-secret",
                        "camel.component.b2.retry-timeout=soon")
                .withBean(RouteBuilder.class, StrangeApplicationsTest::route)
                .run(started -> {
                    assertThat(started.getStartupFailure()).isNotNull();
                    for (Throwable cause = started.getStartupFailure(); cause != null; cause = cause.getCause()) {
                        assertThat(String.valueOf(cause)).doesNotContain("K-secret");
                    }
                    assertThat(started.getStartupFailure())
                            .hasStackTraceContaining("camel.component.b2.retry-timeout=soon");
                });
    }

    @Test
    void anApplicationThatMakesItsBeansLazilyIsTheSame() {
        try (B2Emulator b2 = B2Emulator.start();
                ConfigurableApplicationContext started = new SpringApplicationBuilder(Lazy.class)
                        .properties(account("b2", b2))
                        .properties(
                                "spring.main.lazy-initialization=true",
                                "spring.main.banner-mode=off",
                                "camel.main.routes-include-pattern=false",
                                "camel.main.shutdown-timeout=1",
                                "camel.b2.route-templates=true",
                                "camel.component.b2.auto-create-bucket=true")
                        .run()) {
            ModelCamelContext context = started.getBean(ModelCamelContext.class);
            context.createProducerTemplate().sendBody("direct:strange", "a");

            assertThat(b2.state().names("strange-bucket")).containsExactly("a.txt");
            assertThat(context.getRouteTemplateDefinition("b2-sync")).isNotNull();
        }
    }

    @Configuration
    @ImportAutoConfiguration({CamelAutoConfiguration.class, B2AutoConfiguration.class})
    static class Lazy {
        /** Camel itself does not start when its context is made lazily, whatever components there are. */
        @Bean
        static LazyInitializationExcludeFilter camel() {
            return LazyInitializationExcludeFilter.forBeanTypes(
                    CamelContext.class, CamelSpringBootApplicationListener.class);
        }

        @Bean
        RouteBuilder route() {
            return StrangeApplicationsTest.route();
        }
    }

    @Test
    void applicationsSideBySideAndOneAfterTheOtherHaveTheirOwnAccounts() {
        try (B2Emulator first = B2Emulator.start();
                B2Emulator second = B2Emulator.start()) {
            application.withPropertyValues(account("b2", first)).run(one -> {
                application.withPropertyValues(account("b2", second)).run(other -> {
                    assertThat(options("b2", one).getRealm()).isEqualTo(first.url());
                    assertThat(options("b2", other).getRealm()).isEqualTo(second.url());
                });
                assertThat(options("b2", one).getApplicationKey()).isEqualTo(first.applicationKey());
            });
            application
                    .withPropertyValues(account("b2", second))
                    .run(again -> assertThat(options("b2", again).getRealm()).isEqualTo(second.url()));
        }
    }

    @ParameterizedTest
    @CsvSource({"b2Other, b2-other", "b2Other, b2other", "b2Other, b2Other", "b2_other, b2-other", "B2OTHER, b2other"})
    void aComponentOfAnyNameGetsItsPropertiesInEachSpelling(String bean, String written) {
        application
                .withBean(bean, B2Component.class, B2Component::new)
                .withPropertyValues("camel.component." + written + ".content-type=text/plain")
                .run(started ->
                        assertThat(options(bean, started).getContentType()).isEqualTo("text/plain"));
    }

    @ParameterizedTest
    @CsvSource({
        "camel.component.enabled=false, false",
        "camel.component.customizer.enabled=false, false",
        "camel.component.b2-other.enabled=false, false",
        "camel.component.b2-other.customizer.enabled=false, false",
        "camel.component.b2.enabled=false, true"
    })
    void whatIsSwitchedOffGetsNoProperties(String off, boolean getsThem) {
        application
                .withBean("b2Other", B2Component.class, B2Component::new)
                .withPropertyValues(off, "camel.component.b2-other.content-type=text/plain")
                .run(started -> assertThat(options("b2Other", started).getContentType())
                        .isEqualTo(getsThem ? "text/plain" : "b2/x-auto"));
    }

    @Test
    void reportsMaskSecretsOfEveryAccountAlsoThoseThatCameWhileTheApplicationRan() {
        application
                .withBean("archive", B2Component.class, B2Component::new)
                .withPropertyValues(
                        "camel.component.archive.application-key=K004archive",
                        "other.copy=${camel.component.archive.application-key}",
                        "broken.application-key=${nobody.has.this}")
                .run(started -> {
                    ConfigurableEnvironment environment = started.getBean(ConfigurableEnvironment.class);
                    SanitizingFunction reports = started.getBean(SanitizingFunction.class);

                    assertThat(shown(reports, "other.copy", "K004archive")).isEqualTo("******");
                    assertThat(shown(reports, "other.uri", "b2:bucket?applicationKey=K004archive&x=y"))
                            .isEqualTo("******");
                    assertThat(shown(reports, "other.text", "archive")).isEqualTo("archive");
                    assertThat(shown(reports, "other.text", "K005rotated")).isEqualTo("K005rotated");
                    environment
                            .getPropertySources()
                            .addFirst(new MapPropertySource(
                                    "rotated", Map.of("camel.component.archive.application-key", "K005rotated")));
                    assertThat(shown(reports, "other.text", "K005rotated")).isEqualTo("******");
                });
    }

    private static Object shown(SanitizingFunction reports, String name, String value) {
        return reports.apply(new SanitizableData(null, name, value)).getValue();
    }

    private static B2Configuration options(String component, ApplicationContext application) {
        return application
                .getBean(CamelContext.class)
                .getComponent(component, B2Component.class)
                .getConfiguration();
    }

    private static String[] account(String component, B2Emulator b2) {
        String prefix = "camel.component." + component + ".";
        return new String[] {
            prefix + "realm=" + b2.url(),
            prefix + "application-key-id=" + b2.applicationKeyId(),
            prefix + "application-key=" + b2.applicationKey()
        };
    }

    private static RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:strange").to("b2:strange-bucket?fileName=a.txt");
            }
        };
    }
}
