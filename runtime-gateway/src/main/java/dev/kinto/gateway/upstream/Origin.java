package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.config.UpstreamTls;

/**
 * What connections can be shared by: microservices that judge certificates differently share none.
 *
 * @param address scheme, host and port
 * @param tls how its certificate is judged
 */
record Origin(HttpOrigin address, UpstreamTls tls) {}
