// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.bucket;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.file.ContentTypes;
import io.github.camelb2.emulator.state.file.Protection;
import io.github.camelb2.emulator.state.file.Protection.Bypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What names, infos, rules and locks may look like, by tables. */
class RulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static ArrayNode array(String json) throws JsonProcessingException {
        return (ArrayNode) JSON.readTree("[" + json.replace('\'', '"') + "]");
    }

    private static String codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        B2Error error = catchThrowableOfType(B2Error.class, action);
        return error == null ? "fine" : error.code();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a//b", "/a", "a/", "a\\b", "..", "😀", " ", "a b+c%", "~"})
    void fileNameIsAllowed(String name) {
        assertThatCode(() -> Names.checkFile(name, Names.Rules.LENIENT)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\u0000", "a\u007Fb", "\uD83D", "a\uDE00", "\u001F"})
    void fileNameIsRefused(String name) {
        assertThat(codeOf(() -> Names.checkFile(name, Names.Rules.LENIENT))).isEqualTo("bad_request");
    }

    @Test
    void fileNameHasAtMost1024Bytes() {
        assertThat(codeOf(() -> Names.checkFile("é".repeat(512), Names.Rules.LENIENT)))
                .isEqualTo("fine");
        assertThat(codeOf(() -> Names.checkFile("é".repeat(512) + "a", Names.Rules.LENIENT)))
                .isEqualTo("bad_request");
    }

    @ParameterizedTest
    @CsvSource({
        "bucket,           fine",
        "my-bucket.2,      fine",
        "MyBucket,         fine",
        "short,            bad_request",
        "b2-bucket,        bad_request",
        "B2-bucket,        bad_request",
        "-bucket,          bad_request",
        "bucket-,          bad_request",
        "buck..et,         bad_request",
        "buck_et,          bad_request",
        "bücket,           bad_request"
    })
    void bucketNameIsChecked(String name, String code) {
        assertThat(codeOf(() -> Names.checkBucket(name))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "src_last_modified_millis, fine",
        "Upper,                    fine",
        "a.b~c!d,                  fine",
        "b2-cache-control,         fine",
        "b2-other,                 bad_request",
        "a b,                      bad_request",
        "a(b),                     bad_request",
        "'',                       bad_request"
    })
    void infoKeyIsChecked(String key, String code) {
        assertThat(codeOf(() -> Names.checkInfo(Map.of(key, "v")))).isEqualTo(code);
    }

    @Test
    void infoKeysBecomeLowerCase() {
        assertThat(Names.checkInfo(Map.of("Src_Last", "V"))).containsExactly(Map.entry("src_last", "V"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'fileNamePrefix':'','daysFromHidingToDeleting':1}                                        | fine
                    {'fileNamePrefix':'a/','daysFromUploadingToHiding':3},{'fileNamePrefix':'b/','daysFromUploadingToHiding':3} | fine
                    {'fileNamePrefix':'a','daysFromUploadingToHiding':3},{'fileNamePrefix':'a/b','daysFromUploadingToHiding':3} | bad_request
                    {'fileNamePrefix':''}                                                                     | bad_request
                    {'fileNamePrefix':'','daysFromHidingToDeleting':0}                                        | bad_request
                    {'daysFromHidingToDeleting':1}                                                            | bad_request
                    {'fileNamePrefix':'','days':1}                                                            | bad_json
                    {'fileNamePrefix':'','daysFromHidingToDeleting':'x'}                                      | bad_json
                    17 | bad_json
                    """)
    void lifecycleRulesAreChecked(String rules, String code) {
        assertThat(codeOf(() -> LifecycleRules.check(array(rules)))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'corsRuleName':'myrule','allowedOrigins':['*'],'allowedOperations':['b2_upload_file'],'maxAgeSeconds':0} | fine
                    {'corsRuleName':'short','allowedOrigins':['*'],'allowedOperations':['b2_upload_file'],'maxAgeSeconds':0}  | bad_request
                    {'corsRuleName':'b2-rule','allowedOrigins':['*'],'allowedOperations':['b2_upload_file'],'maxAgeSeconds':0} | bad_request
                    {'corsRuleName':'myrule','allowedOrigins':[],'allowedOperations':['b2_upload_file'],'maxAgeSeconds':0}    | bad_request
                    {'corsRuleName':'myrule','allowedOrigins':['*'],'allowedOperations':['b2_list'],'maxAgeSeconds':0}        | bad_request
                    {'corsRuleName':'myrule','allowedOrigins':['*'],'allowedOperations':['s3_get'],'maxAgeSeconds':86401}     | out_of_range
                    {'corsRuleName':'myrule','allowedOrigins':['*'],'allowedOperations':['s3_get']}                           | bad_request
                    """)
    void corsRulesAreChecked(String rules, String code) {
        assertThat(codeOf(() -> CorsRules.check(array(rules)))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'asReplicationSource':null,'asReplicationDestination':null}                                    | fine
                    {'asReplicationSource':{'sourceApplicationKeyId':'k','replicationRules':[{'replicationRuleName':'r','destinationBucketId':'0123456789ab000000000001'}]}} | fine
                    {'asReplicationSource':{'sourceApplicationKeyId':'k','replicationRules':[{'replicationRuleName':'r','destinationBucketId':'x'}]}} | bad_bucket_id
                    {'asReplicationSource':{'sourceApplicationKeyId':'k','replicationRules':[{'replicationRuleName':'r','destinationBucketId':'0123456789ab000000000001','priority':0}]}} | out_of_range
                    {'asReplicationSource':{'replicationRules':[]}}                                                 | bad_request
                    {'asReplicationDestination':{'sourceToDestinationKeyMapping':{'a':'b'}}}                        | fine
                    {'asReplicationDestination':{}}                                                                 | bad_request
                    """)
    void replicationIsChecked(String configuration, String code) {
        assertThat(codeOf(() ->
                        ReplicationRules.check((ObjectNode) array(configuration).get(0))))
                .isEqualTo(code);
    }

    private static String notification(String name, String prefix, String types, String url) {
        return "{'name':'" + name + "','isEnabled':true,'objectNamePrefix':'" + prefix + "','eventTypes':[" + types
                + "],'targetConfiguration':{'targetType':'webhook','url':'" + url + "'}}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    my-rule | ''  | 'b2:ObjectCreated:*'                             | https://example.com/x   | fine
                    my-rule | ''  | 'b2:ObjectCreated:Upload','b2:ObjectDeleted:*'   | http://127.0.0.1:80/x   | fine
                    my-rule | ''  | 'b2:ObjectCreated:Upload'                        | http://localhost:80/x   | fine
                    my-rule | ''  | 'b2:ObjectCreated:Upload'                        | http://example.com/x    | bad_request
                    my-rule | ''  | 'b2:ObjectCreated:Upload'                        | http://127.evil.com/x   | bad_request
                    my-rule | ''  | 'b2:ObjectCreated:Upload'                        | nonsense                | bad_request
                    rule    | ''  | 'b2:ObjectCreated:Upload'                        | https://example.com/x   | bad_request
                    b2-rule | ''  | 'b2:ObjectCreated:Upload'                        | https://example.com/x   | bad_request
                    my-rule | ''  |                                                  | https://example.com/x   | event_types_empty
                    my-rule | ''  | 'b2:ObjectRead:*'                                | https://example.com/x   | event_type_invalid
                    my-rule | ''  | 'b2:ObjectCreated:*','b2:ObjectCreated:Upload'   | https://example.com/x   | event_type_categories
                    my-rule | ''  | 'b2:ObjectDeleted:*','b2:ObjectDeleted:*'        | https://example.com/x   | event_type_overlap
                    """, nullValues = "null", quoteCharacter = '"')
    void notificationRuleIsChecked(String name, String prefix, String types, String url, String code) throws Exception {
        String rule = notification(name, prefix.equals("''") ? "" : prefix, types == null ? "" : types, url);

        assertThat(codeOf(() -> NotificationRules.check(array(rule)))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "a/,b/,'b2:ObjectCreated:*',fine",
                "a/,a/b/,'b2:ObjectCreated:*',event_type_overlap",
                "a/,a/b/,'b2:ObjectDeleted:*',fine"
            })
    void notificationRulesMayNotOverlap(String first, String second, String types, String code) throws Exception {
        String rules = notification("rule-1", first, "'b2:ObjectCreated:Upload'", "https://example.com/") + ","
                + notification("rule-2", second, types, "https://example.com/");

        assertThat(codeOf(() -> NotificationRules.check(array(rules)))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,          -,   -,   NONE,       true",
                "governance, 200, -,   NONE,       false",
                "governance, 200, -,   GOVERNANCE, true",
                "governance, 50,  -,   NONE,       true",
                "compliance, 200, -,   GOVERNANCE, false",
                "compliance, 50,  -,   NONE,       true",
                "-,          -,   on,  GOVERNANCE, false",
                "-,          -,   off, NONE,       true"
            })
    void lockDecidesAboutDeletion(String mode, Long until, String hold, Bypass bypass, boolean allowed) {
        assertThat(new Protection(mode, until, hold).allowsDelete(100, bypass)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,          -,   governance, 200, NONE,       true",
                "governance, 200, governance, 300, NONE,       true",
                "governance, 200, compliance, 300, NONE,       true",
                "governance, 200, governance, 150, NONE,       false",
                "governance, 200, governance, 150, GOVERNANCE, true",
                "governance, 200, -,          -,   NONE,       false",
                "governance, 200, -,          -,   GOVERNANCE, true",
                "compliance, 200, compliance, 300, NONE,       true",
                "compliance, 200, compliance, 150, GOVERNANCE, false",
                "compliance, 200, governance, 300, GOVERNANCE, false",
                "compliance, 200, -,          -,   GOVERNANCE, false",
                "compliance, 50,  -,          -,   NONE,       true"
            })
    void retentionIsEasierToLengthenThanToShorten(
            String mode, Long until, String newMode, Long newUntil, Bypass bypass, boolean allowed) {
        assertThat(new Protection(mode, until, null).allowsRetention(newMode, newUntil, 100, bypass))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt,         text/plain",
        "A.TXT,         text/plain",
        "dir.d/a.jpeg,  image/jpeg",
        "a.tar.gz,      application/x-gzip",
        "a.unknown,     application/octet-stream",
        "dir.txt/a,     application/octet-stream",
        ".txt,          text/plain"
    })
    void autoTypeFollowsTheLastExtension(String name, String type) {
        assertThat(ContentTypes.resolve("b2/x-auto", name)).isEqualTo(type);
        assertThat(ContentTypes.resolve("my/type", name)).isEqualTo("my/type");
    }
}
