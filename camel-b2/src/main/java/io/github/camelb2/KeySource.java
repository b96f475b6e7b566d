// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.function.UnaryOperator;

import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.account.DefaultCredentials;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.Credentials;

/** Finds the application key that the options mean. */
final class KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(KeySource.class);

    private KeySource() {}

    /**
     * A key and where it is for.
     *
     * @param credentials null to use the login in the repository
     * @param realm null for production, or for that of the login in the repository
     */
    record Login(
            @Nullable Credentials credentials, @Nullable String realm) {}

    /** Whether the options say whose key it is, apart from a client or a repository that they may have found. */
    static boolean isNamedIn(B2Configuration options) {
        return options.getApplicationKeyId() != null
                || options.getApplicationKey() != null
                || options.isUseDefaultCredentials();
    }

    /**
     * The key of the options, else, if they say so, the default one, else the login in their repository.
     *
     * @param remembering puts a memory in front of a repository, for when it is down
     * @throws IllegalArgumentException if there is none, or only one half; the message names the options
     */
    static Login resolve(
            B2Configuration options, UnaryOperator<AccountInfoRepository> remembering, CamelContext context) {
        String keyId = options.getApplicationKeyId();
        String key = options.getApplicationKey();
        if (keyId != null && key != null) {
            return new Login(new Credentials(keyId, key), options.getRealm());
        }
        if (keyId != null || key != null) {
            throw new IllegalArgumentException("Option " + (keyId == null ? "applicationKeyId" : "applicationKey")
                    + " is missing: applicationKeyId and applicationKey belong together, set both");
        }
        AccountInfoRepository repository = options.getAccountInfoRepository();
        if (options.isUseDefaultCredentials()) {
            DefaultCredentials found = DefaultCredentials.resolve(
                    System::getenv, options.getRealm(), repository == null ? null : remembering.apply(repository));
            LOG.debug("Using the B2 application key of {}", found.source());
            return new Login(found.credentials(), found.realm());
        }
        if (repository != null) {
            return new Login(null, options.getRealm());
        }
        if (options.getDownloadUrl() != null) {
            return new Login(null, options.getRealm());
        }
        throw new IllegalArgumentException("No B2 application key: set the options applicationKeyId and applicationKey"
                + " of the component (camel.component.b2.applicationKeyId and camel.component.b2.applicationKey), or"
                + " useDefaultCredentials=true, or accountInfoRepository, or b2Client, or downloadUrl to read public files"
                + adviceForSpringBoot(context));
    }

    /** Spring Boot binds camel.component.* for components that have a starter, and says nothing of the others. */
    private static String adviceForSpringBoot(CamelContext context) {
        if (context.getClassResolver().resolveClass("org.springframework.boot.SpringApplication") == null) {
            return "";
        }
        return context.getClassResolver().resolveClass("io.github.camelb2.springboot.B2AutoConfiguration") == null
                ? ". Under Spring Boot, properties camel.component.b2.* are seen only through the starter of this component:"
                        + " add the dependency io.github.camelb2:camel-b2-starter, or configure it in Java: a bean of type"
                        + " B2Component named b2, or a ComponentCustomizer"
                : ". Under Spring Boot, a component gets the properties camel.component.NAME.* of its own name: those of b2"
                        + " do not count for a bean of type B2Component with another name";
    }
}
