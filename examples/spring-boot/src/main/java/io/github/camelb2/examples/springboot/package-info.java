/** An application of one class; its route is in {@code resources/camel}. */
@NullMarked
package io.github.camelb2.examples.springboot;

import org.jspecify.annotations.NullMarked;
