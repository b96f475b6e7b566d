package io.github.camelb2;

/** What a {@code b2:} producer can do: B2's own words in camel case. */
public enum B2Operations {
    authorizeAccount,
    listBuckets,
    getBucket,
    createBucket,
    deleteBucket,
    uploadFile,
    downloadFile,
    getFileInfo,
    fileExists,
    listFileNames,
    listFileVersions,
    copyFile,
    hideFile,
    deleteFileVersion,
    listUnfinishedLargeFiles,
    cancelLargeFile
}
