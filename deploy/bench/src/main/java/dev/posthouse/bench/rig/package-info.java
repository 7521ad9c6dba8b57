/** What is measured runs here: the suite, and single services of it with other settings. */
package dev.posthouse.bench.rig;
