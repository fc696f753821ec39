"""
What the control API answers: each is a dict with these members, in the API's own names.

Written by generate_answers.py from the OpenAPI document: change nothing here.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union


class HealthDamaged(TypedDict):
    world: str
    file: str
    reason: str


class _Health(TypedDict):
    #: Degraded: some world cannot be served, all others are.
    status: Literal["ok", "degraded"]


class Health(_Health, total=False):
    version: str
    #: Which of several servers behind a proxy it is: `--shard`.
    shard: str
    uptimeMs: int
    clouds: List[str]
    #: How many there are.
    worlds: int
    damaged: List[HealthDamaged]


class WorldSummaryAdvancing(TypedDict):
    """An advance that is under way: where to, and how far it is."""

    to: str
    at: str


class WorldSummaryDamaged(TypedDict):
    """Why it is not served. Its clock is not known then, and the wall clock’s is told."""

    file: str
    reason: str


class _WorldSummary(TypedDict):
    id: str
    mode: Literal["system", "manual"]
    now: str
    #: How many calls of the clouds it has had.
    calls: int
    #: Whether --max-worlds passes it over.
    keep: bool


class WorldSummary(_WorldSummary, total=False):
    #: An advance that is under way: where to, and how far it is.
    advancing: WorldSummaryAdvancing
    #: Why it is not served. Its clock is not known then, and the wall clock’s is told.
    damaged: WorldSummaryDamaged


class ResetReportFailed(TypedDict):
    world: str
    reason: str


class _ResetReport(TypedDict):
    worlds: List[str]


class ResetReport(_ResetReport, total=False):
    failed: List[ResetReportFailed]


class Move(TypedDict):
    #: `*`: all that are not there.
    world: str
    #: To the server at url, or from it.
    way: Literal["away", "here"]
    #: Whose move it is: who begins it again has it from then on.
    move: str
    url: str
    mode: Literal["system", "manual"]
    keep: bool
    #: How often it had been moved: its request ids take it in.
    series: int
    #: Whether this server has the world, or what has come of it.
    isThere: bool


class _Clock(TypedDict):
    world: str
    mode: Literal["system", "manual"]
    now: str


class Clock(_Clock, total=False):
    #: An advance that is under way: where to, and how far it is.
    advancing: WorldSummaryAdvancing


class NextEvent(TypedDict):
    at: str
    kind: Literal["completes", "expires", "fires"]
    #: The id of the volume, snapshot, instance or policy.
    subject: str


AdvanceReport = TypedDict(
    "AdvanceReport",
    {
        "world": "str",
        "from": "str",
        "to": "str",
        "firings": "int",
        "snapshotsCreated": "int",
        "snapshotsExpired": "int",
        "completed": "int",
        "skipped": "Dict[str, int]",
        "next": "Optional[NextEvent]",
    },
)


class _AdvanceStop(TypedDict):
    world: str
    mode: Literal["system", "manual"]
    now: str
    #: Whether there was an advance under way. What it had done until then stands.
    stopped: bool


class AdvanceStop(_AdvanceStop, total=False):
    #: An advance that is under way: where to, and how far it is.
    advancing: WorldSummaryAdvancing


class AgendaEntry(TypedDict):
    at: str
    kind: Literal["completes", "expires", "fires"]
    #: The id of the volume, snapshot, instance or policy.
    subject: str
    provider: str
    what: Literal["volume", "snapshot", "instance", "policy"]


class _Agenda(TypedDict):
    world: str
    mode: Literal["system", "manual"]
    now: str
    agenda: List[AgendaEntry]
    #: Whether there is more to come than is told.
    more: bool


class Agenda(_Agenda, total=False):
    #: An advance that is under way: where to, and how far it is.
    advancing: WorldSummaryAdvancing


class OccurrencesPastSkipped(TypedDict):
    reason: str
    count: int
    #: The first of them.
    volumes: List[str]


class OccurrencesPast(TypedDict):
    at: str
    made: int
    #: Those that it made and that are still there.
    snapshots: List[str]
    #: Volumes that were passed over.
    skipped: List[OccurrencesPastSkipped]


class OccurrencesNext(TypedDict):
    at: str
    #: How many are bound now.
    volumes: int


class Occurrences(TypedDict):
    world: str
    provider: str
    policy: str
    deleted: bool
    now: str
    #: The oldest first.
    past: List[OccurrencesPast]
    #: What will come if nothing changes.
    next: List[OccurrencesNext]


class TimelinePoliciesPastSkipped(TypedDict):
    reason: str
    count: int
    volumes: List[str]


class TimelinePoliciesPast(TypedDict):
    at: str
    made: int
    skipped: List[TimelinePoliciesPastSkipped]


class TimelinePolicies(TypedDict):
    provider: str
    id: str
    name: str
    #: What it did, the oldest first.
    past: List[TimelinePoliciesPast]
    #: When it fires, if nothing changes.
    next: List[str]
    #: Whether it fires more often than is told.
    more: bool


class TimelineLanesSnapshots(TypedDict):
    id: str
    at: str
    expiresAt: Optional[str]
    origin: Literal["manual", "policy", "copy"]
    state: str


class TimelineLanesParts(TypedDict):
    at: Optional[str]
    count: int
    #: How many of them a policy made.
    automatic: int
    #: How many of them are not available: creating, failed, ….
    odd: int
    until: Optional[str]


class _TimelineLanes(TypedDict):
    provider: str
    id: str
    name: str
    #: System or data disk, in the cloud’s word.
    kind: str
    createdAt: str
    goneAt: Optional[str]
    activity: str
    #: The id of the policy that it is bound to.
    policy: Optional[str]


class TimelineLanes(_TimelineLanes, total=False):
    #: The oldest first.
    snapshots: List[TimelineLanesSnapshots]
    #: In place of more snapshots than `marks`: how many there are in each part.
    parts: List[TimelineLanesParts]


_Timeline = TypedDict(
    "_Timeline",
    {
        "world": "str",
        "mode": 'Literal["system", "manual"]',
        "now": "str",
        "from": "str",
        "to": "str",
        "total": "int",
        "partMs": "float",
        "policies": "List[TimelinePolicies]",
        "lanes": "List[TimelineLanes]",
    },
)


class Timeline(_Timeline, total=False):
    #: An advance that is under way: where to, and how far it is.
    advancing: WorldSummaryAdvancing


class Resource(TypedDict):
    id: str
    name: str
    #: In Snapstand’s words, the same for every cloud.
    state: str
    createdAt: str
    #: As the cloud’s own list shows it.
    shown: Dict[str, Any]


class Resources(TypedDict):
    world: str
    provider: str
    kind: Literal["volumes", "snapshots", "policies", "instances"]
    #: How many there are that were asked for.
    total: int
    #: The newest first.
    resources: List[Resource]


ResourceDetailRelated = TypedDict(
    "ResourceDetailRelated",
    {
        "is": 'Literal["volume", "policy", "instance", "source", "bound", "attached", "made"]',
        "kind": 'Literal["volumes", "snapshots", "policies", "instances"]',
        "id": "str",
        "name": "str",
        "state": "str",
    },
)


class ResourceDetail(TypedDict):
    world: str
    provider: str
    kind: Literal["volumes", "snapshots", "policies", "instances"]
    id: str
    name: str
    #: In Snapstand’s words, the same for every cloud.
    state: str
    createdAt: str
    #: As the cloud’s own list shows it.
    shown: Dict[str, Any]
    #: The content marker of a volume, or the one that a snapshot captured; null: it has none.
    content: Optional[str]
    #: The newest 100 of each kind.
    related: List[ResourceDetailRelated]


class Why(TypedDict, total=False):
    #: A plain sentence: what is wrong, and the way out.
    hint: str
    field: str
    #: What was sent there, or what is meant by it.
    value: str
    #: Which rule refused, and where it comes from.
    rule: str
    #: As the server computed it.
    canonicalRequest: str
    #: As the server computed it.
    stringToSign: str
    #: What the client signed, where a known mistake leads to its signature.
    clientCanonicalRequest: str


class _JournalEntry(TypedDict):
    #: The request id that the client got.
    id: str
    #: Null: refused before it was known who calls.
    world: Optional[str]
    provider: str
    #: Null: no such operation.
    operation: Optional[str]
    version: Optional[str]
    at: str
    wallAt: str
    durationMs: float
    method: str
    url: str
    #: 0: no answer was sent.
    status: int
    code: Optional[str]
    #: The body that was sent, cut where it is long.
    request: str
    #: The body that was answered, cut where it is long.
    response: str
    #: What was sent and no operation reads.
    unused: List[str]
    #: Ids in the path, the body and the answer.
    resources: List[str]
    refusal: Optional[Why]


class JournalEntry(_JournalEntry, total=False):
    #: What a replay has to send; nothing that authenticates.
    headers: Dict[str, str]
    #: What the signature did in another way than the cloud’s own clients; accepted all the same.
    habit: str
    #: The fault that did something to it.
    fault: str
    #: What a fault did to the connection: nobody got the answer, or its beginning only.
    connection: Literal["reset", "close-early", "hang"]
    #: The bodies that were cut.
    cut: List[Literal["request", "response"]]


class RequestsCounts(TypedDict):
    operation: Dict[str, int]
    status: Dict[str, int]
    code: Dict[str, int]


class Requests(TypedDict):
    world: str
    #: How many there were since the journal was last emptied.
    added: int
    #: How many of them are no longer there.
    dropped: int
    #: How many there are that were asked for.
    found: int
    counts: RequestsCounts
    #: What was sent and no operation reads, as `CreateSnapshot body.foo`: the 100 most frequent.
    unused: Dict[str, int]
    #: How often others were sent, of which there are too many to list.
    unusedMore: int
    #: The newest first.
    requests: List[JournalEntry]


class _RequestSummary(TypedDict):
    #: The request id that the client got.
    id: str
    #: Null: refused before it was known who calls.
    world: Optional[str]
    provider: str
    #: Null: no such operation.
    operation: Optional[str]
    version: Optional[str]
    at: str
    wallAt: str
    durationMs: float
    method: str
    url: str
    #: 0: no answer was sent.
    status: int
    code: Optional[str]
    #: What was sent and no operation reads.
    unused: List[str]
    #: Ids in the path, the body and the answer.
    resources: List[str]
    refusal: Optional[Why]


class RequestSummary(_RequestSummary, total=False):
    #: What the signature did in another way than the cloud’s own clients; accepted all the same.
    habit: str
    #: The fault that did something to it.
    fault: str
    #: What a fault did to the connection: nobody got the answer, or its beginning only.
    connection: Literal["reset", "close-early", "hang"]


class Expected(TypedDict):
    world: str
    #: How many such calls there were.
    count: int
    #: The newest first, 100 of them at most.
    requests: List[RequestSummary]


class _RequestEvent(TypedDict):
    type: Literal["request"]
    #: The request id that the client got.
    id: str
    #: Null: refused before it was known who calls.
    world: Optional[str]
    provider: str
    #: Null: no such operation.
    operation: Optional[str]
    version: Optional[str]
    at: str
    wallAt: str
    durationMs: float
    method: str
    url: str
    #: 0: no answer was sent.
    status: int
    code: Optional[str]
    #: What was sent and no operation reads.
    unused: List[str]
    #: Ids in the path, the body and the answer.
    resources: List[str]
    refusal: Optional[Why]


class RequestEvent(_RequestEvent, total=False):
    """A call of a cloud was answered: its journal entry, shortened."""

    #: What the signature did in another way than the cloud’s own clients; accepted all the same.
    habit: str
    #: The fault that did something to it.
    fault: str
    #: What a fault did to the connection: nobody got the answer, or its beginning only.
    connection: Literal["reset", "close-early", "hang"]


class FiredEvent(TypedDict):
    """A policy’s instant came: how many snapshots it made, and how many volumes it passed over, by reason."""

    type: Literal["fired"]
    world: str
    at: str
    provider: str
    what: Literal["volume", "snapshot", "instance", "policy"]
    #: Its id.
    subject: str
    made: int
    skipped: Dict[str, int]


class _CreatedEvent(TypedDict):
    type: Literal["created"]
    world: str
    at: str
    provider: str
    what: Literal["volume", "snapshot", "instance", "policy"]
    #: Its id.
    subject: str
    state: str


class CreatedEvent(_CreatedEvent, total=False):
    """A resource is there now; with a delay of 0 it is complete already."""

    #: Of a snapshot: what it was made of.
    volume: str
    #: Of a snapshot: which policy made it.
    policy: str


class CompletedEvent(TypedDict):
    """What took its time has ended."""

    type: Literal["completed"]
    world: str
    at: str
    provider: str
    what: Literal["volume", "snapshot", "instance", "policy"]
    #: Its id.
    subject: str
    was: str
    #: `gone` is one, too.
    state: str


class _ExpiredEvent(TypedDict):
    type: Literal["expired"]
    world: str
    at: str
    provider: str
    what: Literal["volume", "snapshot", "instance", "policy"]
    #: Its id.
    subject: str


class ExpiredEvent(_ExpiredEvent, total=False):
    """A snapshot’s time is over."""

    volume: str


class SkippedEvent(TypedDict):
    """A firing passed over this volume."""

    type: Literal["skipped"]
    world: str
    at: str
    provider: str
    what: Literal["volume", "snapshot", "instance", "policy"]
    #: Its id.
    subject: str
    policy: str
    reason: str


class _ClockEvent(TypedDict):
    type: Literal["clock"]
    world: str
    at: str
    mode: Literal["system", "manual"]
    now: str


class ClockEvent(_ClockEvent, total=False):
    """The clock was set, or an advance moves it: told now and then, and at its end."""

    #: An advance that is under way: where to, and how far it is.
    advancing: WorldSummaryAdvancing


class FaultEvent(TypedDict):
    """A fault did something to a call."""

    type: Literal["fault"]
    world: str
    at: str
    provider: str
    operation: str
    #: The request id of the call.
    request: str
    #: The id of the rule.
    fault: str
    #: What it did: error, status, connection, outcome or delayMs.
    outcome: str


class _ReplacedEvent(TypedDict):
    type: Literal["replaced"]
    world: str
    at: str
    why: Literal["reset", "restored", "forked", "imported", "deleted", "moved"]


class ReplacedEvent(_ReplacedEvent, total=False):
    """The world has another state now, or is no more: what a reader knew of it is void."""

    #: Which one was restored.
    checkpoint: str


class MissedEvent(TypedDict):
    """Events that were asked for are no longer kept: the reader was too slow, or away for too long."""

    type: Literal["missed"]
    world: str
    #: Null: nobody counted them.
    count: Optional[int]


Event = Union[
    RequestEvent,
    FiredEvent,
    CreatedEvent,
    CompletedEvent,
    ExpiredEvent,
    SkippedEvent,
    ClockEvent,
    FaultEvent,
    ReplacedEvent,
    MissedEvent,
]


class _Evidence(TypedDict):
    #: A page of the cloud says so; clients declare it, send it or need it; the cloud answered so; it was
    #: concluded; nothing is known, and it was chosen.
    kind: Literal["documented", "client", "recorded", "inferred", "invented"]
    #: Where docs/clouds/ has it.
    section: str


class Evidence(_Evidence, total=False):
    #: Of what is documented.
    page: str
    #: The day by which the page had been read.
    readBy: str
    clients: List[str]
    #: The day of the recording.
    on: str
    #: What recorded it.
    tool: str
    #: From what it is inferred.
    basis: str
    #: Why it is invented.
    why: str


class EvidenceCounts(TypedDict):
    documented: int
    client: int
    recorded: int
    inferred: int
    invented: int


class EvidencedMembers(TypedDict):
    evidence: Evidence
    names: List[str]


class Statement(TypedDict):
    text: str
    evidence: Evidence


class _OperationRoute(TypedDict):
    method: str
    path: str


class OperationRoute(_OperationRoute, total=False):
    #: An action header’s value, or a query key.
    selector: str


class OperationErrorsByFaultThen(TypedDict):
    error: str


class OperationErrorsByFault(TypedDict):
    """A rule to put that lets the next calls answer it, whatever the state of the world."""

    provider: str
    operation: str
    then: OperationErrorsByFaultThen


class _OperationErrors(TypedDict):
    code: str
    status: int
    message: str
    source: str
    codeEvidence: Evidence
    textEvidence: Evidence
    #: A rule to put that lets the next calls answer it, whatever the state of the world.
    byFault: OperationErrorsByFault


class OperationErrors(_OperationErrors, total=False):
    #: How it is reached.
    reach: str
    evidence: Evidence


class _Operation(TypedDict):
    provider: str
    name: str
    summary: str
    #: The evidence in words.
    source: str
    evidence: Evidence
    counts: EvidenceCounts
    route: OperationRoute
    errors: List[OperationErrors]
    #: What is sent (path, query, body) and answered, by what it rests on.
    members: List[EvidencedMembers]
    #: In which states it takes what it is about.
    states: List[Statement]
    #: What else it does, and what it accepts and ignores.
    notes: List[Statement]


class Operation(_Operation, total=False):
    aliases: List[OperationRoute]
    versions: List[str]
    #: What a success makes, and a fault with the outcome fails lets fail afterwards.
    makes: Literal["volume", "snapshot"]


class Behaviour(TypedDict):
    about: Literal["setting", "time"]
    name: str
    text: str
    evidence: Evidence


class OperationsNotServed(TypedDict):
    provider: str
    name: str
    reason: str
    source: str


class Operations(TypedDict):
    #: The page of each cloud that sources cite.
    specification: Dict[str, str]
    operations: List[Operation]
    #: What any operation of a cloud may answer.
    common: Dict[str, List[OperationErrors]]
    #: Of each cloud, the defaults of its settings and what time does, with what they rest on.
    behaviours: Dict[str, List[Behaviour]]
    notServed: List[OperationsNotServed]


class OpenApiDocument(TypedDict):
    openapi: str
    info: Dict[str, Any]
    paths: Dict[str, Any]
    components: Dict[str, Any]


class Setting(TypedDict):
    name: str
    value: Optional[Union[bool, float, str]]
    default: Optional[Union[bool, float, str]]
    description: str
    source: str


class StateClock(TypedDict):
    mode: Literal["system", "manual"]
    at: str


class StateInternalTables(TypedDict):
    name: str
    columns: List[str]
    rows: List[List[Any]]


class _StateInternal(TypedDict):
    format: int
    digest: str
    tables: List[StateInternalTables]


class StateInternal(_StateInternal, total=False):
    rowsDigest: str


class _State(TypedDict):
    settings: Dict[str, Any]
    clock: StateClock
    internal: StateInternal


class State(_State, total=False):
    #: The world’s own rules for what goes wrong.
    faults: List[Any]


class _ImportReport(TypedDict):
    world: str
    #: True: the very world that was exported; false: planted as a seed.
    exact: bool
    mode: Literal["system", "manual"]
    now: str


class ImportReport(_ImportReport, total=False):
    #: An advance that is under way: where to, and how far it is.
    advancing: WorldSummaryAdvancing


class Checkpoint(TypedDict):
    name: str
    #: The world’s instant when it was saved.
    at: str
    #: By the wall clock.
    savedAt: str
    bytes: int


class WorldCheckpoint(TypedDict):
    world: str
    name: str
    #: The world’s instant when it was saved.
    at: str
    #: By the wall clock.
    savedAt: str
    bytes: int


class FaultWhen(TypedDict, total=False):
    #: An object with members of the body as the operation reads them.
    body: Dict[str, Any]
    #: An object with members of the query as the operation reads them.
    query: Dict[str, Any]
    #: An object with members of the path as the operation reads them.
    params: Dict[str, Any]
    #: The id of a resource that the call names in its path, query or body.
    resource: str


class FaultThenRate(TypedDict):
    """Lets so many calls through in so many seconds of the world’s clock; acts beyond."""

    requests: int
    perSeconds: int


class FaultThen(TypedDict, total=False):
    #: A code of the cloud.
    error: str
    delayMs: int
    status: int
    #: Beside status: a text is sent as it is, anything else as JSON.
    body: Any
    connection: Literal["reset", "close-early", "hang"]
    #: The call succeeds; what it makes ends in the cloud’s failed state.
    outcome: Literal["fails"]
    #: Lets so many calls through in so many seconds of the world’s clock; acts beyond.
    rate: FaultThenRate
    #: The work is done first; only the answer is late, lost or another one.
    after: bool


class _Fault(TypedDict):
    #: Whose rule it is; *: the server’s, which holds in every world.
    world: str
    #: A name of 1 to 128 characters.
    id: str
    provider: str
    operation: str
    enabled: bool
    then: FaultThen
    #: Calls that it was for, those that it let go included.
    met: int
    #: Those that it did something to.
    acted: int


class Fault(_Fault, total=False):
    when: FaultWhen
    #: So many calls it lets go first.
    skip: int
    #: So often it acts; without, always.
    times: int
    #: Drawn from the world’s own sequence.
    probability: float


class _Problem(TypedDict):
    type: Literal["about:blank"]
    #: The words of the status.
    title: str
    status: int
    #: What is wrong, and the way out, as a sentence.
    detail: str


class Problem(_Problem, total=False):
    #: What it is about: a member, a parameter, a header.
    field: str
    #: What was sent there.
    value: Any
    #: What would have been right there.
    example: Any
    #: Why, as a word or a few.
    reason: str
    #: The known name that comes nearest.
    nearest: str
    #: All names that are known there.
    known: List[str]
