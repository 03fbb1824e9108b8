/**
 * The configuration file (contract C43): YAML to checked values, all mistakes at once, each with
 * its line. The door is {@link dev.kinto.gateway.config.GatewayConfig}.
 */
@NullMarked
package dev.kinto.gateway.config;

import org.jspecify.annotations.NullMarked;
