// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.header.FileAttributes;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.LinkLifetime;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.FileNameRequest;
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

    /** One version by its id, or the newest version of its name. */
    public static FileVersion info(DownloadFile request, OperationScope scope) {
        String id = request.fileId();
        return id == null ? head(request, scope) : scope.call(GetFileInfo.of(id));
    }

    /** What a download of that file would answer. */
    static FileVersion head(DownloadFile request, OperationScope scope) {
        return scope.client().head(request, scope.settings()).orElseThrow(() -> absent(request));
    }

    /** What a download of a file says that is not there. */
    static B2NotFoundException absent(DownloadFile request) {
        return new B2NotFoundException(new ErrorDetails(
                request.name(),
                request.subject(),
                404,
                "not_found",
                "there is no such file, or it is hidden",
                "check bucket and name; an older version can be had by its file id",
                null));
    }
}
