// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.sync.B2SyncComponent;
import io.github.camelb2.sync.B2SyncConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Every option of the catalog, in every spelling that Spring Boot knows, arrives at the component. */
class EveryOptionTest {
    private static CamelContext context;
    private static B2ClientLease lease;

    @BeforeAll
    static void makeContext() {
        context = new DefaultCamelContext();
        context.start();
        context.getRegistry().bind("mine", new B2Configuration());
        context.getRegistry().bind("mySync", new B2SyncConfiguration());
        B2Component lender = context.getComponent("b2", B2Component.class);
        lender.getConfiguration().setApplicationKeyId("id");
        lender.getConfiguration().setApplicationKey("key");
        lease = lender.borrowClient(lender.getConfiguration());
        context.getRegistry().bind("client", lease.client());
    }

    @AfterAll
    static void closeContext() throws Exception {
        lease.close();
        context.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void arrivesInEverySpelling(String name, ComponentModel model, ComponentOptionModel option) {
        String prefix = "camel.component." + model.getScheme() + ".";
        String upper = "CAMEL_COMPONENT_" + model.getScheme() + "_" + OptionNames.dashed(name);
        String given = given(option);
        Component untouched = component(model);
        Object before = value(untouched, name);

        assertThat(value(configured(model, properties(prefix + OptionNames.dashed(name), given)), name))
                .as("%s=%s", OptionNames.dashed(name), given)
                .isNotEqualTo(before)
                .hasToString(expected(option, given));
        for (StandardEnvironment environment : new StandardEnvironment[] {
            properties(prefix + name, given),
            properties(prefix + OptionNames.dashed(name).replace('-', '_'), given),
            variables(upper.replace("-", "").toUpperCase(Locale.ROOT), given),
            variables(upper.replace('-', '_').toUpperCase(Locale.ROOT), given),
        }) {
            assertThat(value(configured(model, environment), name))
                    .as("%s", environment.getPropertySources())
                    .hasToString(expected(option, given));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void whatIsNotGivenIsNotTouched(String name, ComponentModel model, ComponentOptionModel option) {
        assertThat(new ComponentOptionsOf(model).blank().given()).doesNotContainKey(option.getName());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("durations")
    void durationsAreThoseOfCamelAndOfJava(String text, long milliseconds) {
        Component component = configured(model("b2"), properties("camel.component.b2.retry-timeout", text));

        assertThat(value(component, "retryTimeout")).isEqualTo(milliseconds);
    }

    static Stream<Arguments> durations() {
        return Stream.of(
                Arguments.of("1m", 60_000),
                Arguments.of("1h30m", 5_400_000),
                Arguments.of("PT1M", 60_000),
                Arguments.of("500ms", 500),
                Arguments.of("45s", 45_000),
                Arguments.of("1d", 86_400_000),
                Arguments.of("60000", 60_000));
    }

    /** Spring's own DataSize takes 5MB for 5 * 1024 * 1024 bytes; B2's limits are decimal. */
    @Test
    void sizesAreLeftToTheComponent() {
        Component component = configured(model("b2"), properties("camel.component.b2.part-size", "5MB"));

        assertThat(value(component, "partSize")).isEqualTo("5MB");
    }

    @Test
    void aValueThatIsNoneIsRefusedWithItsNameAndWithout() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> configured(model("b2"), properties("camel.component.b2.retry-timeout", "soon")))
                .withMessageContaining("camel.component.b2.retry-timeout=soon");
    }

    @ParameterizedTest
    @MethodSource("misspelt")
    void aPropertyThatNamesNoOptionIsRefusedWithoutItsValue(String property, String closest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> configured(model("b2"), properties(property, "K-secret")))
                .withMessageContaining(property)
                .withMessageContaining(closest)
                .withMessageNotContaining("K-secret");
    }

    static Stream<Arguments> misspelt() {
        return Stream.of(
                Arguments.of("camel.component.b2.aplication-key", "camel.component.b2.application-key?"),
                Arguments.of("camel.component.b2.configuration.application-key", "names no option"),
                Arguments.of("camel.component.b2.retry-time-out.ms", "camel.component.b2.retry-timeout?"),
                Arguments.of("camel.component.b2.something-entirely-else", "names no option"));
    }

    static Stream<Arguments> options() {
        return GeneratedFilesTest.COMPONENTS.stream().flatMap(model -> model.getComponentOptions().stream()
                .map(option -> Arguments.of(option.getName(), model, option)));
    }

    /** A value that is not the default. */
    private static String given(ComponentOptionModel option) {
        if (option.getEnums() != null) {
            return option.getEnums().stream()
                    .filter(value -> !value.equals(option.getDefaultValue()))
                    .findFirst()
                    .orElseThrow();
        }
        return switch (option.getType()) {
            case "boolean" -> String.valueOf(!"true".equals(String.valueOf(option.getDefaultValue())));
            case "integer" -> "7";
            case "number" -> "7.5";
            case "duration" -> "17m";
            case "object" -> "#bean:" + beanFor(option);
            default -> "some text";
        };
    }

    private static String beanFor(ComponentOptionModel option) {
        String known = Map.of("B2Configuration", "mine", "B2SyncConfiguration", "mySync", "B2Client", "client")
                .get(option.getShortJavaType());
        return known != null ? known : beanOfInterface(option);
    }

    /** The options may get more beans of interfaces: any will do. */
    private static String beanOfInterface(ComponentOptionModel option) {
        Class<?> type =
                context.getClassResolver().resolveClass(option.getJavaType().replaceFirst("<.*", ""));
        String name = "a" + type.getSimpleName();
        if (context.getRegistry().lookupByName(name) == null) {
            context.getRegistry()
                    .bind(
                            name,
                            Proxy.newProxyInstance(
                                    type.getClassLoader(),
                                    new Class<?>[] {type},
                                    (bean, method, all) -> switch (method.getName()) {
                                        case "toString" -> name;
                                        case "hashCode" -> name.hashCode();
                                        case "equals" -> bean == all[0];
                                        default -> throw new UnsupportedOperationException(method.getName());
                                    }));
        }
        return name;
    }

    private static String expected(ComponentOptionModel option, String given) {
        return switch (option.getType()) {
            case "duration" -> String.valueOf(17 * 60_000);
            case "object" -> String.valueOf(context.getRegistry().lookupByName(given.substring("#bean:".length())));
            default -> given;
        };
    }

    private static ComponentModel model(String scheme) {
        return GeneratedFilesTest.COMPONENTS.stream()
                .filter(model -> model.getScheme().equals(scheme))
                .findFirst()
                .orElseThrow();
    }

    private static Component component(ComponentModel model) {
        Component component = model.getScheme().equals("b2") ? new B2Component() : new B2SyncComponent();
        component.setCamelContext(context);
        component.build();
        return component;
    }

    private static Component configured(ComponentModel model, StandardEnvironment environment) {
        Component component = component(model);
        ComponentOptions<?> options = new ComponentOptionsOf(model).in(environment);
        assertThat(options.isEnabled(model.getScheme(), component)).isTrue();
        options.configure(model.getScheme(), component);
        return component;
    }

    private static Object value(Component component, String option) {
        return ((PropertyConfigurerGetter) component.getComponentPropertyConfigurer())
                .getOptionValue(component, option, true);
    }

    private static StandardEnvironment properties(String name, String value) {
        return environment(new MapPropertySource("application.properties", Map.of(name, value)));
    }

    private static StandardEnvironment variables(String name, String value) {
        return environment(
                new SystemEnvironmentPropertySource("systemEnvironment", new LinkedHashMap<>(Map.of(name, value))));
    }

    private static StandardEnvironment environment(MapPropertySource source) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(each -> environment.getPropertySources().remove(each.getName()));
        environment.getPropertySources().addFirst(source);
        return environment;
    }

    /** As the auto-configuration makes them. */
    private record ComponentOptionsOf(ComponentModel model) {
        ComponentOptions<?> in(StandardEnvironment environment) {
            B2AutoConfiguration starter = new B2AutoConfiguration();
            return (ComponentOptions<?>)
                    (model.getScheme().equals("b2")
                            ? starter.b2ComponentOptions(context, environment)
                            : starter.b2SyncComponentOptions(context, environment));
        }

        OptionProperties blank() {
            return model.getScheme().equals("b2") ? new B2ComponentProperties() : new B2SyncComponentProperties();
        }
    }
}
