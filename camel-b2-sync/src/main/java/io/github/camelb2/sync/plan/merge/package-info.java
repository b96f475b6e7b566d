/** Two scans side by side: which names belong together, and which are unknown. */
@NullMarked
package io.github.camelb2.sync.plan.merge;

import org.jspecify.annotations.NullMarked;
