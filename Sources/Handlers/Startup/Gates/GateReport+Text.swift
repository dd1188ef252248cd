import ListenerKit

/// The report as text: a line for each process, with lines for its gates below, between one that begins the report and one that
/// ends it.
extension GateReport {
    private static let beginning = ReportLine("gates")
    private static let end = ReportLine("end")
    private static let process = "process"
    private static let gate = "gate"
    private static let isSo = "yes"
    private static let isNot = "no"

    /// The report as text, for whoever asks.
    package var text: [UInt8] {
        var lines = [Self.beginning]
        for process in processes {
            lines.append(
                ReportLine(
                    Self.process,
                    process.name.group,
                    process.name.process,
                    process.pid.map { String($0) },
                    process.isReady ? Self.isSo : Self.isNot,
                    process.failure,
                    process.statusText
                )
            )
            for gate in process.gates {
                let passed = gate.hasPassed ? Self.isSo : Self.isNot
                lines.append(ReportLine(Self.gate, gate.text, passed, String(gate.attempts), gate.lastAnswer))
            }
        }
        return (lines + [Self.end]).flatMap { $0.bytes }
    }

    /// Reads a report; nil results if the text is not one, or not all of one.
    package init?(text: [UInt8]) {
        guard text.last == UInt8(ascii: "\n") else {
            return nil
        }
        var lines: [ReportLine] = []
        for line in text.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            guard let line = ReportLine(line) else {
                return nil
            }
            lines.append(line)
        }
        guard lines.count >= 2, lines.first == Self.beginning, lines.last == Self.end else {
            return nil
        }
        var rest = lines.dropFirst().dropLast()
        var processes: [Process] = []
        while let line = rest.popFirst() {
            let count = rest.prefix { $0.fields.first == Self.gate }.count
            guard let process = Self.process(line, rest.prefix(count)) else {
                return nil
            }
            processes.append(process)
            rest = rest.dropFirst(count)
        }
        self.init(processes: processes)
    }

    private static func process(_ line: ReportLine, _ gateLines: ArraySlice<ReportLine>) -> Process? {
        let gates = gateLines.compactMap { gate($0) }
        guard line.fields.count == 7, line.fields[0] == process, gates.count == gateLines.count,
            let group = line.fields[1], let name = line.fields[2], let isReady = boolean(line.fields[4])
        else {
            return nil
        }
        let pid = line.fields[3].map { Int(decimal: Array($0.utf8)[...]) }
        // The pid may be absent, but not be something else than a number.
        if case .some(nil) = pid {
            return nil
        }
        return Process(
            name: ProcessName(group: group, process: name),
            pid: pid ?? nil,
            isReady: isReady,
            failure: line.fields[5],
            statusText: line.fields[6],
            gates: gates
        )
    }

    private static func gate(_ line: ReportLine) -> GateStatus? {
        guard line.fields.count == 5, let text = line.fields[1], let hasPassed = boolean(line.fields[2]),
            let attempts = line.fields[3].flatMap({ Int(decimal: Array($0.utf8)[...]) })
        else {
            return nil
        }
        return GateStatus(text: text, hasPassed: hasPassed, attempts: attempts, lastAnswer: line.fields[4])
    }

    private static func boolean(_ field: String?) -> Bool? {
        switch field {
        case isSo: true
        case isNot: false
        default: nil
        }
    }
}
