/** What is sent, made before anything is measured. */
package dev.posthouse.bench.material;
