// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.endpoint;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Camel's language server, which editors start, completes what the file for editors tells it of. */
@Tag("full")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LanguageServerTest {
    private static final Path SERVERS = Path.of("target", "language-server");
    private static final Path FOR_EDITORS =
            Path.of("src", "main", "generated", "resources", "camel-b2-extra-components.json");

    @TempDir
    Path directory;

    private final ObjectMapper json = new ObjectMapper();
    private Process server;
    private int requests;

    @BeforeEach
    void startAsAnEditorDoes() throws IOException {
        try (Stream<Path> jars = Files.list(SERVERS)) {
            server = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-jar",
                            jars.findFirst().orElseThrow().toString())
                    .redirectError(new File(directory.toFile(), "server.log"))
                    .start();
        }
        ObjectNode settings = json.createObjectNode();
        settings.putObject("camel").set("extra-components", json.readTree(FOR_EDITORS.toFile()));
        ObjectNode parameters = json.createObjectNode();
        parameters.putObject("capabilities");
        parameters.putNull("rootUri");
        parameters.set("initializationOptions", settings);
        ask("initialize", parameters);
        tell("initialized", json.createObjectNode());
        tell("workspace/didChangeConfiguration", json.createObjectNode().set("settings", settings));
    }

    @AfterEach
    void stop() {
        server.destroyForcibly();
    }

    @Test
    void optionsOfBothComponentsAreCompletedInYamlAndXml() throws IOException {
        assertThat(completed("a.camel.yaml", "- route:\n    from:\n      uri: b2:bucket?"))
                .contains("deleteAfterRead", "prefix", "moveAfterRead")
                .hasSizeGreaterThan(30);
        assertThat(completed("b.camel.yaml", "- route:\n    from:\n      uri: b2-sync:docs?"))
                .contains("keepMode", "workers");
        assertThat(
                        completed(
                                "c.xml",
                                "<camelContext xmlns=\"http://camel.apache.org/schema/spring\"><route><from uri=\"b2:bucket?ret"))
                .contains("retryTimeout")
                .doesNotContain("prefix");
    }

    /** What is offered at the end of that text. */
    private List<String> completed(String name, String text) throws IOException {
        String uri = directory.resolve(name).toUri().toString();
        String rest = name.endsWith("xml") ? "\"/></route></camelContext>" : "";
        tell(
                "textDocument/didOpen",
                json.valueToTree(Map.of(
                        "textDocument",
                        Map.of(
                                "uri",
                                uri,
                                "languageId",
                                name.replaceAll(".*\\.", ""),
                                "version",
                                1,
                                "text",
                                text + rest))));
        List<String> lines = text.lines().toList();
        JsonNode found = ask(
                "textDocument/completion",
                json.valueToTree(Map.of(
                        "textDocument",
                        Map.of("uri", uri),
                        "position",
                        Map.of(
                                "line",
                                lines.size() - 1,
                                "character",
                                lines.get(lines.size() - 1).length()))));
        List<String> labels = new ArrayList<>();
        (found.isArray() ? found : found.path("items"))
                .forEach(item -> labels.add(item.path("label").asText()));
        return labels;
    }

    private JsonNode ask(String method, JsonNode parameters) throws IOException {
        int id = ++requests;
        send(json.createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method)
                .set("params", parameters));
        while (true) {
            JsonNode answer = read();
            if (answer.path("id").asInt() == id && !answer.has("method")) {
                return answer.path("result");
            }
        }
    }

    private void tell(String method, JsonNode parameters) throws IOException {
        send(json.createObjectNode().put("jsonrpc", "2.0").put("method", method).set("params", parameters));
    }

    private void send(JsonNode message) throws IOException {
        byte[] body = json.writeValueAsBytes(message);
        OutputStream out = server.getOutputStream();
        out.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private JsonNode read() throws IOException {
        InputStream in = server.getInputStream();
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("Content-Length:")) {
                length = Integer.parseInt(
                        line.substring("Content-Length:".length()).strip());
            }
        }
        return json.readTree(in.readNBytes(length));
    }

    private String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new IOException("The server has ended: " + Files.readString(directory.resolve("server.log")));
            }
            line.append((char) each);
        }
        return line.toString().strip();
    }
}
