import Glibc
import Testing

@testable import ListenerKit

@Suite struct SignalTests {
    @Test(arguments: [
        (SIGTERM, "SIGTERM"), (SIGINT, "SIGINT"), (SIGHUP, "SIGHUP"), (SIGUSR1, "SIGUSR1"), (SIGUSR2, "SIGUSR2"),
        (SIGQUIT, "SIGQUIT"), (SIGKILL, "SIGKILL"), (SIGPIPE, "SIGPIPE"), (SIGCHLD, "SIGCHLD"),
        (SIGXFSZ, "SIGXFSZ"), (SIGSEGV, "signal 11"),
    ])
    func aSignalHasTheNameThatPeopleKnow(number: Int32, name: String) {
        #expect(Signal(rawValue: number).description == name)
    }

    @Test func ignoredSignalsAreDetected() {
        // Nothing here uses this one.
        let unused = Signal(rawValue: SIGWINCH)
        #expect(!unused.isIgnored)
        signal(unused.rawValue, SIG_IGN)
        #expect(unused.isIgnored)
        signal(unused.rawValue, SIG_DFL)
        #expect(!unused.isIgnored)
    }

    @Test func signalsIgnoredHereAreNotIgnoredByChildren() {
        // Nothing here uses this one.
        let unused = Signal(rawValue: SIGVTALRM)
        unused.catchAndDrop()
        defer { signal(unused.rawValue, SIG_DFL) }
        #expect(raise(unused.rawValue) == 0)
        #expect(!unused.isIgnored)
    }

    @Test func writesBeyondTheFileSizeLimitFail() {
        surviveFailedWrites()
        #expect(raise(SIGXFSZ) == 0)
        #expect(raise(SIGPIPE) == 0)
    }
}
