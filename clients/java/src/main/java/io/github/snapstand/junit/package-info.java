/** For JUnit 5: a world for each test. */
package io.github.snapstand.junit;
