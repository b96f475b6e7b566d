/**
 * Where a login is kept, and where a key is taken from when the configuration names none.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.account.InMemoryAccountInfoRepository}: in this JVM only, the default.
 * </ul>
 */
@NullMarked
package io.github.camelb2.account;

import org.jspecify.annotations.NullMarked;
