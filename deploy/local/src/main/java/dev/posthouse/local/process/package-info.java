/** Child processes: how one is started, found again and stopped. Knows nothing of Posthouse. */
package dev.posthouse.local.process;
