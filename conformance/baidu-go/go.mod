module snapstand.conformance/baidu-go

go 1.21

require (
	github.com/baidubce/bce-sdk-go v0.9.277
	snapstand.conformance/harness v0.0.0
)

replace snapstand.conformance/harness => ../harness/go
