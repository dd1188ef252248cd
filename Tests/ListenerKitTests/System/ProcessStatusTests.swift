import Testing

@testable import ListenerKit

@Suite struct ProcessStatusTests {
    private static func status(_ text: String) -> ProcessStatus? {
        ProcessStatus(Array(text.utf8))
    }

    @Test(
        arguments: [
            // `PF_FORKNOEXEC` is 0x40, and the rest are other flags.
            ("7 (sh) S 5 7 7 0 -1 64 0", 5, false, true), ("7 (sh) R 5 7 7 0 -1 4194368 0", 5, true, true),
            ("7 (sh) S 5 7 7 0 -1 4194304 0", 5, false, false), ("7 (sh) Z 5 7 7 0 -1 4194368 0", 5, false, false),
            ("7 (sh) X 5 7 7 0 -1 64 0", 5, false, false),
            // Sandboxes know no flags.
            ("7 (sh) S 5 7 7 0 -1 0 0", 5, false, nil),
            // A name may hold anything.
            ("7 (a) S 1 (b) R) S 5 7 7 0 -1 64 0", 5, false, true), ("7 (\n) S 5 7 7 0 -1 64 0\n", 5, false, true),
        ] as [(String, Int32, Bool, Bool?)]
    )
    func statusFileOfTheKernelIsParsed(text: String, parent: Int32, isRunning: Bool, isBeforeExec: Bool?) throws {
        let status = try #require(Self.status(text))
        #expect(status.parent == parent)
        #expect(status.isRunning == isRunning)
        #expect(status.isBeforeExec == isBeforeExec)
    }

    @Test(arguments: ["", "7", "7 (sh)", "7 (sh) S", "7 (sh) S x 7 7 0 -1 64", "7 (sh) S 5 7 7 0 -1", "7 (sh S 5 7 7"])
    func anythingElseIsNoStatus(text: String) {
        #expect(Self.status(text) == nil)
    }

    @Test func aProcessThatDoesNotExistHasNone() {
        #expect(ProcessStatus(pid: 4_194_305) == nil)
    }

    @Test func theAgeIsCountedFromTheFork() throws {
        let own = try #require(ProcessStatus(pid: currentProcessID()))
        let age = try #require(own.age)
        #expect(age > .zero)
        let text = "7 (sh) S 1 7 7 0 -1 64 0 0 0 0 0 0 0 0 20 0 1 0 0"
        let first = try #require(Self.status(text)?.age)
        #expect(first > age, "one that was forked when the machine was booted is older")
    }
}
