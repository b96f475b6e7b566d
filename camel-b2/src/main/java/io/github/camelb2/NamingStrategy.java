// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

/** How the files of streaming uploads are told apart. */
public enum NamingStrategy {
    /** {@code a.txt}, {@code a-1.txt}, {@code a-2.txt}. */
    progressive,
    /** {@code a-} and a random UUID and {@code .txt}. */
    random,
    /** What the Simple expression in the option fileName gives for the first message of the file. */
    expression
}
