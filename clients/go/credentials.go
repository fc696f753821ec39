package snapstand

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
)

// Credentials are what the clients of both clouds want to be told, each in its own words.
type Credentials struct {
	Zenlayer ZenlayerCredentials
	Baidu    BaiduCredentials
}

// ZenlayerCredentials are what the SDK github.com/zenlayer/zenlayercloud-sdk-go is configured with:
//
//	cloud := world.Credentials().Zenlayer
//	config := common.NewConfig()
//	config.Scheme, config.Domain = cloud.Scheme, cloud.Domain
//	client, err := zec.NewClient(config, cloud.AccessKeyID, cloud.AccessKeyPassword)
type ZenlayerCredentials struct {
	// http or https.
	Scheme string
	// Without the scheme: 127.0.0.1:7420.
	Domain string
	// Where actions are posted to, for who signs himself.
	Endpoint          string
	AccessKeyID       string
	AccessKeyPassword string
}

// BaiduCredentials are what the SDK github.com/baidubce/bce-sdk-go is configured with:
//
//	cloud := world.Credentials().Baidu
//	client, err := bcc.NewClient(cloud.AK, cloud.SK, cloud.Endpoint)
type BaiduCredentials struct {
	Endpoint, AK, SK string
}

// Credentials are those of a key that names the world, or of the key that is called as the world is, which is its own
// secret.
func (w *World) Credentials() Credentials {
	key := Key{ID: w.Key, Secret: w.Key}
	for _, each := range w.server.keys {
		if each.World == w.Key || each.World == "" && each.ID == w.Key {
			key = each
		}
	}
	base := w.server.wire.base
	origin := url.URL{Scheme: base.Scheme, Host: base.Host}
	return Credentials{
		Zenlayer: ZenlayerCredentials{
			Scheme: base.Scheme, Domain: base.Host, Endpoint: origin.String() + "/api/v2/zec",
			AccessKeyID: key.ID, AccessKeyPassword: key.Secret,
		},
		Baidu: BaiduCredentials{Endpoint: origin.String(), AK: key.ID, SK: key.Secret},
	}
}

// BearerWorld is the name of the world that a bearer token of Zenlayer's names, unless the server was told another. It is
// made of the token's digest, for the token is a secret.
func BearerWorld(token string) string {
	digest := sha256.Sum256([]byte(token))
	return "bearer-" + hex.EncodeToString(digest[:6])
}
