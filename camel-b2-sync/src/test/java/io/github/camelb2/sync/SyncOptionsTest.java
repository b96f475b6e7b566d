// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.transfer.plan.WorkerCount;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.run.SyncJob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every option is judged when the endpoint is made: the message names it, its value and what to write. */
class SyncOptionsTest {
    private static final String SIDES = "&source=/data&destination=b2://bucket/p";

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "maxBytesPerSecond=fast          | Option maxBytesPerSecond=fast cannot be: 'fast' is no size; write 2MB, off, or times",
                "workers=0                       | Option workers=0 cannot be: write a number from 1 to 1000, or auto",
                "workers=1001                    | Option workers=1001 cannot be: write a number from 1 to 1000, or auto",
                "mode=go                         | Option mode=go cannot be: write one of apply, check, estimate, execute, explain, plan, run, scrub, work",
                "asOf=soon                       | Option asOf=soon cannot be: write a time as 2026-01-31T08:00:00Z, or -3d",
                "asOf=-3d                        | Option asOf=-3d cannot be: a directory keeps no older versions",
                "verify=much                     | Option verify=much cannot be: write one of content, digest, metadata",
                "verify=digest&sample=5          | Option sample=5 cannot be: write a share of the files, as 5%",
                "verify=digest&sample=0%25       | Option sample=0% cannot be: write a share of the files, as 5%",
                "mode=check&sample=5%25          | Option sample=5% cannot be: it needs verify=digest or verify=content",
                "mode=check&compareMode=none     | Option compareMode=none cannot be: with mode=check nothing would be compared",
                "checkFile=/data/x               | Option checkFile=/data/x cannot be: it lies in /data, which is synced",
                "combinedFile=/data/x            | Option combinedFile=/data/x cannot be: it lies in /data, which is synced",
                "mode=check&certificateFile=/tmp/c.json | Option certificateFile=/tmp/c.json cannot be: it is signed with planKey, which is missing",
                "mode=check&certificateFile=/tmp/c | Option certificateFile=/tmp/c cannot be: write the name of a file that ends in .json",
                "mode=scrub&scrubBytes=1GB       | Options scrubBytes and scrubCost need scrubFile or scrubDataSource",
                "mode=scrub&scrubFile=/tmp/s&scrubBytes=much | Option scrubBytes=much is not a size",
                "mode=scrub&scrubFile=/tmp/s&scrubCost=0 | Option scrubCost=0 cannot be: write an amount above 0",
                "mode=scrub&scrubFile=/data/s    | Option scrubFile=/data/s cannot be: it lies in /data, which is synced",
                "repair=true                     | Option repair=true cannot be: it has a meaning only with mode=scrub",
                "path=a                          | Option path=a cannot be: it has a meaning only with mode=explain",
                "rate=5MB                        | Option rate=5MB cannot be: it has a meaning only with mode=scrub; write maxBytesPerSecond",
                "mode=scrub&rate=fast            | Option rate=fast cannot be: write a size a second as 5MB",
                "mode=scrub&rate=5MB&maxBytesPerSecond=1MB | Option rate=5MB cannot be: maxBytesPerSecond is set as well",
                "scrubEvery=0                    | Option scrubEvery=0 cannot be: write a time, as 30d",
                "mode=apply                      | Option planFile is missing: mode=apply carries out the plan that mode=plan has written there",
                "planFile=/tmp/p                 | Option planFile=/tmp/p cannot be: it has a meaning only with mode=plan and mode=apply",
                "mode=plan&planFile=/data/p      | Option planFile=/data/p cannot be: it lies in /data, which is synced",
                "mode=plan&planFile=/tmp         | Option planFile=/tmp cannot be: it is a directory",
                "planMaxAge=0                    | Option planMaxAge=0 cannot be: write a time, as 24h",
                "compareMode=date                | Option compareMode=date cannot be: write one of modTime, none, sha1, size",
                "newerFileMode=x                 | Option newerFileMode=x cannot be: write one of raiseError, replace, skip",
                "keepMode=x                      | Option keepMode=x cannot be: write one of delete, keepBeforeDelete, noDelete",
                "uploadMode=x                    | Option uploadMode=x cannot be: write one of full, incremental",
                "compareThreshold=5MB            | Option compareThreshold=5MB cannot be: with compareMode=modTime write a number of ms, or a duration as 500ms or 2s",
                "compareThreshold=-1             | Option compareThreshold=-1 cannot be",
                "compareMode=size&compareThreshold=2s | Option compareThreshold=2s is not a size",
                "compareMode=none&compareThreshold=2  | compareThreshold=2 has no meaning",
                "keepDays=3                      | keepDays=3.0 has no meaning unless keepMode=keepBeforeDelete",
                "keepMode=keepBeforeDelete       | keepMode=keepBeforeDelete needs keepDays",
                "keepMode=keepBeforeDelete&keepDays=-1 | keepDays=-1.0",
                "maxDelete=10k                   | Option maxDelete=10k cannot be: write a number of names, a percentage",
                "maxDelete=-1                    | Option maxDelete=-1 cannot be: write a number of names",
                "maxDelete=101%                  | Option maxDelete=101% cannot be: write a number of names",
                "outageTimeout=1w                | Option outageTimeout=1w cannot be: write a number, which for times is ms",
                "planTimeout=1D                  | Option planTimeout=1D cannot be: write a number, which for times is ms",
                "workers=5.7                     | Option workers=5.7 cannot be: write a whole number, without a unit, or auto",
                "dryRun=yes                      | dryRun",
                "deleteAfterFailures=on          | deleteAfterFailures",
                "fileInfo=blue                   | Option fileInfo=blue cannot be: write names and values as color=blue,size=large",
                "legalHold=yes                   | Option legalHold=yes cannot be: write on or off",
                "retentionMode=governance        | Options retentionMode=governance and retainFor=null belong together",
                "retentionMode=x&retainFor=1d    | Option retentionMode=x cannot be: write governance or compliance",
                "retentionMode=governance&retainFor=0 | Option retainFor=0 cannot be: write a duration above 0",
                "retentionMode=governance&retainFor=soon | Option retainFor=soon cannot be: write a duration above 0",
                "keepDaysFrom=upload             | Option keepDaysFrom=upload cannot be: write one of modTime, superseded",
                "excludeModifiedAfter=1d         | Option excludeModifiedAfter=1d cannot be: write a whole number, without a unit",
                "excludeModifiedBefore=-5        | Option excludeModifiedBefore=-5 cannot be: write 0 or more",
                "excludeUploadedBefore=5&excludeUploadedAfter=4 | Option excludeUploadedBefore=5 cannot be: write a time that is not after excludeUploadedAfter=4",
                "excludeRegex=RAW([)             | Option excludeRegex: \"[\" is not a regular expression",
                "excludeDirRegex=RAW(a)&excludeDirRegex=RAW(*) | Option excludeDirRegex: \"*\" is not a regular expression",
                "includeRegex=a                  | includeRegex has no meaning without excludeRegex",
                "maxDuration=-1                  | Option maxDuration=-1 cannot be: write a time",
                "maxTransferBytes=lots           | Option maxTransferBytes=lots is not a size",
                "maxTransferBytes=0              | Option maxTransferBytes=0 cannot be: write a size above 0",
                "window=22:00                    | Option window=22:00 cannot be: it is no pair of times; write two times of the day as 22:00-06:00",
                "window=22:00-25:00              | Option window=22:00-25:00 cannot be",
                "window=06:00-06:00              | Option window=06:00-06:00 cannot be: it ends when it begins",
                "window=RAW(Mars/North 1:00-2:00) | Option window=Mars/North 1:00-2:00 cannot be",
                "trackRenames=yes                | Option trackRenames=yes cannot be: write one of off, sha1, sizeAndTime",
                "preserve=mode,acl               | Option preserve=mode,acl cannot be: write some of mode, owner",
                "preserve=                       | Option preserve= cannot be: write some of mode, owner",
                "preserve=owner,setid            | Option preserve=owner,setid cannot be: setid is a part of the mode; write mode,setid",
                "preserve=symlinks&symlinks=followWithin | Option preserve=symlinks cannot be: it stores links as links",
                "preserve=allSymlinks&excludeAllSymlinks=true | Option preserve=allSymlinks cannot be: it stores links as links",
                "verify=content                  | Option verify=content cannot be: it has a meaning only with mode=check",
                "mode=scrub&sample=5%25          | Option sample=5% cannot be: it has a meaning only with mode=check",
                "mode=scrub&scrubBytes=0&scrubFile=/none/scrub | Option scrubBytes=0 cannot be: no run would ever read anything",
                "cutoff=now                      | Option cutoff=now cannot be: write one of hard, soft",
                "order=date                      | Option order=date cannot be: write one of modTime, name, size",
                "minSize=2kB                     | Option minSize=2kB is not a size",
                "minSize=2MB&maxSize=1MB         | Option minSize=2000000 cannot be",
                "minAge=2h&maxAge=1h             | Option minAge=7200000 cannot be",
                "maxAge=-5                       | Option maxAge=-5 cannot be: write a duration",
                "filterFrom=/none/rules          | Option filterFrom=/none/rules cannot be: there is no such file",
                "filesFrom=/none/list            | Option filesFrom=/none/list cannot be: there is no such file",
                "destinationEncryption=AES       | Option destinationEncryption=AES cannot be: write default, SSE-B2 or SSE-C",
                "destinationEncryption=SSE-C     | Option destinationEncryption=SSE-C needs destinationCustomerKey",
                "sourceCustomerKey=abc           | Option sourceEncryption=default cannot be: write SSE-C, which sourceCustomerKey belongs to",
                "sourceEncryption=SSE-C&sourceCustomerKey=abc | Option sourceCustomerKey is not 32 bytes in Base64"
            })
    void wrongOptionIsRefusedByName(String options, String message) {
        assertThatThrownBy(() -> context.getEndpoint("b2-sync:test?" + options + SIDES))
                .hasStackTraceContaining(message);
    }

    /** Difference 8 from b2sdk. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source=/a                                   | Option destination is missing",
                "destination=b2://b                          | Option source is missing",
                "source=/a&destination=/b                    | are both local",
                "source=b2://b&destination=b2://b/backup     | overlap",
                "source=b2://b/a/b&destination=b2://b/a      | overlap",
                "source=b2://b/a&destination=b2://b/a        | overlap",
                "source=b2://b//a&destination=/a             | '//' is not allowed",
                "source=b2://b&destination=/a&keepMode=keepBeforeDelete&keepDays=1 | only when the destination is a bucket"
            })
    void wrongSidesAreRefusedBeforeAnythingIsRead(String options, String message) {
        assertThatThrownBy(() -> context.getEndpoint("b2-sync:test?" + options)).hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sourceComponent=b3       | Option sourceComponent=b3 names no B2 component of this context",
                "destinationComponent=log | Option destinationComponent=log names no B2 component of this context",
                "reportTo=nowhere:x       | Option reportTo=nowhere:x is no endpoint: write its URI",
            })
    void nameThatLeadsNowhereIsRefusedWhenItsRouteStarts(String options, String message) {
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").to("b2-sync:test?" + options + SIDES);
                    }
                }))
                .hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "workers=many            | workers",
                "dryRun=perhaps          | dryRun",
                "keepDays=long&keepMode=keepBeforeDelete | keepDays",
                "progressListener=#no    | progressListener",
                "delay=soon              | delay",
                "exclude=a               | exclude",
            })
    void valueOfAnotherTypeIsRefusedByName(String options, String name) {
        assertThatThrownBy(() -> context.getEndpoint("b2-sync:test?" + options + SIDES))
                .hasStackTraceContaining(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compareThreshold=2s",
                "compareThreshold=500ms",
                "compareThreshold=500",
                "compareMode=size&compareThreshold=10KB",
                "keepMode=keepBeforeDelete&keepDays=0.5",
                "maxDelete=0",
                "maxDelete=10%",
                "maxDelete=unlimited",
                "keepDaysFrom=modTime",
                "excludeRegex=RAW(.*)&includeRegex=RAW(a|b)",
                "excludeUploadedBefore=5&excludeUploadedAfter=5"
            })
    void rightOptionIsTaken(String options) {
        assertThatCode(() -> context.getEndpoint("b2-sync:test?" + options + SIDES))
                .doesNotThrowAnyException();
    }

    @Test
    void regexMayBeGivenOnceOrOften() {
        assertThat(job("excludeRegex=RAW(a+)").filters().excludes()).hasToString("[a+]");
        assertThat(job("excludeRegex=RAW(a+)&excludeRegex=RAW(b)&excludeDirRegex=RAW(c)&excludeDirRegex=RAW(d)")
                        .filters()
                        .excludes())
                .hasToString("[a+, b]");
    }

    @Test
    void defaultsAreThoseOfB2sdk() {
        SyncJob job = job("dryRun=false");

        assertThat(job.workers()).isEqualTo(WorkerCount.AUTO);
        assertThat(job.policy()).isEqualTo(SyncPolicy.of(io.github.camelb2.sync.plan.policy.Direction.LOCAL_TO_B2));
    }

    @Test
    void customerKeyIsShownNowhere() {
        String key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
        B2SyncEndpoint endpoint = context.getEndpoint(
                "b2-sync:test?destinationEncryption=SSE-C&destinationCustomerKey=RAW(" + key + ")" + SIDES,
                B2SyncEndpoint.class);

        assertThat(endpoint.getEndpointUri()).doesNotContain(key).contains("destinationCustomerKey=xxxxxx");
        assertThat(endpoint).asString().doesNotContain(key);
        assertThatThrownBy(() -> context.getEndpoint(
                        "b2-sync:test?destinationEncryption=SSE-C&destinationCustomerKey=RAW(" + key + "x)" + SIDES))
                .rootCause()
                .message()
                .doesNotContain(key);
    }

    private SyncJob job(String options) {
        return context.getEndpoint("b2-sync:test?" + options + SIDES, B2SyncEndpoint.class)
                .options()
                .job(null, null, null);
    }
}
