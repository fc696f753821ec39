module snapstand.clients/sdks/zenlayer

go 1.21

require (
	github.com/snapstand/snapstand/clients/go v0.0.0
	github.com/zenlayer/zenlayercloud-sdk-go v0.2.45
)

replace github.com/snapstand/snapstand/clients/go => ../..
