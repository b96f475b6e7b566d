// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.quarkus.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.B2Component;

import static org.assertj.core.api.Assertions.assertThat;

/** What a native image is told names what is there; no image is built. */
@Tag("full")
class NativeImageTest {
    private static Index index;

    private final B2NativeProcessor steps = new B2NativeProcessor();

    @BeforeAll
    static void readIndexOfTheComponent() throws IOException {
        URL jar = B2Component.class.getProtectionDomain().getCodeSource().getLocation();
        try (InputStream stream = new URL("jar:" + jar + "!/META-INF/jandex.idx").openStream()) {
            index = new IndexReader(stream).read();
        }
    }

    @Test
    void everyRecordOfACallAndEveryClassThatJacksonIsToldOfIsReflective() {
        Collection<String> reflective =
                steps.json(new CombinedIndexBuildItem(index, index)).getClassNames();

        assertThat(index.getKnownClasses())
                .filteredOn(NativeImageTest::isOfJson)
                .hasSizeGreaterThan(60)
                .allSatisfy(
                        known -> assertThat(reflective).contains(known.name().toString()));
    }

    private static boolean isOfJson(ClassInfo known) {
        return (known.isRecord()
                        && known.name().toString().matches("io\\.github\\.camelb2\\.client\\.(call|model)\\..*"))
                || known.annotations().stream()
                        .anyMatch(it -> it.name().toString().startsWith("com.fasterxml.jackson"));
    }

    @Test
    void everyClassThatIsMadeOrSetByNameIsThere() throws Exception {
        for (String name : B2NativeProcessor.BY_NAME) {
            assertThat(Class.forName(name)).isNotNull();
        }
    }

    @Test
    void everyServiceHasItsProviders() {
        List<ServiceProviderBuildItem> services = new ArrayList<>();

        steps.services(services::add);

        assertThat(services).isNotEmpty().allSatisfy(it -> assertThat(it.providers())
                .isNotEmpty());
        assertThat(services)
                .flatExtracting(ServiceProviderBuildItem::providers)
                .contains("io.github.camelb2.SecretsPlugin", "io.github.camelb2.sync.observe.SyncSecretsPlugin");
    }

    @ParameterizedTest
    @CsvSource({"Linux, amd64", "linux, aarch64", "Mac OS X, aarch64", "Mac OS X, x86_64", "Windows Server 2022, amd64"
    })
    void theLibraryOfSqliteIsInItsJar(String system, String architecture) {
        String name = B2NativeProcessor.libraryOfSqlite(system, architecture);

        assertThat(NativeImageTest.class.getClassLoader().getResource(name))
                .as(name)
                .isNotNull();
    }
}
