import ExecutableTesting
import Foundation
import Testing

/// A collector of logs, which reads one with its snippet of Documentation/collectors.md.
struct Collector: Sendable {
    /// Its name, as `Tests/collect` knows it.
    let name: String
    /// What `Tests/collect` is run by.
    private let wrapper: [String]
    private let program: String
    /// Whether this machine has it, or `make collectors` could get it.
    let isPossible: Bool

    /// Debian's rsyslog.
    static let rsyslog = Collector("rsyslog", "usr/sbin/rsyslogd")
    /// Debian's syslog-ng.
    static let syslogNG = Collector("syslog-ng", "usr/sbin/syslog-ng")
    /// The OpenTelemetry Collector, which nobody may trust to reach anything but this machine.
    static let openTelemetry = Collector("otelcol", openTelemetryProgram, wrapper: withoutNetwork)
    /// The same, with a log as containerd keeps it.
    static let openTelemetryInContainers = Collector(
        "otelcol-containers",
        openTelemetryProgram,
        wrapper: withoutNetwork
    )

    private static let openTelemetryProgram = "otel_collector/bin/otelcol-contrib_linux_amd64"
    private static let withoutNetwork = ["/usr/bin/unshare", "--net", "--"]

    private init(_ name: String, _ program: String, wrapper: [String] = []) {
        self.name = name
        self.wrapper = wrapper + ["\(TestedExecutable.package)/Tests/collect"]
        let unpacked = "\(TestedExecutable.package)/.build/collectors/\(program)"
        self.program = FileManager.default.isExecutableFile(atPath: unpacked) ? unpacked : "/\(program)"
        isPossible = Self.isPossible(["\(TestedExecutable.package)/Tests/collect", name, self.program])
    }

    private static func isPossible(_ command: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else {
            return false
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// Lets it read a log.
    ///
    /// - Parameters:
    ///   - log: The path of the log.
    ///   - count: How many records it has to deliver.
    ///   - folder: A folder for its output.
    /// - Returns: The records as they have arrived.
    /// - Throws: ``TestFailure`` if it delivers another number of them.
    func records(of log: String, count: Int, in folder: TestFolder) async throws -> [LogFields] {
        let (output, errors) = ("\(name).out", "\(name).err")
        let run = try RunningProgram(
            wrapper[0],
            wrapper.dropFirst() + [name, program, log, String(count)],
            output: folder.path(of: output),
            errors: folder.path(of: errors)
        )
        guard try await run.waitForEnd() == .status(0) else {
            throw TestFailure(folder.text(of: errors))
        }
        return try folder.lines(of: output).map { try LogFields(json: $0) }
    }
}
