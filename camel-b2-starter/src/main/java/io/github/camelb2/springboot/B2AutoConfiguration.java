// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;

import io.github.camelb2.B2Component;
import io.github.camelb2.account.JdbcAccountInfoRepository;
import io.github.camelb2.account.SqliteAccountInfoRepository;
import io.github.camelb2.sync.B2FileUploadRoutes;
import io.github.camelb2.sync.B2SyncBrokerRoutes;
import io.github.camelb2.sync.B2SyncComponent;
import io.github.camelb2.sync.B2SyncRoutes;

/**
 * Sets the options of {@code b2:} and {@code b2-sync:} from {@code camel.component.b2.*} and
 * {@code camel.component.b2-sync.*}, and of another account, a bean of type {@code B2Component} named NAME, from
 * {@code camel.component.NAME.*}; registers the route templates and the repository of logins that {@code camel.b2.*} asks
 * for; masks secrets in Actuator's reports.
 */
@AutoConfiguration(
        after = CamelAutoConfiguration.class,
        afterName = "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration")
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@EnableConfigurationProperties({B2ComponentProperties.class, B2SyncComponentProperties.class})
public class B2AutoConfiguration {

    /** Lazy, because Camel asks for customizers when it makes a component, which may be before the context is complete. */
    @Lazy
    @Bean
    ComponentCustomizer b2ComponentOptions(CamelContext context, ConfigurableEnvironment environment) {
        return new ComponentOptions<>(
                B2Component.class, B2ComponentProperties.class, B2ComponentProperties::new, context, environment);
    }

    @Lazy
    @Bean
    ComponentCustomizer b2SyncComponentOptions(CamelContext context, ConfigurableEnvironment environment) {
        return new ComponentOptions<>(
                B2SyncComponent.class,
                B2SyncComponentProperties.class,
                B2SyncComponentProperties::new,
                context,
                environment);
    }

    /** The repository that {@code camel.b2.login.store} makes is that of the component b2. */
    @Lazy
    @Bean
    ComponentCustomizer b2LoginOfComponent(CamelContext context) {
        return new LoginOfComponent(context);
    }

    /** Refuses what would be ignored in silence, before any bean is made. */
    @Bean
    static BeanFactoryPostProcessor b2PropertiesCheck(ConfigurableEnvironment environment) {
        new StarterProperties(environment).check();
        return beans -> {};
    }

    /** The route templates {@code b2-sync} and {@code b2-file-upload}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("camel.b2.route-templates")
    static class RouteTemplates {
        @Bean
        @ConditionalOnMissingBean
        B2SyncRoutes b2SyncRoutes() {
            return new B2SyncRoutes();
        }

        @Bean
        @ConditionalOnMissingBean
        B2SyncBrokerRoutes b2SyncBrokerRoutes() {
            return new B2SyncBrokerRoutes();
        }

        @Bean
        @ConditionalOnMissingBean
        B2FileUploadRoutes b2FileUploadRoutes() {
            return new B2FileUploadRoutes();
        }
    }

    /** The login in the application's database. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "camel.b2.login.store", havingValue = "jdbc")
    static class JdbcLogin {
        @Bean
        @ConditionalOnMissingBean(name = LoginOfComponent.LOGIN)
        @ConfigurationProperties(prefix = "camel.b2.login.jdbc", ignoreUnknownFields = false)
        JdbcAccountInfoRepository b2Login(ObjectProvider<DataSource> dataSources) {
            DataSource dataSource = dataSources.getIfUnique();
            if (dataSource == null) {
                throw new IllegalStateException(
                        "camel.b2.login.store=jdbc needs one bean of type DataSource, or one that is"
                                + " @Primary; with several, define a bean of type JdbcAccountInfoRepository on the right one");
            }
            JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository();
            repository.setDataSource(dataSource);
            return repository;
        }
    }

    /** The login in the account file of the b2 tool. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "camel.b2.login.store", havingValue = "sqlite")
    static class SqliteLogin {
        @Bean
        @ConditionalOnMissingBean(name = LoginOfComponent.LOGIN)
        @ConfigurationProperties(prefix = "camel.b2.login.sqlite", ignoreUnknownFields = false)
        SqliteAccountInfoRepository b2Login() {
            return new SqliteAccountInfoRepository();
        }
    }

    /** Only where Actuator is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class Reports {
        @Bean
        SanitizingFunction b2SecretsInReports(ConfigurableEnvironment environment) {
            return new SecretsInReports(environment, new B2ComponentProperties(), new B2SyncComponentProperties());
        }
    }
}
