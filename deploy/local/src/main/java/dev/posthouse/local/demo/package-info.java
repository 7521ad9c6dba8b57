/** One certificate through the whole suite, and a page served with it. */
package dev.posthouse.local.demo;
