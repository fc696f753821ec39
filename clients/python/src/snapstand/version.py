"""The version of this package, and of the servers that it is made for."""

VERSION = "0.1.0"
