// Package snapstand starts or finds a Snapstand, a local stand-in for the disk-snapshot APIs of Zenlayer ZEC and Baidu
// AI Cloud BCC, gives each test a world of its own in it, and calls its control API: time, faults, the journal of calls,
// checkpoints, settings, state.
//
//	func TestBackup(t *testing.T) {
//		t.Parallel()
//		world := snapstand.Start(t).World(t)
//		cloud := world.Credentials().Baidu
//		client, err := bcc.NewClient(cloud.AK, cloud.SK, cloud.Endpoint)
//		// … the program under test …
//		report, err := world.Clock.Advance(ctx, 7*24*time.Hour)
//	}
//
// A method is a call of the control API, named as in snapstand/client; what is sent and answered are structs with the
// API's own members. Members that are left at their zero value are not sent; where zero says something of its own, the
// member is a pointer, and [Ptr] makes one. Instants are of the world's clock unless they say otherwise.
//
// A refused call is a [*Problem], one that found nobody an [*Unreachable], and an expectation that is not met an
// [*Unmet]; all are found by [errors.As].
package snapstand
