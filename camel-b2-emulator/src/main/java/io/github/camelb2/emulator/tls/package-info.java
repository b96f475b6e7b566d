// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * TLS with a certificate that the emulator makes for itself: the certificate, and the files with which clients come to trust it.
 */
@NullMarked
package io.github.camelb2.emulator.tls;

import org.jspecify.annotations.NullMarked;
