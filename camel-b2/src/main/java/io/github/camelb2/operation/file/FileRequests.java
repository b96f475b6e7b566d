// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.model.file.CurrentVersions;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.header.FileAttributes;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.LinkLifetime;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.FileNameRequest;
import io.github.camelb2.operation.request.KeptAttributes;
import io.github.camelb2.operation.step.OperationScope;

/** Names the files that a message is about. */
public final class FileRequests {
    /** The most entries of a listing that are billed as one call. */
    public static final int PAGE = 1000;

    private FileRequests() {}

    /** By file id if there is one, else by bucket and name; with the customer's key. */
    public static DownloadFile of(Params params) {
        DownloadFile request = params.findFileId()
                .map(DownloadFile::byId)
                .orElseGet(() -> DownloadFile.byName(params.bucketName(), params.fileName()));
        return params.customerKey().map(request::withServerSideEncryption).orElse(request);
    }

    /** What a version that takes the place of another is to have beside its content. */
    static KeptAttributes kept(Params params, Optional<String> contentType, Map<String, String> info) {
        return new KeptAttributes(
                contentType.orElse(null),
                info,
                FileAttributes.retention(params).orElse(null),
                FileAttributes.legalHold(params).orElse(null),
                params.customerKey().orElse(null));
    }

    /** All versions of one name, which are to be shown or deleted. */
    public static FileNameRequest name(Params params) {
        return new FileNameRequest(
                params.bucketId(),
                params.nameToChange(),
                params.find(Inputs.BYPASS_GOVERNANCE).orElse(null),
                false);
    }

    /** The newest versions of a bucket's files. */
    public static ListFileNames names(Params params) {
        return new ListFileNames(
                params.bucketId(),
                params.find(Inputs.START_FILE_NAME).orElse(null),
                params.find(Inputs.MAX_FILE_COUNT).orElse(PAGE),
                params.find(Inputs.PREFIX).orElse(null),
                params.find(Inputs.DELIMITER).orElse(null));
    }

    /** All versions of a bucket's files. */
    public static ListFileVersions versions(Params params) {
        return new ListFileVersions(
                params.bucketId(),
                params.find(Inputs.START_FILE_NAME).orElse(null),
                params.find(Inputs.START_FILE_ID).orElse(null),
                params.find(Inputs.MAX_FILE_COUNT).orElse(PAGE),
                params.find(Inputs.PREFIX).orElse(null),
                params.find(Inputs.DELIMITER).orElse(null));
    }

    /** The large files of a bucket that were started and neither finished nor cancelled. */
    public static ListUnfinishedLargeFiles unfinished(Params params) {
        return new ListUnfinishedLargeFiles(
                params.bucketId(),
                params.find(Inputs.PREFIX).orElse(null),
                params.find(Inputs.START_FILE_ID).orElse(null),
                params.find(Inputs.MAX_FILE_COUNT).orElse(null));
    }

    /** A token that lets its bearer download the files under a prefix. */
    public static GetDownloadAuthorization authorization(Params params) {
        String prefix = params.find(Inputs.PREFIX)
                .or(params::findFileName)
                .orElseThrow(() -> params.missing(
                        "a prefix", Inputs.PREFIX.whereToSet() + ", or a file name, which is one as well"));
        return GetDownloadAuthorization.of(params.bucketId(), prefix, LinkLifetime.seconds(params))
                .withOverrides(FileAttributes.overrides(params));
    }

    /** One version by its id, or the version that its name stands for, or stood for at the time that the step looks from. */
    public static FileVersion info(DownloadFile request, OperationScope scope) {
        Optional<Instant> asOf = scope.asOf();
        if (asOf.isPresent()) {
            return past(request, asOf.get(), scope).orElseThrow(() -> absent(request, asOf));
        }
        String id = request.fileId();
        return id == null ? head(request, scope) : scope.call(GetFileInfo.of(id));
    }

    /** Whether it can be downloaded. */
    public static boolean exists(DownloadFile request, OperationScope scope) {
        Optional<Instant> asOf = scope.asOf();
        if (asOf.isEmpty()) {
            return scope.client().head(request, scope.settings()).isPresent();
        }
        try {
            return past(request, asOf.get(), scope)
                    .filter(FileVersion::hasContent)
                    .isPresent();
        } catch (B2NotFoundException none) {
            // There is no such id, or no such bucket: as without a time, it cannot be downloaded.
            return false;
        }
    }

    /** The same request, by the id of what its name stood for at the time that the step looks from, if it looks from one. */
    static DownloadFile seen(DownloadFile request, OperationScope scope) {
        Optional<Instant> asOf = scope.asOf();
        return asOf.isEmpty()
                ? request
                : past(request, asOf.get(), scope)
                        .map(version -> request.withFileId(version.fileId()))
                        .orElseThrow(() -> absent(request, asOf));
    }

    /** What the request was about at that time; empty if it was not there, or hidden. */
    private static Optional<FileVersion> past(DownloadFile request, Instant time, OperationScope scope) {
        String id = request.fileId();
        String bucket = request.bucketName();
        String name = request.fileName();
        if (id != null || bucket == null || name == null) {
            return Optional.of(scope.call(GetFileInfo.of(String.valueOf(id))))
                    .filter(version -> new CurrentVersions(time).wasThere(version));
        }
        return scope.client()
                .inBucket(
                        bucket,
                        bucketId -> scope.client().versionAt(bucketId, name, time, scope.settings()),
                        scope.settings())
                .filter(FileVersion::hasContent);
    }

    /** What a download would answer, or would have answered at the time that the step looks from. */
    static FileVersion shown(DownloadFile request, OperationScope scope) {
        return scope.view().asOf().isPresent() ? info(request, scope) : head(request, scope);
    }

    /** What a download of that file would answer. */
    static FileVersion head(DownloadFile request, OperationScope scope) {
        return scope.client().head(request, scope.settings()).orElseThrow(() -> absent(request, Optional.empty()));
    }

    /** What a download of a file says that is not there, or was not there at that time. */
    static B2NotFoundException absent(DownloadFile request, Optional<Instant> asOf) {
        return new B2NotFoundException(new ErrorDetails(
                request.name(),
                request.subject(),
                404,
                "not_found",
                asOf.map(time -> "there was no such file at " + time + ", or it was hidden")
                        .orElse("there is no such file, or it is hidden"),
                asOf.map(time -> "check bucket, name and asOf; listFileVersions shows what there is")
                        .orElse("check bucket and name; an older version can be had by its file id"),
                null));
    }
}
