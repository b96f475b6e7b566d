/**
 * One record for each call of the B2 Native API: its components are the members of the JSON request, and null ones are
 * left out.
 *
 * <p>{@code of(…)} takes what B2 requires, {@code withX(…)} sets the rest; constructors refuse what B2 would refuse,
 * naming the member, its value and what to do. Uploads and downloads, which are not JSON, are {@link
 * io.github.camelb2.client.call.UploadFile}, {@link io.github.camelb2.client.call.UploadPart} and {@link
 * io.github.camelb2.client.call.DownloadFile}.
 */
@NullMarked
package io.github.camelb2.client.call;

import org.jspecify.annotations.NullMarked;
