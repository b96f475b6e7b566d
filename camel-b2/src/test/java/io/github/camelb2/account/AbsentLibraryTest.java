// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a user sees whose classpath lacks an optional dependency. */
class AbsentLibraryTest {
    @ParameterizedTest
    @CsvSource({
        "SqliteAccountInfoRepository, org.sqlite., org.xerial:sqlite-jdbc",
        "JdbcAccountInfoRepository, org.springframework., org.apache.camel:camel-sql",
    })
    void theArtifactToAddIsNamed(String repository, String absent, String artifact) throws Exception {
        Class<?> type = without(absent).loadClass("io.github.camelb2.account." + repository);

        // Camel looks at all methods of a bean before it makes one.
        assertThat(type.getMethods()).isNotEmpty();
        assertThatThrownBy(() -> type.getConstructor().newInstance())
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(repository + " needs " + artifact
                        + ", which is not on the classpath: add it to the dependencies");
    }

    /** As under Quarkus, whose BOM takes half of Spring away from camel-sql. */
    @Test
    void theArtifactThatIsThereInPartIsNamedWithWhatIsMissing() throws Exception {
        Class<?> type =
                without("org.springframework.beans.").loadClass("io.github.camelb2.account.JdbcAccountInfoRepository");

        assertThatThrownBy(() -> type.getConstructor().newInstance())
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("JdbcAccountInfoRepository needs org.apache.camel:camel-sql, which is on the classpath"
                        + " without org.springframework.beans.factory.InitializingBean: add what it depends on"
                        + " (under Quarkus, org.apache.camel.quarkus:camel-quarkus-sql has all of it)");
    }

    @Test
    void theLibraryOfZstdIsNamed() throws Exception {
        Class<?> type = without("com.github.luben.").loadClass("io.github.camelb2.stream.ZstdDataFormat");

        assertThatThrownBy(() -> type.getConstructor().newInstance())
                .cause()
                .hasMessageContaining("zstd needs com.github.luben:zstd-jni");
    }

    @Test
    void theMemoryNeedsNeither() throws Exception {
        ClassLoader bare = without("org.");

        Object repository = bare.loadClass("io.github.camelb2.account.InMemoryAccountInfoRepository")
                .getConstructor()
                .newInstance();

        assertThat(repository).isNotNull();
    }

    /** Loads our own classes and those of camel-sql's library afresh, and nothing whose name starts with that but annotations and Camel. */
    private static ClassLoader without(String absent) {
        return new ClassLoader(AbsentLibraryTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith(absent)
                        && !name.startsWith("org.apache.camel.")
                        && !name.startsWith("org.slf4j.")) {
                    throw new ClassNotFoundException(name);
                }
                if (!name.startsWith("io.github.camelb2.account.")
                        && !name.startsWith("io.github.camelb2.stream.ZstdDataFormat")
                        && !name.startsWith("org.springframework.jdbc.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }

            private Class<?> define(String name) throws ClassNotFoundException {
                try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] code = bytes.readAllBytes();
                    return defineClass(name, code, 0, code.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        };
    }
}
