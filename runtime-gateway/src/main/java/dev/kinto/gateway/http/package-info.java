/**
 * What the parts of the gateway that speak HTTP have in common, whatever its version: a header
 * line.
 */
@NullMarked
package dev.kinto.gateway.http;

import org.jspecify.annotations.NullMarked;
