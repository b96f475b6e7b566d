// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import org.jspecify.annotations.Nullable;

/**
 * What a batch is, whatever the options of a later process say.
 *
 * @param batch a random id, which the file carries in its information
 * @param bucketName where it is to be stored
 * @param account whose bucket that is: the id of the application key and the realm
 * @param wish the name that the file would like, evaluated for its first message
 * @param partition what {@code partitionBy} gave for its messages, empty without
 * @param window the beginning of their window of time, null without
 * @param separator what stands behind each message, in hex digits
 * @param compression how its content is compressed
 * @param acknowledge when its messages were done
 * @param openedAt when its first message came, milliseconds since 1970
 * @param options tells options apart with which the batch may not go on
 */
record Manifest(
        String batch,
        String bucketName,
        String account,
        String wish,
        String partition,
        @Nullable Long window,
        String separator,
        String compression,
        String acknowledge,
        long openedAt,
        String options) {}
