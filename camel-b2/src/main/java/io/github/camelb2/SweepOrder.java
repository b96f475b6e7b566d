// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

/** The order in which a consumer delivers what one sweep finds. */
public enum SweepOrder {
    /** By name, as B2 lists them: page by page, without waiting for the end of the listing. */
    name,

    /** By the time of upload, the oldest first: the whole listing is read and sorted before the first is delivered. */
    uploadTime
}
