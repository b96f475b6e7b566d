package io.github.camelb2.operation.file;

import io.github.camelb2.client.model.FileVersion;

/** A version that an operation made, and the name of its bucket. */
record Stored(String bucketName, FileVersion version) {}
