// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.quarkus.deployment;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import io.quarkus.deployment.pkg.builditem.NativeImageRunnerBuildItem;
import org.jboss.jandex.ClassInfo;

/** What a native image must be told. Nothing of it matters in the JVM. */
class B2NativeProcessor {
    private static final String JACKSON = "com.fasterxml.jackson.annotation.";
    /** Jackson reads and writes the records in these packages; all other JSON is read as trees. */
    private static final List<String> OF_JSON =
            List.of("io.github.camelb2.client.call.", "io.github.camelb2.client.model.", "io.github.camelb2.stream.");

    /** What {@code camel.beans.NAME=#class:...} and the options of a component make or set by name. */
    static final List<String> BY_NAME = List.of(
            "io.github.camelb2.B2Component",
            "io.github.camelb2.B2Configuration",
            "io.github.camelb2.account.JdbcAccountInfoRepository",
            "io.github.camelb2.account.SqliteAccountInfoRepository",
            "io.github.camelb2.sync.B2SyncComponent",
            "io.github.camelb2.sync.B2SyncConfiguration");

    /** The repositories of logins ask for these, to say which library is missing. */
    private static final List<String> OPTIONAL =
            List.of("org.springframework.jdbc.core.JdbcTemplate", "org.sqlite.JDBC");

    /** The random numbers that HttpClient makes once, which must not be the same in each start of an image. */
    private static final String NTLM = "org.apache.hc.client5.http.impl.auth.NTLMEngineImpl";

    @BuildStep
    ExtensionSslNativeSupportBuildItem ssl() {
        return new ExtensionSslNativeSupportBuildItem(B2Processor.FEATURE);
    }

    @BuildStep
    ReflectiveClassBuildItem json(CombinedIndexBuildItem index) {
        String[] classes = index.getIndex().getKnownClasses().stream()
                .filter(B2NativeProcessor::isOfJson)
                .map(known -> known.name().toString())
                .sorted()
                .toArray(String[]::new);
        return ReflectiveClassBuildItem.builder(classes)
                .constructors()
                .methods()
                .fields()
                .build();
    }

    private static boolean isOfJson(ClassInfo known) {
        String name = known.name().toString();
        return OF_JSON.stream().anyMatch(name::startsWith)
                || (name.startsWith("io.github.camelb2.")
                        && known.annotationsMap().keySet().stream()
                                .anyMatch(annotation -> annotation.toString().startsWith(JACKSON)));
    }

    @BuildStep
    ReflectiveClassBuildItem byName() {
        String[] classes = Stream.concat(
                        BY_NAME.stream(), OPTIONAL.stream().filter(QuarkusClassLoader::isClassPresentAtRuntime))
                .toArray(String[]::new);
        return ReflectiveClassBuildItem.builder(classes)
                .constructors()
                .methods()
                .build();
    }

    /** Found with {@code ServiceLoader}, unlike what Camel finds. */
    @BuildStep
    void services(BuildProducer<ServiceProviderBuildItem> services) {
        Stream.of(
                        "io.github.camelb2.BucketReaders$Factory",
                        "io.github.camelb2.ProducerOperations",
                        "io.github.camelb2.StreamProducers",
                        "org.apache.camel.spi.ContextServicePlugin")
                .map(ServiceProviderBuildItem::allProvidersFromClassPath)
                .forEach(services::produce);
    }

    @BuildStep
    NativeImageResourcePatternsBuildItem resources() {
        return NativeImageResourcePatternsBuildItem.builder()
                .includeGlobs("META-INF/io/github/camelb2/**.json", "kamelets/b2-*.kamelet.yaml")
                .build();
    }

    @BuildStep
    RuntimeInitializedClassBuildItem randomNumbers() {
        return new RuntimeInitializedClassBuildItem(NTLM);
    }

    /** What sqlite-jdbc tells of itself to the builder of the image lacks the library where the jar is not the multi-release one. */
    @BuildStep
    void sqlite(NativeImageRunnerBuildItem runner, BuildProducer<NativeImageResourceBuildItem> resources) {
        if (QuarkusClassLoader.isClassPresentAtRuntime("org.sqlite.JDBC")) {
            String system = runner.isContainerBuild() ? "linux" : System.getProperty("os.name");
            resources.produce(new NativeImageResourceBuildItem(libraryOfSqlite(system, System.getProperty("os.arch"))));
        }
    }

    /** Where sqlite-jdbc keeps the library of a system, as Java names it. */
    static String libraryOfSqlite(String system, String architecture) {
        String name = system.toLowerCase(Locale.ROOT);
        String folder = architecture.equals("amd64") ? "x86_64" : architecture;
        if (name.contains("mac")) {
            return "org/sqlite/native/Mac/" + folder + "/libsqlitejdbc.dylib";
        }
        return name.contains("windows")
                ? "org/sqlite/native/Windows/" + folder + "/sqlitejdbc.dll"
                : "org/sqlite/native/Linux/" + folder + "/libsqlitejdbc.so";
    }
}
