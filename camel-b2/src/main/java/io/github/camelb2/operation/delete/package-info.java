/** The operations that delete many versions: by name, by list, by prefix, by age. */
@NullMarked
package io.github.camelb2.operation.delete;

import org.jspecify.annotations.NullMarked;
