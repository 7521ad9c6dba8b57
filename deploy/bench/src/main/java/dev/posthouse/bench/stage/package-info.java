/** What a page is, and what it gets to work with. */
package dev.posthouse.bench.stage;
