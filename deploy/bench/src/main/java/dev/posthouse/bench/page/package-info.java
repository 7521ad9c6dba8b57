/** A page for each service alone and one for the whole flow; a new service adds one class. */
package dev.posthouse.bench.page;
