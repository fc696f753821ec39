module snapstand.conformance/baidu-go-v2

go 1.21

require (
	github.com/baidubce/baiducloud-go-sdk v0.0.128
	snapstand.conformance/harness v0.0.0
)

require github.com/google/uuid v1.6.0 // indirect

replace snapstand.conformance/harness => ../harness/go
