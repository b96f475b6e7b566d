/** An application of one class; its route is in {@code resources/camel}. */
@NullMarked
package io.github.camelb2.examples.quarkus;

import org.jspecify.annotations.NullMarked;
