module example.com/backup

go 1.21

require (
	github.com/baidubce/bce-sdk-go v0.9.277
	github.com/snapstand/snapstand/clients/go v0.0.0
)

replace github.com/snapstand/snapstand/clients/go => ../../clients/go
