package io.github.camelb2.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;

/** The tables of the documentation, made from the metadata that Camel's generator wrote. */
final class DocTables {
    private static final Path METADATA =
            Path.of("src", "generated", "resources", "META-INF", "io", "github", "camelb2", "b2.json");

    private final ComponentModel model;

    private DocTables(ComponentModel model) {
        this.model = model;
    }

    static DocTables read() throws IOException {
        return new DocTables(JsonMapper.generateComponentModel(Files.readString(METADATA)));
    }

    ComponentModel model() {
        return model;
    }

    /** The table of that name, as AsciiDoc lines. */
    List<String> table(String name) {
        return switch (name) {
            case "component-options" -> options(model.getComponentOptions());
            case "endpoint-options" -> options(model.getEndpointParameterOptions());
            case "headers" -> headers();
            default -> throw new IllegalArgumentException("no table is called " + name);
        };
    }

    private static List<String> options(List<? extends BaseOptionModel> options) {
        List<String> lines = new ArrayList<>(
                List.of("[cols=\"2,1,1,5\",options=\"header\"]", "|===", "| option | type | default | what it is"));
        for (BaseOptionModel option : options) {
            lines.add("| `%s`%s | %s | %s | %s"
                    .formatted(
                            option.getName(),
                            option.isSecret() ? " (secret)" : "",
                            type(option),
                            option.getDefaultValue() == null ? "" : "`" + option.getDefaultValue() + "`",
                            escape(option.getDescription())));
        }
        lines.add("|===");
        return lines;
    }

    private List<String> headers() {
        List<String> lines =
                new ArrayList<>(List.of("[cols=\"3,2,5\",options=\"header\"]", "|===", "| header | type | what it is"));
        for (ComponentModel.EndpointHeaderModel header : model.getEndpointHeaders()) {
            lines.add("| `%s` | %s | %s".formatted(header.getName(), type(header), escape(header.getDescription())));
        }
        lines.add("|===");
        return lines;
    }

    private static String type(BaseOptionModel option) {
        if (option.getEnums() != null && !option.getEnums().isEmpty()) {
            return option.getEnums().size() > 6 ? "one of the operations" : String.join(", ", option.getEnums());
        }
        String type = "duration".equals(option.getType()) ? "duration" : option.getJavaType();
        return type.replaceAll("[a-z0-9.]+\\.([A-Z])", "$1");
    }

    private static String escape(String text) {
        return text.replace("|", "\\|").replace("{", "\\{");
    }
}
