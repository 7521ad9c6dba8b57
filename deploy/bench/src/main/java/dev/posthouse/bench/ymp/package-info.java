/** Other hosts around a YMP host: senders, one that answers, one that does not. */
package dev.posthouse.bench.ymp;
