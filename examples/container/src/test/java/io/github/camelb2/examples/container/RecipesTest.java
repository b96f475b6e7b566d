// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.container;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be known of the recipes for containers and Kubernetes without building an image or having a cluster. */
class RecipesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Map<String, Class<?>> KINDS = Map.of(
            "apps/v1 Deployment", Deployment.class,
            "batch/v1 CronJob", CronJob.class,
            "v1 PersistentVolumeClaim", PersistentVolumeClaim.class);

    /** Takes no member that Kubernetes does not have; its classes would keep any. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    static Stream<Path> manifests() {
        return Stream.of("examples/container/kubernetes.yaml", "camel-b2-cli/src/main/container/cronjob.yaml")
                .map(ROOT::resolve);
    }

    static Stream<Path> dockerfiles() {
        return Stream.of("examples/container/Dockerfile", "camel-b2-cli/src/main/container/Dockerfile")
                .map(ROOT::resolve);
    }

    private static List<Object> objects(Path manifest) throws Exception {
        List<Object> objects = new ArrayList<>();
        Load yaml = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());
        for (Object document : yaml.loadAllFromString(Files.readString(manifest))) {
            Map<?, ?> members = (Map<?, ?>) document;
            Class<?> kind = KINDS.get(members.get("apiVersion") + " " + members.get("kind"));
            assertThat(kind).as(manifest + ": " + members.get("kind")).isNotNull();
            objects.add(STRICT.convertValue(document, kind));
        }
        return objects;
    }

    private static PodSpec pod(List<Object> objects) {
        Object first = objects.get(0);
        return first instanceof Deployment deployment
                ? deployment.getSpec().getTemplate().getSpec()
                : ((CronJob) first)
                        .getSpec()
                        .getJobTemplate()
                        .getSpec()
                        .getTemplate()
                        .getSpec();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void manifestHasTheShapeThatKubernetesTakesAndIsSafe(Path manifest) throws Exception {
        List<Object> objects = objects(manifest);
        PodSpec pod = pod(objects);
        Container container = pod.getContainers().get(0);

        assertThat(container.getVolumeMounts().stream().map(VolumeMount::getName))
                .containsExactlyInAnyOrderElementsOf(
                        pod.getVolumes().stream().map(Volume::getName).toList());
        assertThat(container.getVolumeMounts().stream().map(VolumeMount::getMountPath))
                .contains("/tmp");
        assertThat(pod.getVolumes().stream()
                        .filter(volume -> volume.getPersistentVolumeClaim() != null)
                        .map(volume -> volume.getPersistentVolumeClaim().getClaimName()))
                .contains(((PersistentVolumeClaim) objects.get(1)).getMetadata().getName());
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
        assertThat(container.getEnvFrom().get(0).getSecretRef().getName()).isEqualTo("b2-key");
        assertThat(container.getResources().getLimits()).containsKey("memory");
        assertThat(Files.readString(manifest))
                .contains("create secret generic b2-key")
                .doesNotContain("latest");
    }

    @Test
    void probesAskWhatTheApplicationAnswers() throws Exception {
        Container container = pod(objects(ROOT.resolve("examples/container/kubernetes.yaml")))
                .getContainers()
                .get(0);

        assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe()))
                .extracting(Probe::getHttpGet)
                .allSatisfy(get -> assertThat(get.getPath()).isEqualTo("/observe/health/live"));
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/observe/health/ready");
        assertThat(Files.readString(Path.of("src/main/resources/application.properties")))
                .contains(
                        "camel.management.port = " + container.getPorts().get(0).getContainerPort());
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void imageCopiesWhatThereIsAndIsNotRoot(Path dockerfile) throws Exception {
        List<String> lines = Files.readAllLines(dockerfile);

        assertThat(lines)
                .contains("ENV LC_ALL=C.UTF-8", "USER 10001", "STOPSIGNAL SIGTERM", "FROM eclipse-temurin:17-jre");
        assertThat(String.join("\n", lines)).containsAnyOf("-XX:ArchiveClassesAtExit=", "make-archive .");
        for (String line :
                lines.stream().filter(line -> line.startsWith("COPY ")).toList()) {
            String[] words = line.split(" ");
            for (String source : List.of(words).subList(1, words.length - 1)) {
                assertThat(source.contains("/target/") || Files.isExecutable(ROOT.resolve(source)))
                        .as(source)
                        .isTrue();
            }
        }
    }
}
