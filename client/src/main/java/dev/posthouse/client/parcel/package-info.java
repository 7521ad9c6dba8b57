/** Parcels as endpoints make and take them (RS-000, RS-001), and the ways they travel. */
package dev.posthouse.client.parcel;
