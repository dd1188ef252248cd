@testable import Handlers

extension StartupPlan {
    /// The names of the programs that are started, in their order.
    var names: [String] {
        order.map { programs[$0].name }
    }

    /// What a program waits for: `["a:running", "web:*:exited?"]`.
    func waits(_ name: String) -> [String] {
        programs.filter { $0.name == name }.flatMap { $0.dependencies }.map {
            "\(self[parent: $0].name):\($0.conditions.words.joined(separator: ","))" + ($0.isOptional ? "?" : "")
        }
    }

    /// The processes that a program waits for.
    func awaitedProcesses(_ name: String) -> [String] {
        let names = programs.flatMap { $0.processes }
        return programs.filter { $0.name == name }.flatMap { $0.dependencies }.flatMap { self[parent: $0].processes }
            .map { names[$0].description }
    }
}
