import Handlers
import ListenerKit

/// A program with gates, as rules look at it.
struct GatedProgram {
    /// Its index among the programs.
    let index: Int
    /// Its section.
    let section: ProgramConfiguration
    /// Its gates.
    let gates: ProgramGates

    /// The name of its section.
    var name: String { section.name }

    /// Returns its first gate of a kind; nil if it has none.
    func firstGate(where isOfKind: (Gate.Kind) -> Bool) -> Gate? {
        gates.processes.joined().first { isOfKind($0.kind) }
    }

    /// The paths of its notification sockets, each once.
    var notificationPaths: [String] {
        var seen: Set<String> = []
        return gates.processes.joined().compactMap { gate in
            guard case .notification(let address?) = gate.kind, address.utf8.first == UInt8(ascii: "/"),
                seen.insert(address).inserted
            else {
                return nil
            }
            return address
        }
    }
}

extension CheckedConfiguration {
    /// The programs with gates, in the order of the files.
    var gatedPrograms: [GatedProgram] {
        zip(configuration.programs, plan.programs).enumerated().compactMap { index, program in
            program.1.gates.map { GatedProgram(index: index, section: program.0, gates: $0) }
        }
    }
}
