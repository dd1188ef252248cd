import ExecutableTesting

/// Programs that record when they are told to stop, and when they have stopped, in one file for all of them.
enum StoppingProgram {
    /// The file of the records, in the folder.
    static let records = "stops"
    /// The file of the script that all of them run.
    static let file = "stopping.sh"

    /// Records `NAME up`, `NAME term` on SIGTERM, and `NAME end` before it exits: after some seconds, or once a file exists.
    static let script = """
        name=$SUPERVISOR_PROCESS_NAME
        finish() {
            echo "$name term" >>"$1/stops"
            case $2 in
            /*) until [ -e "$2" ]; do sleep 0.02; done ;;
            0) ;;
            *) sleep "$2" ;;
            esac
            echo "$name end" >>"$1/stops"
            kill $child
            exit 0
        }
        trap "finish '$1' '$2'" TERM
        sleep 600 &
        child=$!
        echo "$name up" >>"$1/stops"
        wait

        """

    /// Returns the command of a program that takes some time to stop.
    static func command(seconds: String = "0") -> String {
        "/bin/sh %(here)s/\(file) %(here)s \(seconds)"
    }

    /// Returns the command of a program that stops once a file exists in the folder.
    static func command(until name: String) -> String {
        command(seconds: "%(here)s/\(name)")
    }
}

extension Supervise {
    /// Runs a test with a `supervise` that starts programs in order, once the given number of ``StoppingProgram`` is up.
    static func runOrdered(
        _ programs: String,
        up count: Int,
        arguments: [String] = [],
        _ test: (Supervise) async throws -> Void
    ) async throws {
        try await run(
            ["--ordered-startup"] + arguments,
            programs,
            files: [StoppingProgram.file: StoppingProgram.script]
        ) { supervise in
            try await supervise.wait(for: "\(count) programs") {
                supervise.records.count { $0.hasSuffix(" up") } >= count
            }
            try await test(supervise)
        }
    }

    /// What programs have recorded so far: `web term`.
    var records: [String] {
        folder.text(of: StoppingProgram.records).split(separator: "\n").map { String($0) }
    }

    /// What programs have recorded so far about their end.
    var stops: [String] { records.filter { !$0.hasSuffix(" up") } }

    /// Waits until a program has recorded something.
    func wait(forStopRecord record: String) async throws {
        try await wait(for: "'\(record)'") { records.contains(record) }
    }

    /// Returns whether a record came before another one; both must be there.
    func has(_ record: String, before other: String) -> Bool {
        guard let first = stops.firstIndex(of: record), let second = stops.firstIndex(of: other) else {
            return false
        }
        return first < second
    }
}
