/** What the JSON calls have in common: reading a request, finding out who asks, showing buckets, files and keys. */
@NullMarked
package io.github.camelb2.emulator.http.call;

import org.jspecify.annotations.NullMarked;
