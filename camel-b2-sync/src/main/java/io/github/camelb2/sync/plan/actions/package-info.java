/** What a plan is made of: actions, what they expect to find, problems, and what was withheld. */
@NullMarked
package io.github.camelb2.sync.plan.actions;

import org.jspecify.annotations.NullMarked;
