import ExecutableTesting
import Foundation
import Testing

/// The output of supervisord, its programs and the listener, with and without a reader.
@Suite struct SuperviseOutputTests {
    /// Makes a full named pipe that is open for reading but never read.
    private static func unread(_ redirections: String) -> Supervise.Options {
        let pipe = "mkfifo %(here)s/pipe; exec 3<>%(here)s/pipe; yes | head -c 65536 >&3"
        return Supervise.Options(wrapper: ["/bin/sh", "-c", "\(pipe); exec \"$@\" \(redirections)", "sh"])
    }

    private static let handlers = ["--ordered-startup", "--fatal-exit", "--log"]
    private static let jobs = (0..<20).map { number in
        Sections.native("job\(number)", "/usr/bin/touch %(here)s/done\(number)")
    }.joined()

    @Test(arguments: ["2>&3", ">&3", ">&3 2>&3"])
    func readersThatDoNotReadHoldNothingUp(redirections: String) async throws {
        try await Supervise.run(Self.handlers, Self.jobs, Self.unread(redirections)) { supervise in
            for number in 0..<20 {
                try await supervise.wait(for: "job\(number)") {
                    FileManager.default.fileExists(atPath: supervise.folder.path(of: "done\(number)"))
                }
            }
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    /// The reader has closed its end, so that the first write fails.
    @Test(arguments: ["2>%(here)s/pipe", ">%(here)s/pipe", ">%(here)s/pipe 2>&1"])
    func readersThatAreGoneHoldNothingUp(redirections: String) async throws {
        let start = "mkfifo %(here)s/pipe; true <%(here)s/pipe & exec \"$@\" \(redirections)"
        let options = Supervise.Options(wrapper: ["/bin/sh", "-c", start, "sh"])
        let failingProgram = FatalExitTriggerTests.job("web", FatalExitTriggerTests.exits(7))
        let arguments = ["--fatal-exit-on=exit", "--fatal-exit-programs=web"]
        try await Supervise.run(Self.handlers + arguments, Self.jobs + failingProgram, options) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
        }
    }

    /// Closed streams, whose descriptors the next opened files would get.
    @Test(arguments: [">&-", "2>&-", "<&- >&- 2>&-"])
    func closedStreamsChangeNothing(redirections: String) async throws {
        let options = Supervise.Options(wrapper: ["/bin/sh", "-c", "exec \"$@\" \(redirections)", "sh"])
        let failingProgram = FatalExitTriggerTests.job("web", FatalExitTriggerTests.exits(7))
        let arguments = Self.handlers + ["--fatal-exit-on=exit", "--fatal-exit-programs=web"]
        try await Supervise.run(arguments, Self.jobs + failingProgram, options) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
        }
    }

    /// Programs and supervisord itself write to the streams of the first process, as is usual in containers.
    @Test(.enabled(if: Isolation.asFirstProcess.isPossible, "only root can make a PID namespace"))
    func theStreamsOfTheFirstProcessHoldUpNothingEither() async throws {
        var options = Self.unread(">&3 2>&3")
        options.wrapper = Isolation.asFirstProcess.command + options.wrapper
        let keys = ["stdout_logfile=/proc/1/fd/1", "stdout_logfile_maxbytes=0"].joined(separator: "\n")
        let programs = (0..<5).map { number in
            Sections.program(
                "job\(number)",
                "/bin/sh -c 'seq 99999; touch %(here)s/done\(number); exec sleep 600'",
                keys
            )
        }
        try await Supervise.run(["--log"], programs.joined(), options) { supervise in
            for number in 0..<5 {
                try await supervise.wait(for: "job\(number)") {
                    FileManager.default.fileExists(atPath: supervise.folder.path(of: "done\(number)"))
                }
            }
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    /// A program that writes a lot to both of supervisord's streams.
    private static let flood = """
        [program:flood]
        command=/bin/sh -c 'seq 300000; seq 400000 >&2; touch %(here)s/done'
        stdout_logfile=/dev/stdout
        stdout_logfile_maxbytes=0
        stderr_logfile=/dev/stderr
        stderr_logfile_maxbytes=0
        startsecs=0
        autorestart=false

        """

    private static func numbers(_ range: ClosedRange<Int>) -> String {
        range.map { "\($0)\n" }.joined()
    }

    /// Both streams have readers that copy everything to files.
    @Test func readersReceiveEveryLine() async throws {
        let start = """
            for name in out err; do mkfifo %(here)s/$name.pipe; cat <%(here)s/$name.pipe >%(here)s/$name & done
            exec "$@" >%(here)s/out.pipe 2>%(here)s/err.pipe
            """
        let options = Supervise.Options(wrapper: ["/bin/sh", "-c", start, "sh"])
        try await Supervise.run(["--", "--silent"], Self.flood, options) { supervise in
            try await supervise.wait(for: "the program") {
                FileManager.default.fileExists(atPath: supervise.folder.path(of: "done"))
            }
            supervise.send(SIGTERM)
            let ending = try await supervise.waitForEnd()
            #expect(ending == .status(0), "\(supervise.logs)")
            // The readers exit by themselves.
            try await ExecutableTesting.wait(for: "the readers") { supervise.survivors.isEmpty }
            #expect(supervise.folder.text(of: "out") == Self.numbers(1...300_000))
            #expect(supervise.folder.text(of: "err") == Self.numbers(1...400_000))
        }
    }

    /// supervisord opens the file a second time for its program, and the shell has not opened it for appending.
    @Test func nothingIsOverwrittenInAFile() async throws {
        let options = Supervise.Options(wrapper: ["/bin/sh", "-c", "exec \"$@\" >%(here)s/all 2>&1", "sh"])
        try await Supervise.run(["--log"], Self.flood, options) { supervise in
            try await supervise.wait(for: "the program") {
                FileManager.default.fileExists(atPath: supervise.folder.path(of: "done"))
            }
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            let text = supervise.folder.text(of: "all")
            // supervisord writes what it has read, which may end within a line, and its own messages follow right there.
            let messages = "(20[0-9]{2}-[0-9]{2}-[0-9]{2}[ T]|listenerd: )[^\n]*\n"
            let numbers = text.replacingOccurrences(of: messages, with: "", options: .regularExpression)
            #expect(numbers.split(separator: "\n").count { $0.allSatisfy(\.isNumber) } == 700_000)
            #expect(text.contains("received SIGTERM"))
            #expect(text.contains("flood STOPPED → STARTING\n"))
        }
    }

    /// Both streams lead to one file, which keeps everything in the order in which it was written.
    @Test func outputToOneReaderStaysInOrder() async throws {
        let start = "mkfifo %(here)s/pipe; cat <%(here)s/pipe >%(here)s/all & exec \"$@\" >%(here)s/pipe 2>&1"
        let options = Supervise.Options(wrapper: ["/bin/sh", "-c", start, "sh"])
        try await Supervise.run(["--log"], Sections.program("web", "sleep 600"), options) { supervise in
            try await supervise.wait(forFile: "all", "web STARTING → RUNNING")
            supervise.send(SIGTERM)
            _ = try await supervise.waitForEnd()
            try await ExecutableTesting.wait(for: "the reader") { supervise.survivors.isEmpty }
            let all = supervise.folder.text(of: "all")
            let texts = [
                "supervisord started with pid", "spawned: 'web'", "web STOPPED → STARTING", "received SIGTERM",
            ]
            #expect(all.inOrder(texts[0], texts[1], texts[2], texts[3]), "\(all)")
        }
    }

    /// Counts a number that arrives in order, or the numbers that a line reports as missing.
    private static func account(for line: Substring, _ count: inout Int) {
        if line == "\(count + 1)" {
            count += 1
        } else if line.hasPrefix("listenerd: "), let notice = line.firstMatch(of: /([0-9]+) lines? (is|are) missing/) {
            count += Int(notice.1) ?? 0
        }
    }

    @Test func missingLinesAreReportedOnceTheReaderReads() async throws {
        try await Supervise.run([], Self.flood, Self.unread("2>&3")) { supervise in
            try await supervise.wait(for: "the program") {
                FileManager.default.fileExists(atPath: supervise.folder.path(of: "done"))
            }
            try await supervise.wait(forLog: "exited: flood")
            let reader = open(supervise.folder.path(of: "pipe"), O_RDONLY | O_NONBLOCK)
            defer { close(reader) }
            var (rest, count) = (Data(), 0)
            try await supervise.wait(for: "every line, or that it is missing") {
                var piece = [UInt8](repeating: 0, count: 1 << 16)
                while case let size = read(reader, &piece, piece.count), size > 0 {
                    rest += piece[..<size]
                    let whole = rest.prefix(through: rest.lastIndex(of: UInt8(ascii: "\n")) ?? rest.startIndex)
                    for line in String(decoding: whole, as: UTF8.self).split(separator: "\n") {
                        Self.account(for: line, &count)
                    }
                    rest = Data(rest[whole.endIndex...])
                }
                return count == 400_000
            }
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    /// The default action of `SIGXFSZ` would kill the process.
    @Test func aFileThatMayNotGrowEndsNothing() async throws {
        let limit = ["/bin/sh", "-c", "ulimit -f 16; exec \"$@\" >/dev/null", "sh"]
        let failing = FatalExitTriggerTests.job(
            "web",
            "/bin/sh -c 'seq 9999 >&2; exit 7'",
            "stderr_logfile=/dev/stderr",
            "stderr_logfile_maxbytes=0"
        )
        let options = Supervise.Options(wrapper: limit)
        try await Supervise.run(["--fatal-exit", "--fatal-exit-on=exit", "--log"], failing, options) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
            #expect(supervise.errors.utf8.count == 16 * 512)
        }
    }
}
