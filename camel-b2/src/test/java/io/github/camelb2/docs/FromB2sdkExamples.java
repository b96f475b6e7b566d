// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.util.Map;

import org.apache.camel.builder.RouteBuilder;

/** The Java counterparts of what b2sdk's users know, as the documentation shows them. */
class FromB2sdkExamples extends RouteBuilder {
    // Formatted by hand: a route reads from top to bottom.
    // spotless:off
    @Override
    public void configure() {
        // tag::authorize
        // The key comes from camel.component.b2.applicationKeyId and .applicationKey; a login is made when it is needed.
        from("direct:java-authorize")
            .to("b2:*?operation=authorizeAccount")
            .log("account ${body.accountId}");
        // end::authorize

        // tag::listBuckets
        from("direct:java-list-buckets")
            .to("b2:*?operation=listBuckets")
            .split(body())
            .log("${body.bucketId} ${body.bucketType} ${body.bucketName}");
        // end::listBuckets

        // tag::createBucket
        from("direct:java-create-bucket")
            .setHeader("CamelB2OverrideBucketName", simple("{{bucket}}-java"))
            .to("b2:*?operation=createBucket&bucketType=allPrivate");
        // end::createBucket

        // tag::upload
        from("file:{{outbox}}?noop=true&autoCreate=true&initialDelay=0&idempotent=true")
            .setHeader("CamelB2FileName", simple("docs/java-${file:name}"))
            .setHeader("CamelB2FileInfo", () -> Map.of("how", "good-file"))
            .to("b2:{{bucket}}")
            .to("mock:java-upload");
        // end::upload

        // tag::downloadById
        from("direct:java-download-by-id")
            .setHeader("CamelB2FileId", simple("${header.id}"))
            .to("b2:*?operation=downloadFile&localWorkDirectory={{inbox}}");
        // end::downloadById

        // tag::downloadByName
        from("direct:java-download-by-name")
            .to("b2:{{bucket}}?operation=downloadFile&fileName=docs/hello.txt")
            .to("file:{{inbox}}?fileName=${header.CamelB2FoundFileName}");
        // end::downloadByName

        // tag::listFiles
        from("direct:java-list-files")
            .to("b2:{{bucket}}?operation=listFileNames")
            .split(body()).streaming()
            .log("${body.fileName} ${body.uploadTimestamp}");
        // end::listFiles

        // tag::listVersions
        from("direct:java-list-versions")
            .to("b2:{{bucket}}?operation=listFileVersions")
            .split(body()).streaming()
            .log("${body.fileName} ${body.action} ${body.fileId}");
        // end::listVersions

        // tag::fileInfo
        from("direct:java-file-info")
            .setHeader("CamelB2FileId", simple("${header.id}"))
            .to("b2:*?operation=getFileInfo")
            .log("${body.fileName}: ${body.contentLength} bytes, ${body.fileInfo}");
        // end::fileInfo

        // tag::copy
        from("direct:java-copy")
            .setHeader("CamelB2FileId", simple("${header.id}"))
            .setHeader("CamelB2DestinationFileName", constant("docs/java-middle.txt"))
            .setHeader("CamelB2RangeStart", constant(2))
            .setHeader("CamelB2RangeEnd", constant(4))
            .to("b2:{{bucket}}?operation=copyFile");
        // end::copy

        // tag::delete
        from("direct:java-delete")
            .setHeader("CamelB2FileName", constant("docs/java-old.txt"))
            .setHeader("CamelB2FileId", simple("${header.javaOld}"))
            .to("b2:{{bucket}}?operation=deleteFileVersion");
        // end::delete

        // tag::cancel
        from("direct:java-cancel")
            .setHeader("CamelB2OlderThan", constant("24h"))
            .to("b2:{{bucket}}?operation=cancelUnfinishedLargeFiles");
        // end::cancel

        // tag::accountInfo
        from("direct:java-account-info")
            .to("b2:*?operation=getAccountInfo")
            .log("${body.accountId} ${body.downloadUrl} ${body.absoluteMinimumPartSize}");
        // end::accountInfo
    }
    // spotless:on
}
