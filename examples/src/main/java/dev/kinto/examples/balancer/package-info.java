/** The load balancer of examples/cluster.sh, so that nothing has to be installed for it. */
@NullMarked
package dev.kinto.examples.balancer;

import org.jspecify.annotations.NullMarked;
