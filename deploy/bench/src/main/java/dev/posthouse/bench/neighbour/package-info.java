/** What the services are compared with, in the same run on the same processors. */
package dev.posthouse.bench.neighbour;
