/**
 * TLS of the listeners: certificates and keys in PEM files, chosen by the name that a client asks
 * for, and taken up anew when the files change (contract C18).
 *
 * <p>The doors are {@link dev.kinto.gateway.tls.ServerTls}, which makes an SSL context, and {@link
 * dev.kinto.gateway.tls.Pem}, with which the configuration checks files before anything starts.
 * Where the gateway itself is the client, {@link dev.kinto.gateway.tls.Trust} says whom it trusts;
 * {@link dev.kinto.gateway.tls.MutualTls} is how members of a grid know each other (contract C38).
 */
@NullMarked
package dev.kinto.gateway.tls;

import org.jspecify.annotations.NullMarked;
