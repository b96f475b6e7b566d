/** The calls about event notification rules. */
@NullMarked
package io.github.camelb2.emulator.http.call.notification;

import org.jspecify.annotations.NullMarked;
