import ListenerKit

/// A name in `startafter` that no program, group or process has.
struct UnknownParent {
    private let name: String
    private let waiting: String

    init(_ name: String, of waiting: String) {
        self.name = name
        self.waiting = waiting
    }

    /// Returns that nothing has the name, and what was probably meant, as a clause without a full stop.
    func description(_ parents: inout StartupParents) -> String {
        let isQualified = { (name: String) in name.utf8.contains(UInt8(ascii: ":")) }
        let unknown = "no \(isQualified(name) ? "process" : "program, group or process") has that name"
        if let advice = advice(&parents) {
            return "\(unknown); \(advice)"
        }
        if let (parent, word) = wrongCondition(&parents) {
            let what = isQualified(parent) ? "not a condition" : "neither a condition nor a process of \(parent.quoted)"
            return "\(word.quoted) is \(what)" + ConditionSpelling.advice(for: word)
        }
        return unknown + (parents.suggestion(for: name, besides: waiting).map { "; did you mean '\($0)'?" } ?? "")
    }

    /// Returns what to write instead, if the name is that of something else, or of several things.
    private func advice(_ parents: inout StartupParents) -> String? {
        if name.utf8.contains(UInt8(ascii: ",")), !name.utf8.contains(UInt8(ascii: ":")) {
            return "separate parents by spaces"
        }
        if parents.hasGroup(name) {
            return "did you mean '\(name):*'?"
        }
        return processesOfNamedProgram(&parents).map { advice($0) }
    }

    /// Returns whether something else was probably meant, and not only something that may be absent, as with `?`.
    func isDoubtful(_ parents: inout StartupParents) -> Bool {
        if parents.hasGroup(name) || processesOfNamedProgram(&parents) != nil {
            return true
        }
        if let (parent, word) = wrongCondition(&parents) {
            // In a group with several processes, it may be another one of these.
            return ConditionSpelling.meaning(of: word) != nil || !parents.hasSeveralProcesses(parent)
        }
        // If names are numbered, one that is missing is as near as another.
        return parents.suggestion(for: name, besides: waiting).map { $0.withoutDigits != name.withoutDigits } ?? false
    }

    /// The text before the first colon, and after it.
    private var parts: [Substring] { name.split(separator: ":", maxSplits: 1) }

    /// The processes of a program that is named as if it were one itself: `group:program`.
    private func processesOfNamedProgram(_ parents: inout StartupParents) -> [ProcessName]? {
        guard parts.count == 2, let group = parts.first, let program = parts.last else {
            return nil
        }
        let processes = parents.processes(ofProgram: String(program), inGroup: String(group))
        return processes.isEmpty ? nil : processes
    }

    private func advice(_ processes: [ProcessName]) -> String {
        let program = parts.last.map { String($0) } ?? name
        guard processes.count > 1 else {
            return "write '\(program)', the name of the program"
        }
        return "write '\(program)' for all \(processes.count) processes of that program, or '\(processes[0])' for one"
    }

    /// A parent that exists, and the word after it that is no condition.
    private func wrongCondition(_ parents: inout StartupParents) -> (parent: String, word: String)? {
        guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else {
            return nil
        }
        let parent = String(name[..<colon])
        guard parents.has(parent) else {
            return nil
        }
        let words = name[name.utf8.index(after: colon)...].parts(separatedBy: ",")
        return words.first { StartupCondition(word: $0) == nil }.map { (parent, String($0)) }
    }
}

extension String {
    fileprivate var withoutDigits: String {
        String(unicodeScalars.filter { !("0"..."9").contains($0) })
    }
}
