/**
 * What operators ask of a running gateway, on a listener of its own (contract C18, C43).
 *
 * <p>The door is {@link dev.kinto.gateway.admin.AdminAddress}.
 */
@NullMarked
package dev.kinto.gateway.admin;

import org.jspecify.annotations.NullMarked;
