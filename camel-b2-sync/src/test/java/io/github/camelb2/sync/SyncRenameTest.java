// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.wire.PathPlanJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A file that was moved is copied inside B2 before its old name goes, and uploaded where that would be wrong. */
class SyncRenameTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";
    private static final String SHA1 = "trackRenames=sha1";
    private static final String TIME = "trackRenames=sizeAndTime";

    @AfterEach
    void noFaults() {
        B2.emulator().faults().clear();
    }

    private void move(String from, String to) throws Exception {
        Path target = source.resolve(to);
        Files.createDirectories(target.getParent());
        Files.move(source.resolve(from), target);
    }

    private static void isMoved(SyncReport report, ActionKind kind, long renames, long uploads) {
        assertThat(report.isComplete()).as(String.valueOf(report)).isTrue();
        assertThat(report.done(kind).actions()).as(String.valueOf(report)).isEqualTo(renames);
        assertThat(report.done(ActionKind.UPLOAD).actions())
                .as(String.valueOf(report))
                .isEqualTo(uploads);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHA1, TIME})
    void movedFileIsCopiedInsideTheBucketAndItsOldNameGoesBehindThat(String mode) throws Exception {
        Path file = given(source, "z/a", "moved", 100);
        given(source, "stays", "stays", 100);
        given(source, "empty", "", 100);
        sync(source.toString(), bucketUri(), mode);
        move("z/a", "b/c d");
        move("empty", "empty2");
        given(source, "new", "another", 100);

        SyncReport report = sync(source.toString(), bucketUri(), DELETE, mode, "contentType=text/x-moved");

        isMoved(report, mode.equals(SHA1) ? ActionKind.RENAME : ActionKind.RENAME_BY_TIME, 1, 2);
        assertThat(bucketTree()).containsEntry("b/c d", "moved").containsOnlyKeys("b/c d", "stays", "new", "empty2");
        assertThat(lines().stream().filter(line -> line.startsWith("rename"))).containsExactly("rename z/a 'b/c d'");
        assertThat(lines().stream().filter(line -> line.contains("z/a")).reduce((one, other) -> other))
                .hasValueSatisfying(line -> assertThat(line).startsWith("delete z/a"));
        assertThat(sync(source.toString(), bucketUri(), DELETE, mode).actions()).isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    void aWholeDirectoryMovesAndOneVersionServesTwoCopies() throws Exception {
        for (int i = 0; i < 50; i++) {
            given(source, "old/" + i, "content " + i, 100);
        }
        sync(source.toString(), bucketUri(), SHA1);
        Files.move(source.resolve("old"), source.resolve("new"));
        Files.copy(source.resolve("new/7"), source.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);

        SyncReport report = sync(source.toString(), bucketUri(), DELETE, SHA1, "workers=8");

        isMoved(report, ActionKind.RENAME, 51, 0);
        assertThat(bucketTree()).hasSize(51).containsEntry("copy", "content 7").containsEntry("new/49", "content 49");
    }

    @Test
    void whatKeepsItsOldNameIsCopiedAsWell() throws Exception {
        given(source, "a", "moved", 100);
        sync(source.toString(), bucketUri());
        move("a", "b/b");

        isMoved(sync(source.toString(), bucketUri(), SHA1), ActionKind.RENAME, 1, 0);

        assertThat(bucketTree()).containsOnlyKeys("a", "b/b");
    }

    @Test
    void digestThatB2HasNotVerifiedProvesNothing() throws Exception {
        uploadUnverified("a", "moved");
        given(source, "z", "moved", 100);

        SyncReport report = sync(source.toString(), bucketUri(), DELETE, SHA1);

        isMoved(report, ActionKind.RENAME, 0, 1);
        assertThat(bucketTree()).containsOnlyKeys("z");
    }

    private void uploadUnverified(String name, String content) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        String key = B2.emulator().applicationKeyId() + ":" + B2.emulator().applicationKey();
        JsonNode login = json(
                http,
                HttpRequest.newBuilder(URI.create(B2.emulator().url() + "/b2api/v3/b2_authorize_account"))
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8))));
        String token = login.get("authorizationToken").asText();
        JsonNode buckets = json(
                http,
                HttpRequest.newBuilder(URI.create(B2.emulator().url() + "/b2api/v3/b2_list_buckets"))
                        .header("Authorization", token)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"accountId\":\""
                                + login.get("accountId").asText() + "\",\"bucketName\":\"" + bucket + "\"}")));
        JsonNode place = json(
                http,
                HttpRequest.newBuilder(URI.create(B2.emulator().url() + "/b2api/v3/b2_get_upload_url?bucketId="
                                + buckets.at("/buckets/0/bucketId").asText()))
                        .header("Authorization", token));
        JsonNode stored = json(
                http,
                HttpRequest.newBuilder(URI.create(place.get("uploadUrl").asText()))
                        .header("Authorization", place.get("authorizationToken").asText())
                        .header("X-Bz-File-Name", name)
                        .header("Content-Type", "text/plain")
                        .header("X-Bz-Content-Sha1", "do_not_verify")
                        .POST(HttpRequest.BodyPublishers.ofString(content)));
        assertThat(stored.get("contentSha1").asText()).startsWith("unverified:");
    }

    private static JsonNode json(HttpClient http, HttpRequest.Builder request) throws Exception {
        return new ObjectMapper()
                .readTree(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    @Test
    void renameWhoseCopyIsRefusedBecomesAnUpload() throws Exception {
        given(source, "a", "moved", 100);
        sync(source.toString(), bucketUri());
        move("a", "z");
        B2.emulator().faults().add("b2_copy_file #1: status 400 bad_request");

        SyncReport report = sync(source.toString(), bucketUri(), DELETE, SHA1);

        isMoved(report, ActionKind.RENAME, 0, 1);
        assertThat(lines().get(0)).isEqualTo("upload z");
        assertThat(bucketTree()).containsOnlyKeys("z");
    }

    @Test
    void whatCouldNotBeStoredInAnyWayKeepsItsOldName() throws Exception {
        given(source, "a", "moved", 100);
        sync(source.toString(), bucketUri());
        move("a", "z");
        B2.emulator().faults().add("b2_copy_file: status 400 bad_request");
        B2.emulator().faults().add("b2_upload_file: status 400 bad_request");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, SHA1);

        assertThat(report.failures()).extracting(Problem::path).containsExactly("z");
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    /** Of the same size and time: nothing else would ever notice. */
    @Test
    void fileThatTakesThePlaceOfTheMovedOneMeanwhileIsUploaded() throws Exception {
        given(source, "a", "moved", 100);
        Path other = given(temp, "other", "OTHER", 100);
        sync(source.toString(), bucketUri());
        move("a", "z");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:swap")
                        .to(uri(source, bucketUri(), "mode=plan", SHA1, DELETE))
                        .split(body())
                        .streaming()
                        .process(exchange -> {
                            if (Files.exists(other)) {
                                Files.move(other, source.resolve("z"), StandardCopyOption.REPLACE_EXISTING);
                            }
                        })
                        .to(uri(source, bucketUri(), "mode=execute", SHA1, DELETE))
                        .end()
                        .process(new SyncReportProcessor());
            }
        });

        SyncReport report = template.requestBody("direct:swap", "", SyncReport.class);

        isMoved(report, ActionKind.RENAME, 0, 1);
        assertThat(bucketTree()).containsOnlyKeys("z").containsEntry("z", "OTHER");
    }

    @Test
    void filesOfOneSizeAndTimeAreNotTakenForEachOther() throws Exception {
        given(source, "a", "11111", 100);
        given(source, "b", "22222", 100);
        given(source, "c", "33333", 50);
        sync(source.toString(), bucketUri());
        move("a", "x");
        move("b", "y");
        move("c", "z");
        Files.copy(source.resolve("z"), source.resolve("zz"), StandardCopyOption.COPY_ATTRIBUTES);

        SyncReport report = sync(source.toString(), bucketUri(), DELETE, TIME);

        isMoved(report, ActionKind.RENAME_BY_TIME, 0, 4);
        assertThat(bucketTree())
                .containsEntry("x", "11111")
                .containsEntry("y", "22222")
                .containsEntry("zz", "33333")
                .hasSize(4);
    }

    @Test
    void largeFileMovesWithTheDigestThatItsUploadTold() throws Exception {
        Files.write(source.resolve("large"), new byte[250_000]);
        sync(source.toString(), bucketUri(), SHA1);
        move("large", "d/large");

        isMoved(sync(source.toString(), bucketUri(), DELETE, SHA1), ActionKind.RENAME, 1, 0);
        move("d/large", "e/large");
        isMoved(sync(source.toString(), bucketUri(), DELETE, SHA1), ActionKind.RENAME, 1, 0);

        assertThat(B2.emulator().state().bytes(bucket, "e/large")).hasSize(250_000);
        assertThat(bucketTree()).hasSize(1);
    }

    @Test
    void aPlanOfARenameIsCarriedOutFromItsJsonToo() throws Exception {
        given(source, "a", "moved", 100);
        sync(source.toString(), bucketUri());
        move("a", "z");
        List<String> plans = new ArrayList<>();
        Properties known = new Properties();
        known.setProperty("directory", source.toString());
        known.setProperty("bucket", bucket);
        context.getPropertiesComponent().setInitialProperties(known);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:plan")
                        .to(uri(source, bucketUri(), "mode=plan", SHA1, DELETE))
                        .split(body())
                        .streaming()
                        .process(exchange -> {
                            String json =
                                    PathPlanJson.write(exchange.getMessage().getBody(PathPlan.class));
                            plans.add(json);
                            exchange.getMessage().setBody(json);
                        })
                        .to(uri(source, bucketUri(), "mode=execute", SHA1, DELETE))
                        .end()
                        .process(new SyncReportProcessor());
                from("direct:moved")
                        .to(
                                "b2-sync:moved?source={{directory}}&destination=b2://{{bucket}}/photos&keepMode=delete&trackRenames=sha1");
            }
        });

        isMoved(template.requestBody("direct:plan", "", SyncReport.class), ActionKind.RENAME, 1, 0);

        assertThat(plans.get(0)).contains("\"action\":\"rename\"").contains("\"from\":\"a\"");
        assertThat(bucketTree()).containsOnlyKeys("z");
        template.requestBody("direct:moved", "");
        assertThat(bucketTree()).containsOnlyKeys("z", "photos/z");
    }

    @Test
    void aDryRunSaysWhatWouldMove() throws Exception {
        given(source, "a", "moved", 100);
        sync(source.toString(), bucketUri());
        move("a", "z");

        sync(source.toString(), bucketUri(), DELETE, SHA1, "dryRun=true");

        assertThat(lines()).containsExactly("rename a z", "delete a ");
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    @Test
    void aBucketAsSourceIsRefused() {
        assertThatThrownBy(() -> context.getEndpoint(uri(bucketUri(), destination, SHA1)))
                .hasStackTraceContaining("Option trackRenames=sha1 cannot be: it saves uploads");
    }

    @Test
    void nothingGoesWhereAListingBreaksOff() throws Exception {
        given(source, "a", "moved", 100);
        sync(source.toString(), bucketUri());
        move("a", "z");
        given(source, "b", "new", 100);
        B2.emulator().faults().add("b2_list_file_versions: status 400 bad_request");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, SHA1);

        assertThat(report.failures()).extracting(Problem::kind).contains(Problem.Kind.SCAN_BROKEN);
        assertThat(bucketTree()).containsKey("a");
    }
}
