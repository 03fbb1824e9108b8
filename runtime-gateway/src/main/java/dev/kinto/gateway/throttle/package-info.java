/**
 * How often somebody may ask (contract C22). The door is {@link
 * dev.kinto.gateway.throttle.Throttle}.
 */
@NullMarked
package dev.kinto.gateway.throttle;

import org.jspecify.annotations.NullMarked;
