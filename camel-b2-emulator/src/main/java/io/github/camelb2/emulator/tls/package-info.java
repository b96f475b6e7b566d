/**
 * TLS with a certificate that the emulator makes for itself: the certificate, and the files with which clients come to trust it.
 */
@NullMarked
package io.github.camelb2.emulator.tls;

import org.jspecify.annotations.NullMarked;
