module snapstand.conformance/zenlayer-go

go 1.21

require (
	github.com/zenlayer/zenlayercloud-sdk-go v0.2.45
	snapstand.conformance/harness v0.0.0
)

replace snapstand.conformance/harness => ../harness/go
