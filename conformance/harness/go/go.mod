module snapstand.conformance/harness

go 1.21
