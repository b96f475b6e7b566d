// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * B2's event notifications as hints where to look: received and judged ({@link
 * io.github.camelb2.poll.notify.NotificationReceiver}), queued, and set up as a rule of the bucket.
 */
@NullMarked
package io.github.camelb2.poll.notify;

import org.jspecify.annotations.NullMarked;
