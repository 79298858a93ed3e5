package journal

// A request is what became of a commit against which only a closed term stood:
// the school server keeps its bytes where every PC sees them, until the deputy
// director or the director decides. A granted one then stands in the log like
// any other commit, a rejected one stays with its author.
//
// No roster holds requests: to judge a commit, nobody needs them.

// MaxRequest bounds the commit of a request, in bytes: a page of cells filled
// at once has a third of it.
const MaxRequest = 64 << 10

// The decisions on a request.
const (
	RequestGranted  = "принята"
	RequestRejected = "отклонена"
)

// RequestKey names a request by the commit: its PC and its number there.
func RequestKey(d DeviceID, number uint64) Key { return IDKey(d).Long(number) }

// CutRequestKey is the inverse of [RequestKey] for a key whose shape was checked.
func CutRequestKey(k Key) (d DeviceID, number uint64) {
	d = cutID[Device](&k)
	return d, cutLong(&k)
}
