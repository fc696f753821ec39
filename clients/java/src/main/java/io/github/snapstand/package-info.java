/**
 * Snapstand, a local stand-in for the disk-snapshot APIs of Zenlayer ZEC and Baidu AI Cloud BCC, for tests in Java:
 * {@link io.github.snapstand.Snapstand} starts a server or finds one, and a {@link io.github.snapstand.World} is what one
 * test has of it.
 */
package io.github.snapstand;
