import ListenerKit

/// A name in `startafter` that no program, group or process has.
struct UnknownParent {
    private let name: String

    init(_ name: String) {
        self.name = name
    }

    /// Returns what was probably meant; it follows "no program, group or process has that name".
    func hint(_ parents: inout StartupParents) -> String {
        if name.utf8.contains(UInt8(ascii: ",")), !name.utf8.contains(UInt8(ascii: ":")) {
            return "; parents are separated by spaces"
        }
        if parents.hasGroup(name) {
            return "; did you mean '\(name):*'?"
        }
        if let processes = processesOfNamedProgram(&parents) {
            return "; " + advice(processes)
        }
        if let (_, word) = wrongCondition(&parents) {
            return ", and \(word.quoted) is no condition" + ConditionSpelling.advice(for: word)
        }
        return parents.suggestion(for: name).map { "; did you mean '\($0)'?" } ?? ""
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
        return parents.suggestion(for: name).map { $0.withoutDigits != name.withoutDigits } ?? false
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
            return "write '\(program)', which is the program's name"
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
