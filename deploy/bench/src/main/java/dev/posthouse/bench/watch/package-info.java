/** What processes cost, how soon they are ready, and where their time goes. */
package dev.posthouse.bench.watch;
