import ListenerKit

@testable import Handlers

/// Words in which tests of the order of starts write down programs and processes.
protocol StartupWriting {}

extension StartupWriting {
    func program(
        _ name: String,
        after parent: Int? = nil,
        _ conditions: StartupConditions = .running,
        isManaged: Bool = true,
        priority: Int = 999,
        startSeconds: Int = 1,
        processes: [String]? = nil
    ) -> SampleProgram {
        SampleProgram(
            name: name,
            processes: (processes ?? [name]).map { ProcessName(group: $0, process: $0) },
            isManaged: isManaged,
            priority: priority,
            startSeconds: startSeconds,
            waits: parent.map { [.init(parent: $0, conditions: conditions)] } ?? []
        )
    }

    func information(
        _ name: String,
        _ state: ProcessState,
        started: Int? = nil,
        stopped: Int? = nil,
        status: Int = 0
    ) -> ProcessInformation {
        ProcessInformation(
            name: ProcessName(group: name, process: name),
            state: state,
            startTime: started.map { Timestamp(seconds: $0) },
            stopTime: stopped.map { Timestamp(seconds: $0) },
            now: Timestamp(seconds: 1000),
            exitStatus: status
        )
    }

    func untouched(_ names: String...) -> [ProcessInformation] {
        names.map { information($0, .stopped) }
    }
}
