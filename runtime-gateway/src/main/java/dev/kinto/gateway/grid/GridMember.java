package dev.kinto.gateway.grid;

/**
 * A node that keeps entries, as this process sees it.
 *
 * @param address where others of the grid reach it
 * @param self whether it is in this process
 */
public record GridMember(String address, boolean self) {}
