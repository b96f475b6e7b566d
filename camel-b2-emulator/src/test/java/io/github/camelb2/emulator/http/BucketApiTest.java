// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;

class BucketApiTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private RawB2 b2;

    @BeforeEach
    void login() throws Exception {
        b2 = RawB2.login(B2.emulator());
    }

    private RawB2.Answer create(String name, String more) throws Exception {
        return b2.call(
                "b2_create_bucket",
                "{'accountId':'" + b2.accountId() + "','bucketName':'" + name + "','bucketType':'allPrivate'" + more
                        + "}");
    }

    private RawB2.Answer update(String id, String more) throws Exception {
        return b2.call(
                "b2_update_bucket", "{'accountId':'" + b2.accountId() + "','bucketId':'" + id + "'," + more + "}");
    }

    @Test
    void bucketHasAllItsMembersInOrder() throws Exception {
        JsonNode bucket = create(B2.bucketName(), "").json();

        List<String> names = new ArrayList<>();
        bucket.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "accountId",
                        "bucketId",
                        "bucketInfo",
                        "bucketName",
                        "bucketType",
                        "corsRules",
                        "defaultServerSideEncryption",
                        "fileLockConfiguration",
                        "lifecycleRules",
                        "options",
                        "replicationConfiguration",
                        "revision");
        assertThat(bucket.get("bucketId").textValue()).matches("[0-9a-f]{24}");
        assertThat(bucket.get("defaultServerSideEncryption").toString())
                .isEqualTo(
                        "{\"isClientAuthorizedToRead\":true,\"value\":{\"algorithm\":\"AES256\",\"mode\":\"SSE-B2\"}}");
        assertThat(bucket.get("fileLockConfiguration").toString())
                .isEqualTo("{\"isClientAuthorizedToRead\":true,\"value\":{\"defaultRetention\":"
                        + "{\"mode\":null,\"period\":null},\"isFileLockEnabled\":false}}");
    }

    @Test
    void namesAreUniqueWhateverTheirCase() throws Exception {
        create(B2.bucketName(), "");

        assertThat(create(B2.bucketName(), "").code()).isEqualTo("duplicate_bucket_name");
        assertThat(create(B2.bucketName().toUpperCase(java.util.Locale.ROOT), "")
                        .code())
                .isEqualTo("duplicate_bucket_name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ,'bucketInfo':{'k':'v'}                                           | fine
                    ,'bucketInfo':{'k':5}                                             | bad_json
                    ,'bucketInfo':{'a k':'v'}                                         | bad_request
                    ,'bucketInfo':{'1':'','2':'','3':'','4':'','5':'','6':'','7':'','8':'','9':'','10':'','11':''} | bad_request
                    ,'defaultServerSideEncryption':{'mode':'SSE-B2','algorithm':'AES256'} | fine
                    ,'defaultServerSideEncryption':{'mode':'none'}                    | bad_request
                    ,'defaultServerSideEncryption':{'mode':null}                      | fine
                    ,'defaultServerSideEncryption':{'mode':'SSE-C','algorithm':'AES256'} | bad_request
                    ,'defaultServerSideEncryption':{'mode':'SSE-B2'}                  | bad_request
                    ,'lifecycleRules':[{'fileNamePrefix':''}]                         | bad_request
                    ,'fileLockEnabled':true                                           | fine
                    ,'fileLockEnabled':'yes'                                          | bad_json
                    ,'defaultRetention':{'mode':null}                                 | bad_json
                    """)
    void settingsAreChecked(String more, String code) throws Exception {
        RawB2.Answer answer = create(B2.bucketName(), more);

        assertThat(answer.status() == 200 ? "fine" : answer.code()).isEqualTo(code);
    }

    @Test
    void updateReplacesWhatIsGivenAndCountsRevisions() throws Exception {
        JsonNode bucket = create(B2.bucketName(), ",'bucketInfo':{'a':'b'}").json();
        String id = bucket.get("bucketId").textValue();
        int revision = bucket.get("revision").intValue();

        JsonNode public_ = update(id, "'bucketType':'allPublic'").json();
        JsonNode info = update(id, "'bucketInfo':{'c':'d'},'ifRevisionIs':" + (revision + 1))
                .json();

        assertThat(public_.get("revision").intValue()).isEqualTo(revision + 1);
        assertThat(public_.get("bucketInfo").toString()).isEqualTo("{\"a\":\"b\"}");
        assertThat(info.get("bucketInfo").toString()).isEqualTo("{\"c\":\"d\"}");
        assertThat(info.get("bucketType").textValue()).isEqualTo("allPublic");
    }

    @Test
    void updateOfAnotherRevisionIsAConflict() throws Exception {
        String id = create(B2.bucketName(), "").text("bucketId");

        RawB2.Answer answer = update(id, "'bucketType':'allPublic','ifRevisionIs':17");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("conflict");
    }

    @Test
    void refusedUpdateChangesNothing() throws Exception {
        String id = create(B2.bucketName(), "").text("bucketId");

        RawB2.Answer answer = update(id, "'bucketType':'allPublic','lifecycleRules':[{'fileNamePrefix':''}]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(update(id, "'ifRevisionIs':2").text("bucketType")).isEqualTo("allPrivate");
    }

    @Test
    void objectLockIsTurnedOnForGood() throws Exception {
        String id = create(B2.bucketName(), "").text("bucketId");
        String retention = "'defaultRetention':{'mode':'governance','period':{'duration':7,'unit':'days'}}";

        assertThat(update(id, retention).code()).isEqualTo("bucket_missing_file_lock");
        JsonNode locked = update(id, "'fileLockEnabled':true," + retention).json();

        assertThat(locked.at("/fileLockConfiguration/value").toString())
                .isEqualTo(
                        "{\"defaultRetention\":{\"mode\":\"governance\",\"period\":{\"duration\":7,\"unit\":\"days\"}},"
                                + "\"isFileLockEnabled\":true}");
        assertThat(update(id, "'fileLockEnabled':false").code()).isEqualTo("file_lock_conflict");
        assertThat(update(id, "'defaultRetention':{'mode':'governance','period':{'duration':9,'unit':'years'}}")
                        .code())
                .isEqualTo("bad_request");
    }

    @Test
    void listIsOrderedAndFiltered() throws Exception {
        String first = create(B2.bucketName("aaa"), "").text("bucketName");
        String second = create(B2.bucketName("bbb"), "").text("bucketName");
        String list = "{'accountId':'" + b2.accountId() + "'";

        assertThat(b2.call("b2_list_buckets", list + "}").json().findValuesAsText("bucketName"))
                .containsSubsequence(first, second)
                .isSorted();
        assertThat(b2.call("b2_list_buckets", list + ",'bucketName':'" + first + "'}")
                        .json()
                        .findValuesAsText("bucketName"))
                .containsExactly(first);
        assertThat(b2.call("b2_list_buckets", list + ",'bucketName':'no-such-bucket'}")
                        .json()
                        .get("buckets"))
                .isEmpty();
        assertThat(b2.call("b2_list_buckets", list + ",'bucketTypes':['allPublic']}")
                        .json()
                        .findValuesAsText("bucketName"))
                .doesNotContain(first, second);
        assertThat(b2.call("b2_list_buckets", list + ",'bucketTypes':['all','allPublic']}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void bucketWithAnythingInItStays() throws Exception {
        String id = create(B2.bucketName(), "").text("bucketId");
        String delete = "{'accountId':'" + b2.accountId() + "','bucketId':'" + id + "'}";
        String large = b2.call(
                        "b2_start_large_file", "{'bucketId':'" + id + "','fileName':'big','contentType':'b2/x-auto'}")
                .text("fileId");

        assertThat(b2.call("b2_delete_bucket", delete).code()).isEqualTo("cannot_delete_non_empty_bucket");
        b2.call("b2_cancel_large_file", "{'fileId':'" + large + "'}");

        assertThat(b2.call("b2_delete_bucket", delete).text("bucketName")).isEqualTo(B2.bucketName());
        assertThat(b2.call("b2_delete_bucket", delete).code()).isEqualTo("bad_bucket_id");
    }
}
