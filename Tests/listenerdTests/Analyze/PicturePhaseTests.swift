import Testing

@testable import listenerd

/// What a process does during a startup.
@Suite struct PicturePhaseTests {
    private static let cases: [(String, StartupTimeline.Bar, [PicturePhase])] = [
        ("it never starts", Bar("a", nil, nil), []),
        ("it is up", Bar("a", 1, 2), [phase(.starting, 1, 2), phase(.up, 2, 10)]),
        (
            "it has gates", Bar("a", 1, 2, ready: 5),
            [phase(.starting, 1, 2), phase(.becomingReady, 2, 5), phase(.up, 5, 10)]
        ),
        ("nobody waits for its gates", Bar("a", 1, 2, ready: .some(nil)), [phase(.starting, 1, 2), phase(.up, 2, 10)]),
        (
            "it completes", Bar("a", 1, 2, exited: 4, .completed),
            [phase(.starting, 1, 2), phase(.completing, 2, 4)]
        ),
        (
            "it completes before its gates have passed", Bar("a", 1, 2, ready: .some(nil), exited: 4, .completed),
            [phase(.starting, 1, 2), phase(.completing, 2, 4)]
        ),
        ("it fails to start", Bar("a", 1, nil, exited: 4, .failed("FATAL")), [phase(.starting, 1, 4)]),
        (
            "its gates fail", Bar("a", 1, 2, ready: .some(nil), exited: 4, .failed("")),
            [phase(.starting, 1, 2), phase(.becomingReady, 2, 4)]
        ),
        ("it exits", Bar("a", 1, 2, exited: 4, .failed("")), [phase(.starting, 1, 2), phase(.up, 2, 4)]),
        ("it is still starting", Bar("a", 1, nil, .unfinished("")), [phase(.starting, 1, 10)]),
        (
            "it was started again and is up", Bar("a", 1, 2, exited: 3, .ready, restarts: 1),
            [phase(.starting, 1, 2), phase(.up, 2, 10)]
        ),
        (
            "it takes no time", Bar("a", 1, 1, exited: 1, .completed),
            [phase(.starting, 1, 1), phase(.completing, 1, 1)]
        ),
        ("it comes later than the end", Bar("a", 20, 30), [phase(.starting, 10, 10), phase(.up, 10, 10)]),
        (
            "its times contradict each other", Bar("a", 9, 4, ready: 2, exited: 1, .completed),
            [phase(.starting, 9, 9), phase(.becomingReady, 9, 9), phase(.completing, 9, 9)]
        ),
    ]

    private typealias Bar = StartupTimeline.Bar

    private static func phase(_ kind: PicturePhase.Kind, _ start: Double, _ end: Double) -> PicturePhase {
        PicturePhase(kind: kind, start: start, end: end)
    }

    @Test(arguments: cases)
    func aProcessHasThePhasesThatItWentThrough(title: String, bar: StartupTimeline.Bar, phases: [PicturePhase]) {
        #expect(bar.phases(until: 10) == phases, "\(title)")
    }
}
