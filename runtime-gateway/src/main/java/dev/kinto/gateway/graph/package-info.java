/**
 * Who sets what and who reads what, as a picture (contract C41). The door is {@link
 * dev.kinto.gateway.graph.ContractGraph}. It knows manifests and nothing else.
 */
@NullMarked
package dev.kinto.gateway.graph;

import org.jspecify.annotations.NullMarked;
