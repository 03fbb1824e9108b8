/**
 * Manifests that are not on disk: asked for at an address or of the running microservices, on and
 * on, and the last good one of each kept (contract C42). The door is {@link
 * dev.kinto.gateway.manifests.ManifestPoller}; {@link dev.kinto.gateway.manifests.KeptManifests} is
 * what it leaves for the next start.
 *
 * <p>It finds out what microservices say. Whether that is taken is decided where states are made.
 */
@NullMarked
package dev.kinto.gateway.manifests;

import org.jspecify.annotations.NullMarked;
