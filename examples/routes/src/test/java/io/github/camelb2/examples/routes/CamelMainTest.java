// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import java.io.StringReader;
import java.util.Properties;

import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** The settings of jbang.adoc, given to Camel Main. */
class CamelMainTest {

    @Test
    void settingsOfThePageMakeTwoAccounts() throws Exception {
        try (B2Emulator first = B2Emulator.start();
                B2Emulator second = B2Emulator.start()) {
            Main main = new Main();
            main.setOverrideProperties(settings(first, second));
            main.start();
            try {
                for (String account : new String[] {"b2", "archive"}) {
                    main.getCamelTemplate()
                            .sendBody(account + ":stored?fileName=by-" + account + "&autoCreateBucket=true", account);
                }
            } finally {
                main.stop();
            }

            assertThat(first.state().names("stored")).containsExactly("by-b2");
            assertThat(second.state().names("stored")).containsExactly("by-archive");
        }
    }

    /** Those of the page, with the keys and addresses of two services where it refers to the environment. */
    private static Properties settings(B2Emulator first, B2Emulator second) throws Exception {
        String text = snippet("camel.component.b2.realm=") + snippet("camel.beans.archive=#class:")
                + "camel.beans.archive.realm=" + second.url();
        Properties settings = new Properties();
        settings.load(new StringReader(text.replace("{{env:B2_APPLICATION_KEY_ID}}", first.applicationKeyId())
                .replace("{{env:B2_APPLICATION_KEY}}", first.applicationKey())
                .replace("{{env:B2_ENVIRONMENT:production}}", first.url())
                .replace("{{env:ARCHIVE_KEY_ID}}", second.applicationKeyId())
                .replace("{{env:ARCHIVE_KEY}}", second.applicationKey())));
        assertThat(settings.values()).noneMatch(value -> value.toString().contains("{{"));
        return settings;
    }

    private static String snippet(String part) {
        return Snippets.all().stream()
                .filter(snippet -> snippet.page().endsWith("jbang.adoc")
                        && snippet.language().equals("properties"))
                .map(Snippets.Snippet::text)
                .filter(text -> text.contains(part))
                .findFirst()
                .orElseThrow();
    }
}
