// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.account.InMemoryAccountInfoRepository;
import io.github.camelb2.account.SqliteAccountInfoRepository;
import io.github.camelb2.client.api.AccountInfoRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Applications that differ in beans and properties. */
class OtherApplicationsTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withPropertyValues("camel.main.routes-include-pattern=false", "camel.main.shutdown-timeout=1")
            .withConfiguration(AutoConfigurations.of(CamelAutoConfiguration.class, B2AutoConfiguration.class));

    @Test
    void aConfigurationBeanKeepsWhatItSaysBesideProperties() {
        B2Configuration mine = new B2Configuration();
        mine.setContentType("text/plain");
        mine.setMaxConcurrency("9");
        application
                .withBean("mine", B2Configuration.class, () -> mine)
                .withPropertyValues(
                        "camel.component.b2.configuration=#mine", "camel.component.b2.application-key-id=id-main")
                .run(started -> {
                    B2Configuration options = started.getBean(CamelContext.class)
                            .getComponent("b2", B2Component.class)
                            .getConfiguration();

                    assertThat(options.getContentType()).isEqualTo("text/plain");
                    assertThat(options.getMaxConcurrency()).isEqualTo("9");
                    assertThat(options.getApplicationKeyId()).isEqualTo("id-main");
                });
    }

    @Test
    void aRepositoryThatAPropertyNamesGoesBeforeTheStore() {
        AccountInfoRepository own = new InMemoryAccountInfoRepository();
        application
                .withBean("own", AccountInfoRepository.class, () -> own)
                .withPropertyValues(
                        "camel.b2.login.store=sqlite", "camel.component.b2.account-info-repository=#bean:own")
                .run(started -> assertThat(repositoryOf("b2", started)).isSameAs(own));
    }

    @Test
    void theStoreIsThatOfB2AndOfNoOtherAccount() {
        application
                .withBean("archive", B2Component.class, B2Component::new)
                .withPropertyValues("camel.b2.login.store=sqlite")
                .run(started -> {
                    assertThat(repositoryOf("b2", started)).isSameAs(started.getBean("b2Login"));
                    assertThat(repositoryOf("archive", started)).isNull();
                });
    }

    @Test
    void theStoreIsKeptBesideAConfigurationBean() {
        application
                .withBean("mine", B2Configuration.class, B2Configuration::new)
                .withPropertyValues("camel.b2.login.store=sqlite", "camel.component.b2.configuration=#mine")
                .run(started -> assertThat(repositoryOf("b2", started)).isSameAs(started.getBean("b2Login")));
    }

    private static Object repositoryOf(String component, ApplicationContext application) {
        return application
                .getBean(CamelContext.class)
                .getComponent(component, B2Component.class)
                .getConfiguration()
                .getAccountInfoRepository();
    }

    @Test
    void theAccountFileIsSetByProperties() {
        application
                .withPropertyValues("camel.b2.login.store=sqlite", "camel.b2.login.sqlite.file=nowhere/account_info")
                .run(started -> assertThat(started.getBean(SqliteAccountInfoRepository.class)
                                .getFile())
                        .isEqualTo("nowhere/account_info"));
    }

    @Test
    void aLoginInADatabaseThatIsNotThereSaysWhatIsMissing() {
        application.withPropertyValues("camel.b2.login.store=jdbc").run(started -> assertThat(
                        started.getStartupFailure())
                .rootCause()
                .hasMessageContaining("camel.b2.login.store=jdbc needs one bean of type DataSource"));
    }

    @Test
    void aStoreThatDoesNotExistIsRefused() {
        application.withPropertyValues("camel.b2.login.store=oracle").run(started -> assertThat(
                        started.getStartupFailure())
                .rootCause()
                .hasMessageContaining("camel.b2.login.store=oracle")
                .hasMessageContaining("memory, jdbc or sqlite"));
    }

    @Test
    void aComponentWithoutALoginSaysWhosePropertiesCount() {
        application
                .withBean("archive", B2Component.class, B2Component::new)
                .withPropertyValues(
                        "camel.component.b2.application-key-id=id", "camel.component.b2.application-key=key")
                .run(started -> {
                    CamelContext context = started.getBean(CamelContext.class);

                    assertThatThrownBy(
                                    () -> context.createProducerTemplate().sendBody("archive:bucket?fileName=a", "a"))
                            .rootCause()
                            .hasMessageContaining("camel.component.NAME.*")
                            .hasMessageNotContaining("add the dependency");
                });
    }

    @Test
    void aDisabledComponentGetsNoProperties() {
        application
                .withPropertyValues("camel.component.b2.enabled=false", "camel.component.b2.content-type=text/plain")
                .run(started -> assertThat(started.getBean(CamelContext.class)
                                .getComponent("b2", B2Component.class)
                                .getConfiguration()
                                .getContentType())
                        .isEqualTo("b2/x-auto"));
    }

    @Test
    void anApplicationWithoutActuatorAndDatabaseStarts() {
        application
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.actuate", "org.apache.camel.component.sql"))
                .withPropertyValues("camel.component.b2.content-type=text/plain")
                .run(started -> assertThat(started.getBean(CamelContext.class)
                                .getComponent("b2", B2Component.class)
                                .getConfiguration()
                                .getContentType())
                        .isEqualTo("text/plain"));
    }
}
