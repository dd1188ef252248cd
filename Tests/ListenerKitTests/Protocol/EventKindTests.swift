import Testing

@testable import ListenerKit

@Suite struct EventKindTests {
    private static let children: [EventKind: [EventKind]] = [
        .processState: [
            .processStateStarting, .processStateRunning, .processStateBackoff, .processStateStopping,
            .processStateExited, .processStateStopped, .processStateFatal, .processStateUnknown,
        ],
        .processLog: [.processLogStdout, .processLogStderr],
        .processCommunication: [.processCommunicationStdout, .processCommunicationStderr],
        .supervisorStateChange: [.supervisorStateChangeRunning, .supervisorStateChangeStopping],
        .tick: [.tick5, .tick60, .tick3600],
        .processGroup: [.processGroupAdded, .processGroupRemoved],
    ]

    @Test(arguments: EventKind.allCases)
    func aNameIncludesItselfAndWhatStandsBelowIt(kind: EventKind) {
        let included = kind == .event ? EventKind.allCases : [kind] + Self.children[kind, default: []]
        #expect(Set(EventKind.allCases.filter { kind.includes($0) }) == Set(included))
    }

    @Test(arguments: EventKind.allCases)
    func everyNameIsRecognisedInBytes(kind: EventKind) {
        #expect(EventKind(Array(kind.rawValue.utf8).span) == kind)
    }

    @Test(arguments: ["", "tick_5", "TICK_", "TICK_50", " TICK_5"])
    func otherWordsAreNoKind(word: String) {
        #expect(EventKind(Array(word.utf8).span) == nil)
    }
}
