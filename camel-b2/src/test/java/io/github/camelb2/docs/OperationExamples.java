// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import org.apache.camel.builder.RouteBuilder;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.model.bucket.LifecycleRule;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.model.file.FileVersion;

/** One route for each operation, as the documentation shows it; {@link OperationExamplesTest} runs all of them. */
class OperationExamples extends RouteBuilder {
    // Formatted by hand: a route reads from top to bottom.
    // spotless:off
    @Override
    public void configure() {
        // tag::authorizeAccount
        from("direct:authorizeAccount")
            .to("b2:*?operation=authorizeAccount")
            .log("logged in to account ${body.accountId}");
        // end::authorizeAccount

        // tag::getAccountInfo
        from("direct:getAccountInfo")
            .to("b2:*?operation=getAccountInfo")
            .log("files are downloaded from ${body.downloadUrl}");
        // end::getAccountInfo

        // tag::clearAccountInfo
        from("direct:clearAccountInfo")
            .to("b2:*?operation=clearAccountInfo");
        // end::clearAccountInfo

        // tag::listBuckets
        from("direct:listBuckets")
            .to("b2:*?operation=listBuckets")
            .split(body())
            .log("${body.bucketName} is ${body.bucketType}");
        // end::listBuckets

        // tag::getBucket
        from("direct:getBucket")
            .to("b2:{{bucket}}?operation=getBucket")
            .log("revision ${header.CamelB2FoundBucketRevision}");
        // end::getBucket

        // tag::bucketExists
        from("direct:bucketExists")
            .to("b2:{{bucket}}?operation=bucketExists")
            .choice()
                .when(body().isEqualTo(false)).log("there is no such bucket in this account");
        // end::bucketExists

        // tag::createBucket
        from("direct:createBucket")
            .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, simple("{{bucket}}-${header.team}"))
            .setHeader(B2Constants.BUCKET_INFO, () -> Map.of("owner", "media"))
            .to("b2:*?operation=createBucket&bucketType=allPrivate")
            .log("created ${header.CamelB2ProducedBucketName} as ${header.CamelB2ProducedBucketId}");
        // end::createBucket

        // tag::updateBucket
        from("direct:updateBucket")
            .to("b2:{{bucket}}?operation=getBucket")
            // Its revision is in a header now: somebody else's change in between is a conflict.
            .setHeader(B2Constants.LIFECYCLE_RULES, () -> List.of(LifecycleRule.keepOnlyLastVersion()))
            .to("b2:{{bucket}}?operation=updateBucket");
        // end::updateBucket

        // tag::deleteBucket
        from("direct:deleteBucket")
            .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, simple("${header.empty}"))
            .to("b2:*?operation=deleteBucket");
        // end::deleteBucket

        // tag::getBucketNotificationRules
        from("direct:getBucketNotificationRules")
            .to("b2:{{bucket}}?operation=getBucketNotificationRules")
            .split(body())
            .log("${body.name} for ${body.eventTypes}");
        // end::getBucketNotificationRules

        // tag::setBucketNotificationRules
        from("direct:setBucketNotificationRules")
            .setBody(exchange -> List.of(NotificationRule.of(
                        "new-files",
                        List.of("b2:ObjectCreated:*"),
                        NotificationRule.Target.webhook("https://example.com/b2-events", null))
                    .withObjectNamePrefix("incoming/")))
            .to("b2:{{bucket}}?operation=setBucketNotificationRules");
        // end::setBucketNotificationRules

        // tag::putBucketNotificationRule
        from("direct:putBucketNotificationRule")
            .setBody(exchange -> NotificationRule.of(
                        "removed-files",
                        List.of("b2:ObjectDeleted:*"),
                        NotificationRule.Target.webhook("https://example.com/b2-events", null)))
            .to("b2:{{bucket}}?operation=putBucketNotificationRule");
        // end::putBucketNotificationRule

        // tag::removeBucketNotificationRule
        from("direct:removeBucketNotificationRule")
            .setHeader(B2Constants.NOTIFICATION_RULE_NAME, constant("removed-files"))
            .to("b2:{{bucket}}?operation=removeBucketNotificationRule");
        // end::removeBucketNotificationRule

        // tag::setupReplication
        from("direct:setupReplication")
            .setHeader(B2Constants.DESTINATION_BUCKET_NAME, header("empty"))
            .to("b2:{{bucket}}?operation=setupReplication&prefix=incoming/")
            .log("rule ${body.rule.replicationRuleName}, changed: ${body.isChanged}");
        // end::setupReplication

        // tag::getReplicationStatus
        from("direct:getReplicationStatus")
            .to("b2:{{bucket}}?operation=getReplicationStatus&prefix=incoming/")
            .log("${body.pending} files to go, the oldest for ${header.CamelB2ReplicationLag} ms");
        // end::getReplicationStatus

        // tag::uploadFile
        from("direct:uploadFile")
            .setHeader(B2Constants.FILE_NAME, simple("reports/${date:now:yyyy}/summary.txt"))
            .setHeader(B2Constants.FILE_INFO, () -> Map.of("owner", "media"))
            .to("b2:{{bucket}}")
            .log("stored as ${header.CamelB2ProducedFileId}");
        // end::uploadFile

        // tag::downloadFile
        from("direct:downloadFile")
            .to("b2:{{bucket}}?operation=downloadFile&fileName=docs/hello.txt")
            // The body is read from B2 as it is split, never held as a whole.
            .split(body().tokenize("\n")).streaming()
            .log("${body}");
        // end::downloadFile

        // tag::getFileInfo
        from("direct:getFileInfo")
            .to("b2:{{bucket}}?operation=getFileInfo&fileName=docs/hello.txt")
            .log("${body.contentLength} bytes, SHA-1 ${header.CamelB2FoundContentSha1}");
        // end::getFileInfo

        // tag::fileExists
        from("direct:fileExists")
            .to("b2:{{bucket}}?operation=fileExists&fileName=docs/hello.txt")
            .choice()
                .when(body().isEqualTo(true)).log("it is there")
                .otherwise().log("it is not there, or hidden");
        // end::fileExists

        // tag::listFileNames
        from("direct:listFileNames")
            .to("b2:{{bucket}}?operation=listFileNames&prefix=docs/")
            // Pages are requested while the ones before them are worked on.
            .split(body()).streaming()
            .log("${body.fileName}: ${body.contentLength} bytes");
        // end::listFileNames

        // tag::listFileVersions
        from("direct:listFileVersions")
            .to("b2:{{bucket}}?operation=listFileVersions&prefix=docs/")
            .split(body()).streaming()
            .log("${body.fileName} ${body.action} ${body.fileId}");
        // end::listFileVersions

        // tag::copyFile
        from("direct:copyFile")
            .setHeader(B2Constants.DESTINATION_FILE_NAME, constant("archive/hello.txt"))
            .to("b2:{{bucket}}?operation=copyFile&fileName=docs/hello.txt")
            .log("copied to ${header.CamelB2ProducedFileName}");
        // end::copyFile

        // tag::concatenateFiles
        from("direct:concatenateFiles")
            .to("b2:{{bucket}}?operation=getFileInfo&fileName=docs/hello.txt")
            // A file of B2, which is copied there, between two texts of this machine.
            .setBody(exchange -> List.of("header\n", exchange.getMessage().getBody(FileVersion.class), "footer\n"))
            .setHeader(B2Constants.FILE_NAME, constant("docs/whole.txt"))
            .to("b2:{{bucket}}?operation=concatenateFiles");
        // end::concatenateFiles

        // tag::appendFile
        from("direct:appendFile")
            .setBody(constant("one line more\n"))
            .to("b2:{{bucket}}?operation=appendFile&fileName=docs/hello.txt")
            .log("${header.CamelB2ProducedContentLength} bytes now");
        // end::appendFile

        // tag::updateFileInfo
        from("direct:updateFileInfo")
            .setHeader(B2Constants.CACHE_CONTROL, constant("public, max-age=3600"))
            .to("b2:{{bucket}}?operation=updateFileInfo&fileName=docs/hello.txt");
        // end::updateFileInfo

        // tag::hideFile
        from("direct:hideFile")
            .to("b2:{{bucket}}?operation=hideFile&fileName=docs/hello.txt");
        // end::hideFile

        // tag::unhideFile
        from("direct:unhideFile")
            .to("b2:{{bucket}}?operation=unhideFile&fileName=docs/hidden.txt");
        // end::unhideFile

        // tag::deleteFileVersion
        from("direct:deleteFileVersion")
            .to("b2:{{bucket}}?operation=getFileInfo&fileName=docs/hello.txt")
            // Name and id are in headers now.
            .to("b2:{{bucket}}?operation=deleteFileVersion");
        // end::deleteFileVersion

        // tag::deleteAllFileVersions
        from("direct:deleteAllFileVersions")
            .to("b2:{{bucket}}?operation=deleteAllFileVersions&fileName=docs/hello.txt")
            .log("deleted ${body.size} versions");
        // end::deleteAllFileVersions

        // tag::deleteFiles
        from("direct:deleteFiles")
            .setHeader(B2Constants.DRY_RUN, simple("${header.try}"))
            .to("b2:{{bucket}}?operation=deleteFiles&prefix=docs/")
            .log("${body.deleted} of ${body.matched} versions deleted, ${body.failed} failed");
        // end::deleteFiles

        // tag::updateFileRetention
        from("direct:updateFileRetention")
            .to("b2:{{bucket}}?operation=getFileInfo&fileName=docs/hello.txt")
            .setHeader(B2Constants.FILE_RETENTION_MODE, constant("governance"))
            .setHeader(B2Constants.RETAIN_UNTIL, () -> Instant.now().plus(30, ChronoUnit.DAYS).toEpochMilli())
            .to("b2:{{bucket}}?operation=updateFileRetention");
        // end::updateFileRetention

        // tag::updateFileLegalHold
        from("direct:updateFileLegalHold")
            .to("b2:{{bucket}}?operation=getFileInfo&fileName=docs/hello.txt")
            .setHeader(B2Constants.LEGAL_HOLD, constant("on"))
            .to("b2:{{bucket}}?operation=updateFileLegalHold");
        // end::updateFileLegalHold

        // tag::listUnfinishedLargeFiles
        from("direct:listUnfinishedLargeFiles")
            .to("b2:{{bucket}}?operation=listUnfinishedLargeFiles")
            .split(body()).streaming()
            .log("${body.fileName} ${body.fileId}");
        // end::listUnfinishedLargeFiles

        // tag::listParts
        from("direct:listParts")
            .setHeader(B2Constants.FILE_ID, simple("${header.unfinished}"))
            .to("b2:*?operation=listParts")
            .split(body()).streaming()
            .log("part ${body.partNumber}: ${body.contentLength} bytes");
        // end::listParts

        // tag::cancelLargeFile
        from("direct:cancelLargeFile")
            .setHeader(B2Constants.FILE_ID, simple("${header.unfinished}"))
            .to("b2:*?operation=cancelLargeFile");
        // end::cancelLargeFile

        // tag::cancelUnfinishedLargeFiles
        from("direct:cancelUnfinishedLargeFiles")
            .setHeader(B2Constants.OLDER_THAN, constant("24h"))
            .to("b2:{{bucket}}?operation=cancelUnfinishedLargeFiles")
            .log("cancelled ${body.size} large files");
        // end::cancelUnfinishedLargeFiles

        // tag::cleanUp
        from("direct:cleanUp")
            .setHeader(B2Constants.OLDER_THAN, constant("30d"))
            .to("b2:{{bucket}}?operation=cleanUp&prefix=docs/&dryRun=true")
            .log("${body.versions} versions would go, ${body.bytes} bytes");
        // end::cleanUp

        // tag::getDownloadAuthorization
        from("direct:getDownloadAuthorization")
            .setHeader(B2Constants.DOWNLOAD_LINK_EXPIRATION_TIME, constant(15 * 60 * 1000))
            .to("b2:{{bucket}}?operation=getDownloadAuthorization&prefix=docs/");
        // end::getDownloadAuthorization

        // tag::createDownloadLink
        from("direct:createDownloadLink")
            .setHeader(B2Constants.CONTENT_DISPOSITION, constant("attachment; filename=\"hello.txt\""))
            .to("b2:{{bucket}}?operation=createDownloadLink&fileName=docs/hello.txt")
            .to("direct:sendByMail");
        // end::createDownloadLink

        // tag::createKey
        from("direct:createKey")
            .setHeader(B2Constants.KEY_NAME, constant("readers"))
            .setHeader(B2Constants.KEY_CAPABILITIES, constant("listFiles,readFiles"))
            .setHeader(B2Constants.PREFIX, constant("docs/"))
            .to("b2:{{bucket}}?operation=createKey")
            // The body holds the secret, which is told this once; its text does not show it.
            .log("created ${body}");
        // end::createKey

        // tag::listKeys
        from("direct:listKeys")
            .to("b2:*?operation=listKeys")
            .split(body()).streaming()
            .log("${body.keyName} ${body.applicationKeyId} ${body.capabilities}");
        // end::listKeys

        // tag::getKey
        from("direct:getKey")
            .setHeader(B2Constants.KEY_ID, simple("${header.id}"))
            .to("b2:*?operation=getKey")
            .log("${body.capabilities}");
        // end::getKey

        // tag::deleteKey
        from("direct:deleteKey")
            .setHeader(B2Constants.KEY_ID, simple("${header.id}"))
            .to("b2:*?operation=deleteKey");
        // end::deleteKey

        from("direct:sendByMail").to("mock:sendByMail");
    }
    // spotless:on
}
