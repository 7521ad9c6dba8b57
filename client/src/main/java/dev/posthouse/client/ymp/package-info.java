/** An application's and an operator's way to their own YMP host (YMP, section 9). */
package dev.posthouse.client.ymp;
