/**
 * What the client keeps on disk: written whole or not at all, keys readable by their owner alone.
 */
package dev.posthouse.client.file;
