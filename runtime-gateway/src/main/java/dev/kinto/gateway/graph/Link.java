package dev.kinto.gateway.graph;

import dev.kinto.gateway.graph.ContractGraph.Field;

/**
 * A piece of a field's line between neighbouring columns.
 *
 * @param field whose line
 * @param from where it comes from
 * @param to where it goes
 * @param required whether somebody behind it requires the field
 */
record Link(Field field, Cell from, Cell to, boolean required) {}
