// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.tools.ToolProvider;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.account.InMemoryAccountInfoRepository;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where an endpoint looks for its client before it asks for a key. */
class RegistryClientTest extends B2TestSupport {
    @Test
    void theOnlyClientOfTheRegistryIsTaken() throws Exception {
        String bucket = B2.createBucket();
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration());
                CamelContext other = new DefaultCamelContext()) {
            other.getRegistry().bind("ours", lease.client());
            other.start();

            Exchange answer = upload(other, "b2:" + bucket + "?fileName=a.txt");

            assertThat(answer.getException()).isNull();
            assertThat(b2().state().names(bucket)).containsExactly("a.txt");
            assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
        }
    }

    @Test
    void aKeyOfTheComponentOrTheEndpointGoesBeforeTheClientOfTheRegistry() throws Exception {
        try (B2Emulator another = B2Emulator.start();
                B2ClientLease lease = component().borrowClient(component().getConfiguration());
                CamelContext other = new DefaultCamelContext()) {
            another.state().createBucket("theirs");
            other.getRegistry().bind("ours", lease.client());
            B2Component theirs = new B2Component();
            theirs.getConfiguration().setRealm(another.url());
            theirs.getConfiguration().setApplicationKeyId(another.applicationKeyId());
            theirs.getConfiguration().setApplicationKey(another.applicationKey());
            other.addComponent("b2theirs", theirs);
            other.start();
            String bucket = B2.createBucket();
            String key = "&realm=" + another.url() + "&applicationKeyId=" + another.applicationKeyId()
                    + "&applicationKey=RAW(" + another.applicationKey() + ")";

            assertThat(upload(other, "b2:" + bucket + "?fileName=ours").getException())
                    .isNull();
            assertThat(upload(other, "b2theirs:theirs?fileName=component").getException())
                    .isNull();
            assertThat(upload(other, "b2:theirs?fileName=endpoint" + key).getException())
                    .isNull();
            assertThat(upload(other, "b2theirs:" + bucket + "?fileName=named&b2Client=#ours")
                            .getException())
                    .isNull();

            assertThat(another.state().names("theirs")).containsExactly("component", "endpoint");
            assertThat(b2().state().names(bucket)).containsExactly("named", "ours");
        }
    }

    @Test
    void theOnlyRepositoryOfTheRegistryIsGivenToNoComponentThatDoesNotNameIt() throws Exception {
        InMemoryAccountInfoRepository ours = new InMemoryAccountInfoRepository();
        try (B2Emulator another = B2Emulator.start();
                CamelContext other = new DefaultCamelContext()) {
            another.state().createBucket("theirs");
            String bucket = B2.createBucket();
            other.getRegistry().bind("ours", ours);
            other.addComponent("b2", component(b2()));
            other.addComponent("b2theirs", component(another));
            other.addComponent("b2named", named(ours));
            B2Component open = new B2Component();
            open.getConfiguration().setDownloadUrl(another.url());
            other.addComponent("b2open", open);
            other.start();

            assertThat(upload(other, "b2named:" + bucket + "?fileName=1").getException())
                    .isNull();
            assertThat(upload(other, "b2theirs:theirs?fileName=2").getException())
                    .isNull();
            assertThat(upload(other, "b2:" + bucket + "?fileName=3").getException())
                    .isNull();
            // Our login must not go to the host where that component reads public files.
            assertThat(upload(other, "b2open:theirs?operation=fileExists&fileName=2")
                            .getException())
                    .hasMessageNotContaining("bad_auth_token");

            assertThat(another.requests("b2_download_file_by_name"))
                    .isNotEmpty()
                    .allSatisfy(request ->
                            assertThat(request.header("Authorization")).isEmpty());
            assertThat(ours.find().orElseThrow().realm()).isEqualTo(b2().url());
        }
    }

    private static B2Component component(B2Emulator service) {
        B2Component made = new B2Component();
        made.getConfiguration().setRealm(service.url());
        made.getConfiguration().setApplicationKeyId(service.applicationKeyId());
        made.getConfiguration().setApplicationKey(service.applicationKey());
        return made;
    }

    private static B2Component named(AccountInfoRepository repository) {
        B2Component made = component(b2());
        made.getConfiguration().setAccountInfoRepository(repository);
        return made;
    }

    @Test
    void withoutKeyAndClientTheOptionsToSetAreNamed() throws Exception {
        try (CamelContext other = new DefaultCamelContext()) {
            other.start();

            assertThatThrownBy(() -> upload(other, "b2:some-bucket?fileName=a.txt"))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("camel.component.b2.applicationKeyId")
                    .hasMessageContaining("useDefaultCredentials=true")
                    .hasMessageContaining("b2Client");
        }
    }

    /** Only where Spring Boot is: the class is made here, so that it is not on the class path of all tests. */
    @Test
    void underSpringBootTheErrorSaysWhyThePropertiesWereNotSeen(@TempDir Path directory) throws Exception {
        Path source = Files.createDirectories(directory.resolve("org/springframework/boot"))
                .resolve("SpringApplication.java");
        Files.writeString(source, "package org.springframework.boot; public class SpringApplication {}");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", source.toString()))
                .isZero();
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {directory.toUri().toURL()});
                CamelContext boot = new DefaultCamelContext();
                CamelContext plain = new DefaultCamelContext()) {
            boot.setApplicationContextClassLoader(loader);
            boot.start();
            plain.start();

            assertThatThrownBy(() -> upload(boot, "b2:some-bucket?fileName=a.txt"))
                    .rootCause()
                    .hasMessageContaining("io.github.camelb2:camel-b2-starter")
                    .hasMessageContaining("B2Component named b2");
            assertThatThrownBy(() -> upload(plain, "b2:some-bucket?fileName=a.txt"))
                    .rootCause()
                    .hasMessageNotContaining("Spring Boot");
        }
    }

    private static Exchange upload(CamelContext context, String uri) {
        return context.createFluentProducerTemplate()
                .to(uri)
                .withProcessor(exchange -> exchange.getMessage().setBody("body"))
                .request(Exchange.class);
    }
}
