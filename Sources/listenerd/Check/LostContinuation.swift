import Handlers
import ListenerKit

/// Lines that were meant to continue a value, but that are keys of their own, because they are not indented.
struct LostContinuation {
    /// The key whose value ends with a comma or a backslash.
    let owner: INIOption
    /// The lines after it.
    var lines: [INIOption]
}

extension CheckedConfiguration {
    /// The lines of all sections that were meant to continue a value.
    var lostContinuations: [LostContinuation] {
        configuration.document.sections.flatMap { section in
            SectionKind(sectionName: section.name).map { lostContinuations(of: section, $0) } ?? []
        }
    }

    private func lostContinuations(of section: INISection, _ kind: SectionKind) -> [LostContinuation] {
        var found: [LostContinuation] = []
        for (previous, option) in zip(section.options, section.options.dropFirst())
        where (previous.isOpen || previous.isGates && option.isGate) && previous.location.file == option.location.file
            && previous.location.line < option.location.line && !isKey(option, kind)
        {
            if found.last?.lines.last?.location == previous.location {
                found[found.count - 1].lines.append(option)
            } else {
                found.append(LostContinuation(owner: previous, lines: [option]))
            }
        }
        return found
    }

    /// Whether a line sets a key of its section; `USER=` after `environment=` is a variable, although supervisord reads it as one.
    private func isKey(_ option: INIOption, _ kind: SectionKind) -> Bool {
        let known = SupervisordKey.names(in: kind).contains(option.key) || StartupKeys.all.contains(option.key)
        return known && sources.variable(at: option.location) == nil
    }
}

extension INIOption {
    /// Whether the value ends as if more of it followed.
    fileprivate var isOpen: Bool {
        text.utf8.last == UInt8(ascii: ",") || text.utf8.last == UInt8(ascii: "\\")
    }
}

extension INIOption {
    /// Whether the value is a list of gates, or its next line looks like one, so that another gate may follow.
    fileprivate var isGates: Bool { key == StartupKeys.ready || isGate }

    /// Whether the line is one of gates: `tcp://host:port`, of which supervisord takes the first word as a key.
    fileprivate var isGate: Bool { StartupKeys.gateWords.contains(key) }
}

extension SourceFiles {
    /// Returns the key of a line if it is written as variables are, in capitals; nil if it is not.
    func variable(at location: ConfigurationLocation) -> String? {
        guard let line = self[location], let end = line.utf8.firstIndex(of: UInt8(ascii: "=")) else {
            return nil
        }
        let key = String(line[..<end]).strippedAsPython
        let isName = key.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
        return isName && key.utf8.count > 1 ? key : nil
    }
}
