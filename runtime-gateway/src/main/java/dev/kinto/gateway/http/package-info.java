/**
 * What a request, a response and a caller are, whatever the version of HTTP, and who answers.
 *
 * <p>The door is {@link dev.kinto.gateway.http.ExchangeHandler}: it is given a {@link
 * dev.kinto.gateway.http.ClientRequest} and answers it by a {@link
 * dev.kinto.gateway.http.ClientResponse}. Who calls is a {@link dev.kinto.gateway.http.Caller},
 * which {@link dev.kinto.gateway.http.TrustedProxies} tell from what proxies say (contract C36).
 */
@NullMarked
package dev.kinto.gateway.http;

import org.jspecify.annotations.NullMarked;
