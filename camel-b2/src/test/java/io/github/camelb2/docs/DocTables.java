// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.operation.OptionCheck;
import io.github.camelb2.operation.header.Reads;

/** The tables of the documentation, made from the metadata that Camel's generator wrote. */
public final class DocTables {
    private static final Path METADATA =
            Path.of("src", "generated", "resources", "META-INF", "io", "github", "camelb2", "b2.json");

    /** Who writes which headers; what no line matches is written by no step. */
    private static final Map<String, String> WRITERS = writers();

    private static Map<String, String> writers() {
        String makers = "uploadFile copyFile concatenateFiles appendFile updateFileInfo";
        Map<String, String> writers = new LinkedHashMap<>();
        writers.put("CamelB2Found(Bucket(Id|Type|Info|Revision)|CorsRules|LifecycleRules)", "getBucket");
        writers.put("CamelB2FoundBucketName", "consumer downloadFile getFileInfo getBucket");
        writers.put("CamelB2FoundKey.*", "getKey");
        writers.put("CamelB2FoundOutcome", "downloadFile");
        writers.put("CamelB2Found.*", "consumer downloadFile getFileInfo");
        writers.put(
                "CamelB2(FileName|FileId|BucketName|BucketId|UploadTimestamp|Action|ReplicationStatus)",
                "consumer downloadFile getFileInfo");
        writers.put("CamelB2Produced(BucketId|BucketType|BucketRevision)", "createBucket updateBucket deleteBucket");
        writers.put(
                "CamelB2ProducedBucketName",
                makers + " hideFile unhideFile deleteFileVersion createBucket updateBucket deleteBucket");
        writers.put("CamelB2ProducedKey.*", "createKey deleteKey");
        writers.put("CamelB2Produced(FileName|FileId)", makers + " hideFile unhideFile deleteFileVersion");
        writers.put("CamelB2Produced.*", makers + " hideFile");
        writers.put("CamelB2DownloadLink", "createDownloadLink");
        writers.put("CamelB2ReplicationLag", "getReplicationStatus");
        for (String header :
                List.of("CamelB2EventType", "CamelB2EventId", "CamelB2EventTimestamp", "CamelB2EventRule")) {
            writers.put(header, "consumer");
        }
        writers.put("CamelB2DownloadAuthorization", "getDownloadAuthorization");
        writers.put("CamelOverruleFileName", "");
        writers.put("Camel(File.*|MessageTimestamp)", "consumer");
        return writers;
    }

    /** They go before the options, in every operation. */
    private static final Set<String> ORDERS = Set.of(
            B2Constants.OPERATION,
            B2Constants.OVERRIDE_BUCKET_NAME,
            B2Constants.OVERRIDE_FILE_NAME,
            B2Constants.OVERRIDE_FILE_ID);

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
        List<String> lines = new ArrayList<>(List.of(
                "[cols=\"3,2,5,2,3\",options=\"header\"]",
                "|===",
                "| header | type | what it is | written by | read by"));
        for (ComponentModel.EndpointHeaderModel header : model.getEndpointHeaders()) {
            lines.add("| `%s` | %s | %s | %s | %s"
                    .formatted(
                            header.getName(),
                            type(header),
                            escape(header.getDescription()),
                            String.join(", ", writers(header.getName())),
                            String.join(", ", readers(header.getName()))));
        }
        lines.add("|===");
        return lines;
    }

    /** Which steps write the header; {@code consumer} beside operations. */
    public static List<String> writers(String header) {
        return WRITERS.entrySet().stream()
                .filter(it -> header.matches(it.getKey()))
                .findFirst()
                .map(it -> Arrays.stream(it.getValue().split(" "))
                        .filter(name -> !name.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** What an operation reads beside what all do, as a line of its section. */
    static List<String> inputs(B2Operations operation) {
        List<String> headers = Reads.headers(operation).stream()
                .filter(it -> !ORDERS.contains(it))
                .sorted()
                .toList();
        String options = code(OptionCheck.options(operation));
        String read = headers.isEmpty()
                ? "no header and no option of its own"
                : "the headers " + code(headers) + (options.isEmpty() ? "" : "; the options " + options);
        return List.of(
                "*Reads:* " + (headers.isEmpty() && !options.isEmpty() ? "the options " + options : read) + ". +");
    }

    private static String code(Collection<String> names) {
        return names.stream().map(it -> "`" + it + "`").collect(Collectors.joining(", "));
    }

    /** Which operations read the header. */
    private static List<String> readers(String header) {
        List<String> readers = Arrays.stream(B2Operations.values())
                .filter(it -> Reads.obeys(it, header))
                .map(Enum::name)
                .toList();
        return readers.size() == B2Operations.values().length ? List.of("all operations") : readers;
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
